"""Noun phrases and their coordinations, as the analysis gives them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.grammar.tokens import Token

_NO = frozenset(("no", "neither", "nor"))
_SAME = frozenset(
    ("headquarters", "series", "premises", "species", "customs", "affairs", "police", "news", "specimen")
)
_IRREGULAR = {"children": "child", "buses": "bus", "skis": "ski", "mous": "mou"}


@dataclass(slots=True)
class Phrase:
    """A noun phrase: tokens from `start` up to `end`, with what hangs on it.

    `entities` is what its head names (a place with its country: both), empty for a common noun; then `heads`
    has its nouns in the singular, as for a topic that is named by what somebody does. `modifiers` are
    entities that describe the head, `apposed` phrases that say what it is, `includes` a list of examples
    behind `including`, `hung` prepositions with what they govern. `base_end` is where the phrase without
    these ends. `reference`: `entities` come from earlier sentences. `former`: it says of itself that it was
    one.
    `maybe`: what a pronoun stands for if its place asks for such a thing, then what else it might stand for.
    """

    start: int
    end: int
    heads: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    modifiers: tuple[Token, ...] = ()
    possessor: "Phrase | None" = None
    determiner: str = ""
    plural: bool = False
    named: bool = False
    money: int = -1
    title_start: int = -1
    hung: "list[tuple[str, Group]]" = field(default_factory=list)
    apposed: "list[Phrase]" = field(default_factory=list)
    includes: "Group | None" = None
    base_end: int = -1
    reference: bool = False
    maybe: "tuple[Phrase, ...]" = ()
    former: bool = False

    @property
    def head(self) -> str:
        return self.heads[-1] if self.heads else ""

    @property
    def denied(self) -> bool:
        return self.determiner in _NO


@dataclass(slots=True)
class Group:
    """A coordination of phrases, or one alone; tokens from `start` up to `end`.

    `others` are further phrases that may be meant, nearest first: what a relative clause says of
    `the head of the unit` may be said of either. `either`: one of them, as in `A or B`.
    """

    phrases: list[Phrase]
    start: int
    end: int
    others: list[Phrase] = field(default_factory=list)
    either: bool = False

    def walk(self) -> Iterator[Phrase]:
        """All phrases in it, those that hang on others too."""
        for phrase in self.phrases:
            yield from _walk(phrase)


def _walk(phrase: Phrase) -> Iterator[Phrase]:
    yield phrase
    if phrase.possessor is not None:
        yield from _walk(phrase.possessor)
    for one in phrase.apposed:
        yield from _walk(one)
    for _, group in phrase.hung:
        yield from group.walk()
    if phrase.includes is not None:
        yield from phrase.includes.walk()


def singular(noun: str) -> str:
    """The singular of a noun, near enough to look it up."""
    if noun in _SAME:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("men"):
        return noun.removesuffix("men") + "man"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun
