"""Reported figures of what was done: so many firearms seized, people trained, dollars provided.

What is counted and which words say that it was done stands in `lexicon/figures.yaml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.records import Entity, Statement, Value, make_statement
from loaders.clauses import FREE, INITIAL, MODIFIER, Clause, Group
from loaders.quantities import EXACT, Money, Quantity, find_quantities, quantity_pattern
from loaders.reading import Reading
from loaders.verbs import AUXILIARY, DONE, Verb, act, verb
from loaders.yamlfile import Fields, Item, raise_faults, read_yaml
from schema.errors import Fault
from schema.values import XSD

LEXICON = Path(__file__).with_name("lexicon") / "figures.yaml"

_RESULT = "figure/result@1"
_SURE = 0.9
_MONEY = "money"
_ACTORS = ("Operation", "Program", "Organization", "Event", "Country")

_FILL = (
    r"(?:\s|,|;|\b(?:and|or|a|an|the|of|over|total|another|additional|further|also|as|well|some|nearly|about|more|"
    r"than|with|plus|up|to|its|their|both|including)\b)*"
)
_BETWEEN = re.compile(_FILL, re.IGNORECASE)
_BEFORE_VERB = re.compile(rf"((?:{AUXILIARY}\s+)*)$", re.IGNORECASE)
_PASSIVE = re.compile(rf"\s*,?\s*(?:who\s+)?((?:{AUXILIARY}\s+)*)", re.IGNORECASE)
_PREPOSITION_BEFORE = re.compile(r"\b(?:of|for|to|by|at|without|from|in)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:no|not|never|without|if|would|could|should)\b", re.IGNORECASE)
_REPORTS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:said|says|noted|notes|stated|reported|announced|added|told|wrote|indicated|disclosed)\b"
)
_UP_TO_VERB = re.compile(rf"\s+(?:agencies\s+|officials\s+)?(?:{AUXILIARY}\s+)*")
_BY = re.compile(r"\bby\s*$", re.IGNORECASE)
_REACH = 70


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure: its Observation, the sentence that reports it, and to whom it is attributed."""

    entity: Entity
    start: int
    end: int
    attributed_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is said to be done: by a verb, or by `seizure of` and the like right before what is counted.

    `doers`: those counted do it themselves, as in `officers from 12 countries took part`.
    """

    name: str
    verbs: tuple[Verb, ...]
    leads: tuple[str, ...]
    units: frozenset[str]
    doers: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Measures, the pattern of quantities, and the kind of each unit noun."""

    measures: tuple[_Measure, ...]
    quantities: re.Pattern[str]
    kinds: Mapping[str, str]
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity or a sum at a place, with the kind of what is counted."""

    start: int
    end: int
    value: str
    unit: str
    kind: str
    rounding: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A counted thing with the measure that the text gives it and where the word for it stands."""

    counted: _Counted
    measure: str
    start: int
    end: int
    passive: bool


