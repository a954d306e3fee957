"""The path language of the relation rules: where in a frame or a phrase an argument stands.

A path is a row of steps joined by dots; `|` gives a choice within a step, nouns behind `:` must head it:

    agent patient receiver     who acts, on what, and to whom; a passive's agent stands behind `by`
    subject complement         of `X is Y`, and of `X, a Y, …`
    self possessor modifier    of a noun phrase: its own name, `Y's X`, `Y X`
    to, of|from, with:help     what a preposition governs; here only where `help` is its head
    event                      the event that the document is about
    paper                      the instrument that the document is, where nothing else is named: `Signed at …`
    when                       the date of the act, for predicates whose object is a date

`in:partnership.with` is B in `A held it in partnership with B`. Of several paths the first that leads to
something counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from loaders.grammar.frames import Frame
from loaders.grammar.lexicon import Lexicon, lexicon
from loaders.grammar.phrases import Group, Phrase, singular
from schema.yamlfile import nearest

FRAME_STEPS = frozenset(("agent", "patient", "receiver", "subject", "complement"))
PHRASE_STEPS = frozenset(("self", "possessor", "modifier", "apposed", "includes"))
EVENT, PAPER, WHEN = "event", "paper", "when"
PEOPLE, NATIONALS, PARTS = "people", "nationals", "parts"

# Subordinators that may govern a noun.
_CONJUNCTIONS = frozenset(("as", "before", "after", "since", "until"))

_STEP = re.compile(r"(?P<names>[a-z_ ]+(?:\|[a-z_ ]+)*)(?::(?P<nouns>[\w -]+(?:\|[\w -]+)*))?")
# What these govern may hang on the noun before them or on the verb: it is looked for at both.
_LATE = frozenset(("in", "at", "on", "during", "under", "as part of"))
# Where these say behind a verb where the act was, they do not do so before it.
_PLACING = frozenset(("in", "at"))
# Where a gift goes may stand behind what is said of it.
_GIVEN = frozenset(("to", "for"))
# `its members` are others than the body itself.
_POSSESSIVE = frozenset(("its", "their"))
# One of these need not act for the body: `an agent of A who helped B`.
_ONE = frozenset(("a", "an", "one", "another"))
_SERVANTS = frozenset(
    ("agent", "officer", "soldier", "member", "employee", "guard", "detective", "policeman")
)
_MEMBERS = frozenset(("member", "state", "country", "nation", "government"))
_OF = frozenset(("of", "from", "at", "within"))
_WITHIN = frozenset(("in", "with", "for"))


@dataclass(frozen=True, slots=True)
class Step:
    """Names of which one must lead on, and nouns of which one must head what is reached."""

    names: tuple[str, ...]
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from a frame or phrase to an argument; `text` as it was written."""

    text: str
    steps: tuple[Step, ...]

    @property
    def first(self) -> str:
        return self.steps[0].names[0]


@dataclass(frozen=True, slots=True)
class Reached:
    """An entity that a path leads to: whether it stands there for who acts for it, comes from an earlier
    sentence, is only one of those that may be meant (`A or B`), or an example (`partners such as A`)."""

    entity: str
    through: bool
    reference: bool
    doubtful: bool = False
    example: bool = False


@cache
def _known_steps() -> frozenset[str]:
    words = lexicon().words
    governing = words["prepositions"] | words["compound_prepositions"] | words["accompanying"] | _CONJUNCTIONS
    return FRAME_STEPS | PHRASE_STEPS | {EVENT, PAPER, WHEN} | governing


def read_path(text: str) -> Path:
    """Parse a path. Raises ValueError that says what is wrong with it."""
    known = _known_steps()
    steps = []
    for part in text.split("."):
        match = _STEP.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"{part!r} is no step of a path")
        names = tuple(n.strip() for n in match["names"].split("|"))
        for name in names:
            if name not in known:
                hint = nearest(name, known)
                raise ValueError(f"{name!r} is no step and no preposition{hint and '; ' + hint}")
        nouns = frozenset(singular(n.strip()) for n in (match["nouns"] or "").split("|") if n.strip())
        steps.append(Step(names, nouns))
    return Path(text, tuple(steps))


def phrase_steps(phrase: Phrase, names: Sequence[str]) -> Iterator[Group]:
    """What hangs on a phrase under these names."""
    for name in names:
        if name == "self":
            yield Group([phrase], phrase.start, phrase.end)
        elif name == "possessor" and phrase.possessor is not None:
            yield Group([phrase.possessor], phrase.start, phrase.end)
        elif name == "modifier":
            for token in phrase.modifiers:
                one = Phrase(phrase.start, phrase.end, (), (token.entity or "",), token.labels, named=True)
                yield Group([one], phrase.start, phrase.end)
        elif name == "includes" and phrase.includes is not None:
            yield phrase.includes
        elif name == "apposed":
            yield from (Group([one], one.start, one.end) for one in phrase.apposed)
    yield from (group for preposition, group in phrase.hung if preposition in names)


