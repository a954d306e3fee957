"""Cuts a text into runs of capitalised words, the only places where names can stand.

A group is a run of capitalised words side by side; groups that small words bind (`of the`, `for`, `and`,
`'s`, a comma) are a chain. What the register knows is one word of its group, however many it has.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.records import Entity
from loaders.mentions import Mention
from loaders.names.lexicon import Lexicon

_UPPER = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĚĞĢĪĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
_HYPHEN = "-\u2010\u2011"
_TOKEN = re.compile(
    rf"(?<![\w@#/])(?:"
    rf"(?:[{_UPPER}]\.){{2,}}(?:[{_UPPER}](?!\w))?|[{_UPPER}]\.[{_UPPER}](?![\w.])"
    r"|(?:St|Ste|Ft|Mt|Lt|Col|Gen|Maj|Capt|Cmdr|Cdr|Adm|Brig|Sgt|Cpl|Insp|Supt|Comdt|Comm|Amb|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen"
    r"|Rep|Gov|Jr|Sr|Inc|Ltd|Corp|Op|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Cmdre|Cmde|Dep|Asst)\."
    rf"|[{_UPPER}]\.(?=[\s\n]?[{_UPPER}])"
    rf"|[^\W_]*[{_UPPER}]\w*(?:[{_HYPHEN}'’&/](?!s\b)\w+)*"
    r")"
)
# What may stand between the words of one group, apart from a space: (Ag.), a.i., the d' of d'Affaires, and
# the number of a rank's class.
_SAME_GROUP = re.compile(
    r"\s*\(([\w.']{2,14}|ad interim)\)\s+|\s+(a\.i\.)\s+|\s+d['’]|\s+(?:1st|2nd|3rd|4th)\s+(?=$)"
)
_BOUND = frozenset(
    (
        *(
            "of",
            "for",
            "on",
            "to",
            "in",
            "against",
            "at",
            "by",
            "with",
            "relating to",
            "de",
            "du",
            "de la",
            "del",
        ),
        *(
            "of the",
            "for the",
            "on the",
            "to the",
            "in the",
            "against the",
            "at the",
            "of and",
            "in and",
            "of a",
        ),
        *(
            "and",
            "&",
            ", and",
            ", &",
            "and the",
            ", the",
            ", and the",
            "and of",
            "and for",
            "or",
            "the",
            ",",
            "'s",
        ),
        *("van", "von", "van der", "da", "dos", "di", "bin", "la"),
    )
)
# Behind a noun for a text these stand for `on`, written with a capital or not.
_ABOUT = frozenset(("concerning", "regarding"))
_PAPERS = frozenset(
    ("agreement", "convention", "treaty", "protocol", "memorandum", "arrangement", "understanding")
)
# Before a month or a day that belongs to a date: a number, or one of these words.
_DATED = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)?|\b(?:[Oo]n|[Ii]n|[Ss]ince|[Uu]ntil|[Ll]ast|[Ee]arly|[Ll]ate|of))\s$"
)
_INSERTED = re.compile(r"\s*\([^\W\d_][\w&/.-]{1,11}\)\s+")
_LONGEST_GAP = 16
# No name is as long as these; without a limit a text of nothing but capitals would cost its square.
_MOST_WORDS = 24
_MOST_GROUPS = 40

# What binds two groups with an acronym in parentheses between them.
INSERTED = "()"


class Word(NamedTuple):
    """A capitalised word, or a name that the register knows, with its place; `low` is it in lower case."""

    text: str
    start: int
    end: int
    low: str
    entity: Entity | None


@dataclass(slots=True)
class Group:
    """Words side by side, and what binds them to the group before, in lower case with single spaces."""

    before: str
    words: list[Word]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups that small words bind, inside the sentence that begins at `start` and ends at `end`.

    `article`: whether `the` stands before its first group.
    """

    groups: list[Group]
    start: int
    end: int
    article: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A name that its form or context shows: its place, its type, the rule and why.

    `country` is the id of the country that the name or its context says to own it; `body` whether its form
    is that of a government's body. `office` is an organization or country beside the title of a person.
    `head` is the noun, in lower case, that gives the type. `short`: it is a name only if it ends one that the
    text has in full: `the Police Force`. `identity` is the id of the next one of a numbered series.
    """

    start: int
    end: int
    type: str
    rule: str
    reason: str
    head: str = ""
    country: str | None = None
    body: bool = False
    office: str | None = None
    short: bool = False
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A place that was taken for a name and is none, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the finders share: the text, the lexicon, and which words are ordinary in it.

    `ordinary` holds words in lower case that name nobody: those of the lexicon and of the names of the
    register's bodies. `plain` are words that the text has in lower case too. `places` are the entities that
    the register's mentions stand for, by where they begin; `defined` are ends of words that the text gives
    an acronym, `demonyms` adjectives of the register's countries with their ids. Near misses go to `dropped`,
    if it is given.
    """

    text: str
    lexicon: Lexicon
    ordinary: frozenset[str]
    plain: frozenset[str]
    places: Mapping[int, Entity]
    demonyms: Mapping[str, str]
    defined: frozenset[int]
    dropped: list[Dropped] | None = None
    series: frozenset[str] = frozenset()

    def drop(self, start: int, end: int, reason: str) -> None:
        """Note a near miss."""
        if self.dropped is not None:
            self.dropped.append(Dropped(start, end, reason))