class FigureFinder:
    """Finds the figures of one document and numbers them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._lexicon = lexicon()
        self._count = 0

    def find(self, clause: Clause) -> Iterator[tuple[Figure, list[Statement]]]:
        """Figures of a sentence, each with the RESULTED_IN statements where its subject is clear."""
        counted = self._counted(clause)
        for said in self._said(clause, counted):
            yield self._figure(clause, said)

    def _counted(self, clause: Clause) -> list[_Counted]:
        text = self._reading.text
        taken = [(g.start, g.end) for g in clause.groups]
        taken += [(d.start, d.end) for d in clause.dates] + [(m.start, m.end) for m in clause.money]
        quantities = find_quantities(self._lexicon.quantities, text, clause.start, clause.end)
        free = (q for q in quantities if not any(q.start < end and start < q.end for start, end in taken))
        found = [*map(_sum, clause.money), *(_number(q, self._lexicon.kinds) for q in free)]
        return sorted(found, key=lambda c: c.start)

    def _said(self, clause: Clause, counted: Sequence[_Counted]) -> Iterator[_Said]:
        """Each counted thing under the nearest word that says what was done with it."""
        text = self._reading.text
        if not counted:
            return
        words = [
            (word, measure)
            for word in self._lexicon.words.finditer(text, clause.start, clause.end)
            for measure in self._measures(word[0])
        ]
        for number, one in enumerate(counted):
            before = [(w, m) for w, m in words if w.end() <= one.start]
            after = [(w, m) for w, m in words if w.start() >= one.end]
            for word, measure in [*reversed(before), *after]:
                if one.kind in measure.units and (said := self._fits(clause, counted, number, word, measure)):
                    yield said
                    break

    def _measures(self, word: str) -> list[_Measure]:
        form = " ".join(word.lower().split())
        return [m for m in self._lexicon.measures if form in m.leads or any(form in v.forms for v in m.verbs)]

    def _fits(
        self, clause: Clause, counted: Sequence[_Counted], number: int, word: re.Match[str], measure: _Measure
    ) -> _Said | None:
        text, one = self._reading.text, counted[number]
        form = " ".join(word[0].lower().split())
        leads = text[max(clause.start, word.start() - _REACH) : word.start()]
        if _DENIAL.search(re.split(r"[,;:]", leads)[-1]):
            return None
        if word.end() <= one.start:
            if measure.doers or not self._only_listed(counted, word.end(), one.start):
                return None
            if form not in measure.leads and not _is_done(leads, form, measure):
                return None
            return _Said(one, measure.name, word.start(), word.end(), passive=False)
        gap = _PASSIVE.fullmatch(text, self._list_end(counted, number), word.start())
        if gap is None or not _is_told(gap[1], form, measure):
            return None
        return _Said(one, measure.name, word.start(), word.end(), passive=not measure.doers)

    def _only_listed(self, counted: Sequence[_Counted], start: int, end: int) -> bool:
        """Whether only other counted things and the words of a list stand between two positions."""
        here = start
        for one in counted:
            if start <= one.start and one.end <= end:
                if not _BETWEEN.fullmatch(self._reading.text, here, one.start):
                    return False
                here = one.end
        return _BETWEEN.fullmatch(self._reading.text, here, end) is not None

    def _list_end(self, counted: Sequence[_Counted], number: int) -> int:
        """End of the last counted thing of the list that this one is in."""
        end = counted[number].end
        for one in counted[number + 1 :]:
            if not _BETWEEN.fullmatch(self._reading.text, end, one.start):
                break
            end = one.end
        return end

    def _figure(self, clause: Clause, said: _Said) -> tuple[Figure, list[Statement]]:
        self._count += 1
        one = said.counted
        actors, sure = _actors(self._reading.text, clause, said)
        properties: dict[str, Value] = {"value": one.value, "unit": one.unit, "measure": said.measure}
        if one.rounding != EXACT:
            properties["rounding"] = one.rounding
        periods = [date.edtf for date in clause.dates]
        if len(periods) == 1 and periods[0] is not None:
            properties["period"] = periods[0]
        name = f"{one.value} {one.unit} {said.measure}"
        key = f"observation/{self._reading.slug}-{self._count}"
        entity = Entity(key, ("Observation",), name, properties=dict(sorted(properties.items())))
        figure = Figure(entity, clause.start, clause.end, actors)
        return figure, self._results(figure) if sure else []

    def _results(self, figure: Figure) -> list[Statement]:
        reading = self._reading
        allowed = reading.schema.predicates["RESULTED_IN"].domain
        evidence = [reading.evidence(figure.start, figure.end, _RESULT, _SURE)]
        return [
            make_statement(reading.schema, actor, "RESULTED_IN", figure.entity.id, evidence=evidence)
            for actor in figure.attributed_to
            if reading.is_a(actor, *allowed)
        ]


def _sum(money: Money) -> _Counted:
    amount = money.amount
    value = format(amount.value, "f")
    return _Counted(money.start, money.end, value, amount.currency, _MONEY, money.rounding)


def _number(quantity: Quantity, kinds: Mapping[str, str]) -> _Counted:
    head = quantity.unit.partition(" of ")[0]
    kind = kinds.get(quantity.unit) or kinds[head]
    return _Counted(quantity.start, quantity.end, quantity.value, quantity.unit, kind, quantity.rounding)


def _is_done(leads: str, form: str, measure: _Measure) -> bool:
    """Whether a verb with its object behind it tells a past or present act."""
    before = _BEFORE_VERB.search(leads)
    words = before[1].lower().split() if before else []
    for one in measure.verbs:
        if form == one.ing and not any(w in ("is", "are", "was", "were", "been", "be") for w in words):
            return _PREPOSITION_BEFORE.search(leads) is None
        if form in one.forms and act(words, one.kinds(form), passive=False) == DONE:
            return bool(words) or form != one.base
    return False


def _is_told(auxiliaries: str, form: str, measure: _Measure) -> bool:
    """Whether a verb after what it counts tells what was done with it, or what those counted did."""
    words, passive = auxiliaries.lower().split(), not measure.doers
    return any(
        form in one.forms and act(words, one.kinds(form), passive=passive) == DONE for one in measure.verbs
    )


def _actors(text: str, clause: Clause, said: _Said) -> tuple[tuple[str, ...], bool]:
    """Whom the figure is attributed to, and whether that is sure enough for a statement.

    The doer behind `by`, else the nearest possible subject before the verb, else the operation that the
    sentence names.
    """
    groups = [g for g in clause.groups if all(set(_ACTORS) & set(m.labels) for m in g.members)]
    operations = [g for g in groups if all("Operation" in m.labels for m in g.members)]
    doers = [g for g in groups if g.start >= said.end and _BY.search(text[said.end : g.start])]
    subjects = [g for g in groups if g.end <= said.start and _may_act(text, g, said.start)]
    chosen: list[Group] = operations if len(operations) == 1 else []
    sure = bool(chosen)
    if said.passive and doers:
        chosen, sure = doers[:1], True
    elif not said.passive and subjects:
        chosen, sure = subjects[-1:], said.start - subjects[-1].end < _REACH
    return tuple(dict.fromkeys(m.entity for g in chosen for m in g.members)), sure


def _may_act(text: str, group: Group, verb_at: int) -> bool:
    """Whether a group may be the subject of a verb further on; who only reports it is not."""
    between = text[group.end : verb_at]
    if group.governor not in (INITIAL, FREE) or _REPORTS.match(between):
        return False
    return group.tail != MODIFIER or _UP_TO_VERB.fullmatch(between) is not None


# --- the lexicon ----------------------------------------------------------------------------------------


@cache
def lexicon(path: Path = LEXICON) -> _Lexicon:
    """Read the lexicon. Raises DataError with every fault."""
    faults: list[Fault] = []
    root = read_yaml(path, f"{path.parent.name}/{path.name}", faults)
    fields = None if root is None else root.fields("lexicon")
    kinds: dict[str, str] = {}
    stuffs: list[str] = []
    measures: list[_Measure] = []
    if fields is not None:
        units = fields.pop("units", required=True)
        for kind, item in units.pairs() if units is not None and units.is_mapping else ():
            kinds |= dict.fromkeys(_texts(item.items()), kind)
        stuffs = _texts(fields.pop_items("stuffs", required=True))
        for item in fields.pop_items("measures", required=True):
            inner = item.fields("measure")
            if inner is not None:
                measures.append(_measure(inner, {*kinds.values(), _MONEY}))
        fields.finish()
    raise_faults(faults)
    forms = {form for m in measures for v in m.verbs for form in v.forms} | {
        w for m in measures for w in m.leads
    }
    choice = "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in sorted(forms, key=len, reverse=True))
    words = re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])", re.IGNORECASE)
    return _Lexicon(tuple(measures), quantity_pattern(tuple(kinds), tuple(stuffs)), kinds, words)


def _measure(fields: Fields, known: set[str]) -> _Measure:
    name = fields.pop_literal("measure", required=True) or ""
    verbs = tuple(map(verb, _texts(fields.pop_items("verbs", required=True))))
    leads = tuple(_texts(fields.pop_items("leads")))
    units = frozenset(_texts(fields.pop_items("units", required=True)))
    doers = fields.pop_literal("doers", XSD + "boolean") == "true"
    fields.finish()
    for unit in sorted(units - known):
        fields.item.fault(f"there are no units of the kind {unit}", f"one of {', '.join(sorted(known))}")
    return _Measure(name, verbs, leads, units, doers)


def _texts(items: Sequence[Item]) -> list[str]:
    return [text for item in items if (text := item.literal()) is not None]
