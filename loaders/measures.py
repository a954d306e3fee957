"""The lexicon of figures: what is counted, and which words say that it was done (`lexicon/figures.yaml`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.alternatives import any_of
from loaders.grammar.phrases import singular
from loaders.quantities import quantity_pattern, share_pattern
from loaders.verbs import Verb, verb
from schema.values import XSD
from schema.yamlfile import Fields, fields_of

LEXICON = Path(__file__).with_name("lexicon") / "figures.yaml"
MONEY = "money"
# The measure of counted acts: `made 12 arrests`.
MADE = "made"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is said to be done: by a verb, by `seizure of` before what is counted, or by a noun behind it.

    `doers`: those counted do it themselves, as in `officers from 12 countries took part`. `receivers`: the
    subject only receives. With `nouns`, the subject must have one of these.
    """

    name: str
    verbs: tuple[Verb, ...]
    leads: tuple[str, ...]
    heads: tuple[str, ...]
    nouns: tuple[str, ...]
    units: frozenset[str]
    doers: bool
    receivers: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Measures, patterns of quantities and shares, and the kinds of each unit noun.

    `words` finds every word that says that something was done; `by_word` has its measures, `singulars` the
    unit nouns that only `one` may count.
    """

    measures: tuple[Measure, ...]
    quantities: re.Pattern[str]
    shares: re.Pattern[str]
    kinds: Mapping[str, frozenset[str]]
    singulars: Mapping[str, str]
    words: re.Pattern[str]
    by_word: Mapping[str, tuple[Measure, ...]]


@cache
def lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon. Raises DataError with every fault."""
    kinds: dict[str, set[str]] = {}
    measures: list[Measure] = []
    with fields_of(path, "lexicon") as fields:
        units = fields.pop("units", required=True)
        for kind, item in units.pairs() if units is not None and units.is_mapping else ():
            for noun in item.texts():
                kinds.setdefault(noun, set()).add(kind)
        known = {MONEY}.union(*kinds.values())
        stuffs = fields.pop_texts("stuffs", required=True)
        for item in fields.pop_items("measures", required=True):
            inner = item.fields("measure")
            if inner is not None:
                measures.append(_measure(inner, known))
    return _lexicon(kinds, stuffs, tuple(measures))


def _lexicon(kinds: Mapping[str, set[str]], stuffs: Sequence[str], measures: tuple[Measure, ...]) -> Lexicon:
    singulars = {one: many for many in kinds if (one := _singular(many)) not in kinds}
    by_word: dict[str, tuple[Measure, ...]] = {}
    for measure in measures:
        for word in dict.fromkeys((*measure.leads, *(form for v in measure.verbs for form in v.forms))):
            by_word[word] = (*by_word.get(word, ()), measure)
    nouns = (*kinds, *singulars)
    return Lexicon(
        measures,
        quantity_pattern(nouns, stuffs),
        share_pattern(tuple(kinds)),
        {noun: frozenset(own) for noun, own in kinds.items()},
        singulars,
        re.compile(rf"(?<![\w’'-]){any_of(by_word)}(?![\w’'-])", re.IGNORECASE),
        by_word,
    )


def _singular(noun: str) -> str:
    """Singular of a unit noun; the head of `rounds of ammunition` is its first word."""
    head, of, rest = noun.partition(" of ")
    before, space, last = head.rpartition(" ")
    return before + space + ("person" if last == "people" else singular(last)) + of + rest


def _measure(fields: Fields, known: set[str]) -> Measure:
    name = fields.pop_literal("measure", required=True) or ""
    verbs = tuple(map(verb, fields.pop_texts("verbs", required=True)))
    leads, heads, nouns = (fields.pop_texts(key) for key in ("leads", "heads", "nouns"))
    units = frozenset(fields.pop_texts("units", required=True))
    doers, receivers = (fields.pop_literal(key, XSD + "boolean") == "true" for key in ("doers", "receivers"))
    fields.finish()
    for unit in sorted(units - known):
        fields.item.fault(f"there are no units of the kind {unit}", f"one of {', '.join(sorted(known))}")
    return Measure(name, verbs, leads, heads, nouns, units, doers, receivers)