def chains(
    page: Page, start: int, end: int, known: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[Chain]:
    """The chains of a sentence; `known` are the mentions in it, in order."""
    text = page.text
    groups: list[Group] = []
    first = passed = 0
    for word in _words(page, start, end, known, entities):
        if not groups:
            groups = [Group("", [word])]
            first = word.start
            continue
        last = max(passed, groups[-1].words[-1].end)
        joint = None if _is_date(page, groups[-1].words[-1]) else _joint(text, last, word.start, page)
        if len(groups[-1].words) >= _MOST_WORDS or len(groups) >= _MOST_GROUPS:
            joint = None
        if joint == " " and word.low in _ABOUT and groups[-1].words[-1].low in _PAPERS:
            passed = word.end  # `Agreement Concerning Reefs` is one on them
            continue
        if joint == " " and last == passed:
            joint = "on"
        if joint == " ":
            groups[-1].words.append(word)
        elif joint is not None:
            if not _completes(page, groups[-1], joint, word):
                groups.append(Group(joint, [word]))
        else:
            yield Chain(groups, start, end, _after_article(text, first))
            groups = [Group("", [word])]
            first = word.start
    if groups:
        yield Chain(groups, start, end, _after_article(text, first))


def _is_date(page: Page, word: Word) -> bool:
    """Whether a word is the month or day of a date, behind which no name goes on: `On 4 June Ada Reed`."""
    if word.entity is not None or word.low not in page.lexicon.lists["dates"]:
        return False
    return _DATED.search(page.text, max(0, word.start - 12), word.start) is not None


def _completes(page: Page, group: Group, joint: str, word: Word) -> bool:
    """Whether a word ends a head with an `of` inside, such as `Plan of Action`; if so, joins the two."""
    first = group.words[-1]
    if joint not in ("of", "of the") or f"{first.low} {joint} {word.low}" not in page.lexicon.phrases:
        return False
    whole = page.text[first.start : word.end]
    group.words[-1] = Word(whole, first.start, word.end, f"{first.low} {joint} {word.low}", None)
    return True


def _after_article(text: str, at: int) -> bool:
    return text[max(0, at - 5) : at].lower().endswith("the ")


def _joint(text: str, last: int, start: int, page: Page) -> str | None:
    """How two words are bound: a space in one group, None where they are not."""
    gap = text[last:start]
    if gap == " ":
        return " "
    if len(gap) > _LONGEST_GAP or gap.count("\n") > 1 or "\t" in gap or "|" in gap:
        return None
    if not gap.strip():
        return " " if gap else None
    plain = " ".join(gap.replace("’", "'").split()).lower()
    if plain in _BOUND:
        return plain
    if plain in _ABOUT:
        return "on"
    if plain == "'" and text[last - 1] == "s":
        return "'s"
    inserted = _SAME_GROUP.fullmatch(gap)
    if inserted is not None:
        word = (inserted[1] or inserted[2] or "").lower().rstrip(".")
        if not word or word in page.lexicon.titles["insertions"]:
            return " "
    return INSERTED if _INSERTED.fullmatch(gap) else None


def _words(
    page: Page, start: int, end: int, known: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[Word]:
    """Capitalised words of the sentence; each known name is one word, but topics are as any words."""
    text, openers = page.text, page.lexicon.lists["openers"]
    names = [m for m in known if m.entity in entities and _fuses(text, m, entities[m.entity])]
    index, free = 0, start
    for match in _TOKEN.finditer(text, start, end):
        at, stop = match.span()
        if at < free:
            continue
        while index < len(names) and names[index].end <= at:
            name = names[index]
            index += 1
            if name.start >= free:
                yield _known(text, name, entities)
                free = name.end
        if index < len(names) and names[index].start <= at:
            name = names[index]
            index += 1
            free = name.end
            if not _in_parentheses(text, name.start, name.end):
                yield _known(text, name, entities)
            continue
        if index < len(names) and at < names[index].start < stop:
            stop = max(stop, names[index].end)
            index += 1
        if _in_parentheses(text, at, stop):
            # An acronym between the words of a name; `(Ag.)` and the like are no words at all.
            continue
        low = text[at:stop].lower()
        free = stop
        if low == "the" or (low in openers and _opens(text, at, start)):
            continue
        yield Word(text[at:stop], at, stop, low, None)
    for name in names[index:]:
        if name.start >= free:
            yield _known(text, name, entities)


def _in_parentheses(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] == "(" and text[end : end + 2].startswith((")", ".)"))


def _known(text: str, name: Mention, entities: Mapping[str, Entity]) -> Word:
    words = text[name.start : name.end]
    return Word(words, name.start, name.end, words.lower(), entities[name.entity])


def _fuses(text: str, mention: Mention, entity: Entity) -> bool:
    return entity.type != "Topic" and any(c.isupper() for c in text[mention.start : mention.end])


def _opens(text: str, at: int, start: int) -> bool:
    """Whether a word is the first of its sentence, of a quotation, or after a colon or a dash."""
    before = text[start:at].rstrip(" \n\"'“”‘’(*_[")
    return not before or before[-1] in ".:;–—!?•-" or text[at - 1] in '"“‘('