def frame_steps(frame: Frame, names: Sequence[str]) -> Iterator[Group]:
    """What hangs on a frame under these names; `by` is the agent of a passive."""
    found: list[Group | None] = []
    for name in names:
        if name in ("agent", "subject"):
            found.append(frame.agent if not frame.passive else None)
            found += [g for p, g in frame.hung if frame.passive and p == "by"]
        elif name in ("patient", "complement"):
            found.append(frame.patient)
        elif name == "receiver":
            found.append(frame.receiver)
        else:
            found += _governed(frame, name)
    yield from (group for group in found if group is not None)


def _governed(frame: Frame, name: str) -> list[Group]:
    """What a preposition governs: at the verb, else behind its object, else behind what describes that."""
    found = [g for p, g in frame.hung if p == name]
    near = [frame.patient] if frame.patient is not None and not frame.passive else []
    if name in _LATE:
        placed = bool(found) and name in _PLACING
        near += [g for _, g in frame.hung if not placed or g.start > frame.start]
    if name in _GIVEN:  # `boats to A and dogs to B`
        near = [Group([phrase], phrase.start, phrase.end) for one in near for phrase in one.phrases]
    found += [g for one in near for phrase in _tail(one) for p, g in phrase.hung if p == name and p != "of"]
    if not found and name in _GIVEN:
        for one in frame.described:
            found += [g for p, g in one.hung if p == name]
            found += [g for _, h in one.hung for phrase in _tail(h) for p, g in phrase.hung if p == name]
    return found


def _tail(group: Group) -> Iterator[Phrase]:
    """The last phrase of a group, the last one that hangs on it, and so on."""
    while True:
        last = group.phrases[-1]
        yield last
        if not last.hung:
            return
        group = last.hung[-1][1]


def follow(groups: Iterable[Group], steps: Sequence[Step]) -> Iterator[Group]:
    """Groups at the end of the steps that begin at groups."""
    for group in groups:
        if not steps:
            yield group
            continue
        step, *rest = steps
        for phrase in group.phrases:
            for one in phrase_steps(phrase, step.names):
                if not step.nouns or any(p for p in one.phrases if step.nouns & set(p.heads)):
                    yield from follow([one], rest)


class Resolver:
    """Turns what a path leads to into entities of wanted types."""

    def __init__(self, words: Lexicon) -> None:
        self._governments = words.words["governments"]
        people = words.words["people"]
        self._transparent = {PEOPLE: people, NATIONALS: people, PARTS: words.words["parts"]}

    def entities(self, group: Group, types: frozenset[str], through: frozenset[str]) -> list[Reached]:
        """Entities of these types in a group, each once; if there is none, in what else may be meant."""
        for phrases in (group.phrases, *([one] for one in group.others)):
            found = [
                replace(r, doubtful=r.doubtful or group.either)
                for phrase in phrases
                for r in self._phrase(phrase, types, through)
            ]
            if found:
                return list({reached.entity: reached for reached in reversed(found)}.values())[::-1]
        return []

    def _phrase(self, phrase: Phrase, types: frozenset[str], through: frozenset[str]) -> Iterator[Reached]:
        if phrase.denied:
            return
        if phrase.maybe:
            meant, *others = phrase.maybe
            if meant.labels & types and not any(one.labels & types for one in others):
                yield from (Reached(entity, False, True) for entity in meant.entities)
            return
        if phrase.entities:
            if phrase.labels & types or not types:
                yield from (Reached(entity, False, phrase.reference) for entity in phrase.entities)
            return
        acting = self._acts(phrase) and not through & {PEOPLE, NATIONALS}
        if phrase.includes is not None and not acting:
            for one in phrase.includes.phrases:
                yield from (replace(r, example=True) for r in self._phrase(one, types, through))
        transparent = set(self._governments) if "Country" in types or "Organization" in types else set()
        for kind in through:
            transparent |= self._transparent[kind]
        if not transparent & set(phrase.heads) or (phrase.plural and phrase.head in ("state",)):
            return
        acts = self._acts(phrase)
        if acts and phrase.former:
            return  # `a former officer of A` acts for nobody
        alone = acts and phrase.determiner in _ONE and phrase.head in _SERVANTS
        for one in self._behind(phrase):
            if phrase.head in _MEMBERS and "IntergovernmentalOrganization" in one.labels:
                continue  # its members are states
            wanted = types if not acts or NATIONALS in through else types - {"Country"}
            for inner in self._phrase(one, wanted, through) if wanted or not types else ():
                by_people = phrase.head not in self._governments
                yield Reached(inner.entity, by_people, inner.reference, doubtful=alone or inner.doubtful)

    def _acts(self, phrase: Phrase) -> bool:
        """Whether a phrase names people; they stand for a country only where a rule says so."""
        return bool(self._transparent[PEOPLE] & set(phrase.heads)) and not self._governments & set(
            phrase.heads
        )

    def _behind(self, phrase: Phrase) -> Iterator[Phrase]:
        """The bodies for which those act whom a phrase names: `officers of A and B`, `A officers`."""
        hung = [group for preposition, group in phrase.hung if preposition in _OF]
        owned = ("modifier",) if phrase.determiner in _POSSESSIVE else ("possessor", "modifier")
        hung = hung[:1] or list(phrase_steps(phrase, owned))
        hung = hung or [group for preposition, group in phrase.hung if preposition in _WITHIN][:1]
        for group in hung:
            yield from group.phrases
