"""Names that bodies of many states bear: `the Army`, `the Department of Justice`, `Firearms Authority`.

The register has such a name for the body of one state. A text means another one by it where a longer name
holds it (`the National Army`), where another state owns it (`the Navy of Tidelandia`, `Tidelandian Navy`,
`its Navy`), or where nothing around it speaks of the body's own state.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from graph.records import Entity
from loaders.mentions import Mention
from loaders.names.lexicon import lexicon
from loaders.segments import HEADING, Block

__all__ = ["National"]

_BODIES = frozenset(("Agency", "Unit"))
_NEVER = frozenset(("Country", "Place", "Person", "Topic", "Document"))
# Before such a name a capitalised word is a part of it: `Reef Bank of Tidelandia`.
_HEADED = re.compile(
    r"(?:Bank|Department|Ministry|Office|Bureau|University|Institute|Association|Council) of "
)
_SMALL = frozenset(("of", "the", "and", "for", "to", "in", "on", "&", "against"))
_WORD = re.compile(r"[^\W_](?:[\w.’'-]*\w)?")
_BEFORE = re.compile(r"(?<![\w.’'-])([^\W\d_][\w’'-]*)[ \n]\Z")
_BEHIND = re.compile(r"[ \n]([^\W\d_][\w’'-]*)")
_CAPITALISED = re.compile(r"(?<!\w)[A-Z][a-z]+ans?(?!\w)|(?<!\w)[A-Z][a-z]+(?:ese|ish|ench|utch|tian)(?!\w)")
_OWNED = re.compile(r"['’]s?\s+(?:(?:own|new|national|federal)\s+)?$")
_OWNER = re.compile(r"\b(?:its|their)\s+(?:(?:own|new|national|respective)\s+)?$", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_OFFICES = ("department of ", "ministry of ")
_GUARD = "national guard"  # each state of the United States has its own
_BELONGS = frozenset(("national", "royal", "federal", "regional", "local", "people's", "people’s", "joint"))
_MOST_WORDS = 4
_REACH = 28


class National:
    """The mentions of a text by names that bodies of many states bear; `found` are all, in order."""

    def __init__(
        self, text: str, found: Sequence[Mention], entities: Mapping[str, Entity], blocks: Sequence[Block]
    ) -> None:
        self._text, self._entities, self._words = text, entities, lexicon()
        spans = [(start, block.kind == HEADING) for block in blocks for start, _ in block.sentences]
        self._starts, self._headings = [s for s, _ in spans], [h for _, h in spans]
        self._adjectives = [
            (match.start(), self._words.demonyms[match[0].lower()])
            for match in _CAPITALISED.finditer(text)
            if match[0].lower() in self._words.demonyms
        ]
        self._begins = {mention.start: mention for mention in found}
        self._ends = {mention.end: mention for mention in found}

    def apart(self, found: Sequence[Mention]) -> list[Mention]:
        """The mentions without those that are parts of longer names, or that another state owns."""
        owners = [(m.start, country) for m in found if (country := self._country(m.entity))]
        return [m for m in found if not self._is_common(m) or not self._is_others(m, owners)]

    def in_context(self, found: Sequence[Mention]) -> list[Mention]:
        """The mentions without those whose surroundings speak of other states only."""
        common = {m: name for m in found if self._is_open(m, name := self._name(m))}
        if not common:
            return list(found)
        others = [m for m in found if m not in common]
        sure = {m.entity for m in others}
        longer = {(self._country(m.entity), tail) for m in others for tail in _tails(self._name(m))}
        spoken = sorted(
            [*((m.start, c) for m in others if (c := self._country(m.entity))), *self._adjectives]
        )
        countries = {country for _, country in spoken}
        kept: list[Mention] = []
        for mention in found:
            if mention in common and countries and mention.entity not in sure:
                held = (self._country(mention.entity), common[mention]) in longer
                if not held and not self._fits(mention, common[mention], spoken, countries):
                    continue
                sure.add(mention.entity)
            kept.append(mention)
        return kept

    # --- one mention ---

    def _name(self, mention: Mention) -> str:
        return " ".join(self._text[mention.start : mention.end].split())

    def _country(self, id_: str) -> str:
        entity = self._entities.get(id_)
        if entity is None:
            return ""
        return id_ if entity.type == "Country" else str(entity.properties.get("country", ""))

    def _is_common(self, mention: Mention) -> bool:
        """Whether a body with a country is named by ordinary words that do not tell the country."""
        entity, name = self._entities.get(mention.entity), self._name(mention)
        if entity is None or entity.type in _NEVER:
            return False
        if name.lower() in self._words.lists["shared"] or _HEADED.match(name):
            return True
        if entity.type not in (*_BODIES, "Instrument") or "country" not in entity.properties:
            return False
        parts = [word.lower() for word in _WORD.findall(name)]
        few = sum(word not in _SMALL for word in parts) <= _MOST_WORDS
        return (
            few
            and not name.isupper()
            and all(
                word in _SMALL or (word in self._words.ordinary and word not in self._words.demonyms)
                for word in parts
            )
        )

    def _is_open(self, mention: Mention, name: str) -> bool:
        """Whether only what is around a name says whose it is: every state has a body with such a name."""
        low = name.lower()
        every = low in self._words.lists["shared"]
        if not every and not low.startswith(_OFFICES) and not low.endswith((" department", "treasury")):
            return False
        entity = self._entities.get(mention.entity)
        owned = entity is not None and entity.type in _BODIES and "country" in entity.properties
        return owned and self._is_common(mention)

    # --- parts of names, and owners ---

    def _is_others(self, mention: Mention, owners: Sequence[tuple[int, str]]) -> bool:
        own = self._country(mention.entity)
        return self._led(mention, own) or self._followed(mention, own) or self._pronoun(mention, own, owners)

    def _led(self, mention: Mention, own: str) -> bool:
        """Whether the word right before a name belongs to it, or is another state."""
        text, start = self._text, mention.start
        owned = _OWNED.search(text, max(0, start - _REACH), start)
        if owned is not None:
            return self._is_other_state(self._ends.get(owned.start()), own)
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        if before is None:
            return False
        known = self._ends.get(before.end(1))
        if known is not None:
            guard = self._name(mention).lower() == _GUARD and self._is_place(known)
            return guard or self._is_other_state(known, own)
        word = before[1].lower()
        if re.search(r"[-\u2010\u2011][a-z]", before[1]):
            return False  # `Kelpville-based`
        demonym = self._words.demonyms.get(word)
        if demonym is not None or not before[1][0].isupper():
            return demonym is not None and demonym != own and before[1][0].isupper()
        if word in _BELONGS:
            return True
        lists, titles = self._words.lists, self._words.titles
        free = word in lists["openers"] or word in titles["words"] or word in titles["modifiers"]
        if free or before[1].isupper() or word in self._words.ordinary or word in lists["dates"]:
            return False
        at = bisect_right(self._starts, start) - 1
        # The first word of a sentence, and any word of a heading, may be a verb.
        return at >= 0 and not self._headings[at] and before.start(1) != self._starts[at]

    def _is_place(self, mention: Mention) -> bool:
        entity = self._entities.get(mention.entity)
        return entity is not None and entity.type == "Place"

    def _is_other_state(self, mention: Mention | None, own: str) -> bool:
        if mention is None or (entity := self._entities.get(mention.entity)) is None:
            return False
        placed = entity.type in ("Country", "Place", "Agency")
        return placed and self._country(mention.entity) not in ("", own)

    def _followed(self, mention: Mention, own: str) -> bool:
        """Whether another state stands behind `of`, or words that go on with a name."""
        of = _OF.match(self._text, mention.end)
        if of is not None:
            known = self._begins.get(of.end())
            return known is not None and self._is_other_state(known, own)
        behind = _BEHIND.match(self._text, mention.end)
        if behind is None or behind.start(1) in self._begins or not behind[1][0].isupper():
            return False
        word, name = behind[1].lower(), self._name(mention).lower()
        if any(head.type == "Place" for head in self._words.heads.get(word, ())):
            return name in self._words.lists["shared"] and word != "base"
        return name.startswith(_OFFICES) and word in self._words.lists["subjects"]

    def _pronoun(self, mention: Mention, own: str, owners: Sequence[tuple[int, str]]) -> bool:
        """Whether `its` stands before a name, and what its sentence named last is another state's."""
        if _OWNER.search(self._text, max(0, mention.start - _REACH), mention.start) is None:
            return False
        begin, _ = self._sentence(mention.start)
        last = bisect_right(owners, (mention.start, "")) - 1
        return last >= 0 and owners[last][0] >= begin and owners[last][1] != own

    def _sentence(self, position: int) -> tuple[int, int]:
        at = bisect_right(self._starts, position) - 1
        end = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._text)
        return (self._starts[at] if at >= 0 else 0), end

    # --- what is around ---

    def _fits(
        self, mention: Mention, name: str, spoken: Sequence[tuple[int, str]], countries: set[str]
    ) -> bool:
        """Whether the text speaks of a body's own state; for `the Army` right there."""
        own = self._country(mention.entity)
        if name.lower() not in self._words.lists["shared"]:
            return own in countries
        begin, end = self._sentence(mention.start)
        if any(country == own for at, country in spoken if begin <= at < end):
            return True
        last = bisect_right(spoken, (mention.start, "")) - 1
        return spoken[last][1] == own if last >= 0 else own in countries


def _tails(name: str) -> list[str]:
    """What a name ends with: its last one, two and three words, where it has more."""
    words = name.split()
    return [" ".join(words[-count:]) for count in range(1, min(len(words), _MOST_WORDS))]
