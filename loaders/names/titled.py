"""The event that a title names: `Second Meeting of the Reef Council on Tides`, `Regional Workshop on Reefs`.

A title among the first blocks of a document names the event that the document is about. Its words are
searched for in all of the text, and `the Meeting` behind it is the same event.
"""

import re
from collections.abc import Iterator, Sequence

from graph.records import Entity
from loaders.names.bodies import RULES
from loaders.names.extent import ORDINAL
from loaders.names.forms import Found, Page
from loaders.segments import HEADING, Block

__all__ = ["TITLED", "titled"]

TITLED = "the event of the title"

_HEADS = (
    "Meeting|Talks|Workshop|Conference|Dialogue|Seminar|Symposium|Forum|Summit|Roundtable|Round Table|Session"
    "|Consultations?|Retreat|Congress|Colloquium|Conclave|Expo|Webinar|Training Course|Course"
)
_HEAD = re.compile(rf"(?<![\w-])(?:{_HEADS})(?![\w-])")
_WORD = re.compile(r"[^\s,;:–—|()]+")
_LAST_WORD = re.compile(r"([^\s,;:–—|()]+)[ \n]\Z")
# Words before the event of a title that are none of its name.
_LEADS = frozenset(
    (
        *("of", "the", "a", "an", "at", "to", "in", "on", "for", "from", "with", "by", "during", "after"),
        *("before", "following", "and", "as", "is", "its", "their", "holds", "hold", "held", "takes", "take"),
        *("meets", "meet", "begins", "participates", "leads", "lead", "hosts", "host", "hosted", "open"),
        *(
            "opens",
            "opened",
            "attend",
            "attends",
            "attended",
            "join",
            "joins",
            "joined",
            "convene",
            "convenes",
        ),
        *("convened", "address", "addresses", "addressed", "conclude", "concludes", "concluded", "welcome"),
        *("welcomes", "launch", "launches", "launched", "support", "supports", "co-host", "co-hosts"),
        *("organize", "organizes", "organises", "conduct", "conducts", "conducted", "complete", "completes"),
        *("chairs", "co-chairs"),
    )
)
_COMPLEMENT = re.compile(r"\s+(?:of|on|for|to|against|between|with|among)\s+(?=(?:the\s+)?[A-Z])")
# Where the name of an event ends in a title.
_END = re.compile(
    r"\s*(?:[:;|(–—\n]|\s-\s|,\s+(?=\d|held\b|in\b|at\b|(?:Jan|Febr)uary|March|April|May|June|July|August|\w+ber\b)"
    r"|\s(?:held|hosted|concluded?s?|opens?|begins?|ends?|underway|closes?|is|are|was|will|takes?|kicks?|brings?"
    r"|at|to\s+be|agrees?|starts?|unites?|focus\w*)\b)",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r",?\s+(?:in|at)\s+$")
# Where the register knows an event or its outcome in a title, that is what the title means; with a person it
# tells of a visit or a talk.
_KNOWN = frozenset(("Event", "Dialogue", "Instrument", "Person"))
_BLOCKS = 5
_MOST_LETTERS = 220
_FEWEST = 3


def titled(page: Page, blocks: Sequence[Block]) -> Iterator[Found]:
    """The events that the first blocks have as titles, everywhere in the text, in no order."""
    names: dict[str, str] = {}
    for block in blocks[:_BLOCKS]:
        if len(block.sentences) > 1 or block.end - block.body > _MOST_LETTERS or not _is_title(page, block):
            continue
        place = _event(page, block.body, block.end)
        if place is not None:
            start, end, head = place
            names.setdefault(" ".join(page.text[start:end].split()), head)
    for name, head in names.items():
        pattern = re.compile(r"\s".join(map(re.escape, name.split())) + r"(?![\w-])")
        for match in pattern.finditer(page.text):
            yield Found(*match.span(), "Event", RULES["Event"], TITLED, head.split()[-1].lower())


def _is_title(page: Page, block: Block) -> bool:
    """Whether a block is a heading, or a line of its own in capitalised words."""
    text = page.text[block.body : block.end]
    if text.isupper() or text.rstrip().endswith((".", "?", "!")):
        return False
    return block.kind == HEADING or not any(len(w) > _FEWEST + 1 and w.islower() for w in text.split())


def _event(page: Page, begin: int, end: int) -> tuple[int, int, str] | None:
    """Place of the event in a title, and its head noun."""
    for head in _HEAD.finditer(page.text, begin, end):
        start = _start(page, begin, head.start())
        stop = _stop(page, head.end(), end)
        before = page.text[start : head.start()].split()
        known = [page.places[at] for at in range(start, stop) if at in page.places]
        if any(e.type in _KNOWN or _is_headed(e, head[0]) for e in known):
            continue
        if _is_named(page, before, page.text[head.end() : stop]):
            return start, stop, head[0]
    return None


def _is_headed(entity: Entity, head: str) -> bool:
    """Whether a name of an entity ends with a head, which is then no event's: `Reef Forum`."""
    return any(name.endswith(f" {head}") for name in (entity.name, *entity.aliases))


def _start(page: Page, begin: int, at: int) -> int:
    """Where the words before a head begin that belong to its name."""
    start = at
    while (word := _LAST_WORD.search(page.text, begin, start)) is not None:
        if word[1].lower() in _LEADS or not (word[1][0].isupper() or word[1][0].isdigit()):
            break
        if word[1].endswith(("'s", "’s", "s'", "s’")):
            break
        start = word.start()
    return start


def _stop(page: Page, at: int, end: int) -> int:
    """Where the complement behind a head ends; the head's end if it has none."""
    year = re.compile(r"\s+(?:19|20)\d\d\b").match(page.text, at, end)
    complement = _COMPLEMENT.match(page.text, at, end)
    if complement is None:
        return year.end() if year else at
    over = _END.search(page.text, complement.end(), end)
    stop = over.start() if over else end
    for position in sorted((p for p in page.places if complement.end() < p < stop), reverse=True):
        lead = _IN_PLACE.search(page.text, complement.end(), position)
        if lead is not None and page.places[position].type in ("Place", "Country"):
            stop = lead.start()
    return at + len(page.text[at:stop].rstrip(" ,*_#"))


def _is_named(page: Page, before: Sequence[str], complement: str) -> bool:
    """Whether a title says enough of its event: by number, by a topic, or by words that are not generic."""
    low = [word.lower() for word in before]
    generic = page.lexicon.lists["generic"]
    ordinal = any(ORDINAL.fullmatch(word) for word in low)
    special = any(word not in generic for word in low)
    if not before:
        return False
    capital = [w for w in _WORD.findall(complement) if w[0].isupper()]
    return (ordinal and bool(capital or special)) or len(capital) > 1 or (special and len(low) > 1)
