"""Applies the relation rules to a clause: what a sentence says of the entities that it names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from graph.records import ACCEPTED, CANDIDATE
from loaders.clauses import Clause
from loaders.patterns import Pattern
from loaders.rulebook import AMOUNT, ANY, CONTEXT, DATE, EVENT, TITLE, Rule
from loaders.verbs import DENIED, DONE, DOUBTFUL, act

# A statement below this confidence waits for review.
SURE = 0.75
_DOUBT = 0.5
_DENIAL = re.compile(r"\b(?:not|never|no|without|neither|nor|denied|lacks?)\b(?!\s+only)", re.IGNORECASE)
_TOKEN = re.compile(r"⟦[^⟧]*⟧")
_DATE = re.compile(r"‹(\d+)›")
_DATE_AFTER = re.compile(
    r"\s*(?:\([^()]*\))?\s*,?\s*(?:(?:on|in|since|during|from|early|late|earlier|back|of|\w+day,?)\s+)*‹(\d+)›"
)
# `As of 2022` and `by 2022` date what is told, not the act.
_DATE_BEFORE = re.compile(r"\b(?:on|in|during|early|late)\s+(?:\w+day,?\s+)?‹(\d+)›\s*,?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement as a rule found it in a clause."""

    subject: str
    predicate: str
    object: str
    qualifiers: Mapping[str, str]
    rule: str
    confidence: float

    @property
    def status(self) -> str:
        """Status of the statement: a doubtful one waits as a candidate."""
        return ACCEPTED if self.confidence >= SURE else CANDIDATE


class RuleBook:
    """The rules, and by which word of a sentence each is tried."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self._rules):
            for word in rule.words:
                self._by_word[word].append(number)

    def find(self, clause: Clause, event: str | None = None) -> list[Relation]:
        """What the rules find in the clause, in their order; `event` is the document's own event.

        Of two findings of the same statement the surer one counts.
        """
        if not clause.groups:
            return []
        words = {ANY, *re.findall(r"[^\W\d_]+", _TOKEN.sub(" ", clause.shadow).lower())}
        numbers = sorted({number for word in words for number in self._by_word.get(word, ())})
        found: dict[tuple[str, str, str, str], Relation] = {}
        for number in numbers:
            for relation in _apply(self._rules[number], clause, event):
                role = relation.qualifiers.get("role", "")
                key = (relation.subject, relation.predicate, relation.object, role)
                if key not in found or found[key].confidence < relation.confidence:
                    found[key] = relation
        return list(found.values())


def _apply(rule: Rule, clause: Clause, event: str | None) -> Iterator[Relation]:
    for pattern in rule.patterns:
        for match in pattern.regex.finditer(clause.shadow):
            reading = _reading(pattern, rule, match)
            if reading is None or reading == DENIED:
                continue
            qualifiers = _qualifiers(rule, clause, match)
            confidence = rule.confidence * (_DOUBT if reading == DOUBTFUL else 1)
            if reading not in (DONE, DOUBTFUL):
                qualifiers["status"] = reading
            for subject, target in _pairs(rule, pattern, clause, match, event):
                if subject != target:
                    yield Relation(subject, rule.predicate, target, qualifiers, rule.name, confidence)


def _reading(pattern: Pattern, rule: Rule, match: re.Match[str]) -> str | None:
    """How the act stands: done, planned …; None where the verb form does not fit the pattern."""
    shadow = match.string
    if pattern.voice is None:
        return DENIED if _is_denied(shadow, match.start(), match.start(), match.end()) else DONE
    if _is_denied(shadow, match.start(), match.end("verb"), match.end()):
        return DENIED
    words = [w for w in match["before"].lower().split() if not w.startswith("‹")]
    form = " ".join(match["verb"].lower().split())
    readings = (act(words, v.kinds(form), passive=pattern.voice == "passive") for v in rule.verbs)
    return next((reading for reading in readings if reading is not None), None)


def _is_denied(shadow: str, start: int, after: int, end: int) -> bool:
    """Whether a word of denial stands in what leads to the match, or between the verb and its end."""
    leads = re.split(r"[,;:]", _TOKEN.sub(" ", shadow[:start]))[-1]
    return any(_DENIAL.search(part) for part in (leads, _TOKEN.sub(" ", shadow[after:end])))


def _pairs(
    rule: Rule, pattern: Pattern, clause: Clause, match: re.Match[str], event: str | None
) -> Iterator[tuple[str, str]]:
    arguments = match.groupdict()
    if arguments.get("G"):
        yield from combinations(_entities(clause, arguments["G"]), 2)
        return
    subjects = _entities(clause, arguments.get("S"), pattern.ends.get("S"))
    targets = _entities(clause, arguments.get("O"), pattern.ends.get("O"))
    if rule.implied == EVENT and event is not None:
        targets = targets or [event]
    yield from product(subjects, targets)


def _entities(clause: Clause, number: str | None, end: str | None = None) -> list[str]:
    """Entities of a group, each once; the first or the last only where `end` is `<` or `>`."""
    if number is None:
        return []
    found = list(dict.fromkeys(member.entity for member in clause.groups[int(number)].members))
    return found[:1] if end == "<" else found[-1:] if end == ">" else found


def _qualifiers(rule: Rule, clause: Clause, match: re.Match[str]) -> dict[str, str]:
    values: dict[str, str | None] = {}
    for name, value in rule.qualifiers.items():
        if value == DATE:
            values[name] = _date(clause, match)
        elif value == AMOUNT:
            number = match.groupdict().get("amount")
            values[name] = str(clause.money[int(number)].amount) if number else None
        elif value == TITLE:
            values[name] = " ".join(match["title"].split())
        elif value == CONTEXT:
            context = _entities(clause, match.groupdict().get("C"))
            values[name] = context[0] if len(context) == 1 else None
        else:
            values[name] = value
    return {name: value for name, value in sorted(values.items()) if value}


def _date(clause: Clause, match: re.Match[str]) -> str | None:
    """The date inside the match, else right after it, else right before it; None in doubt."""
    found = _DATE.findall(match[0])
    if not found:
        shadow = clause.shadow
        beside = _DATE_AFTER.match(shadow, match.end()) or _DATE_BEFORE.search(shadow, 0, match.start())
        found = [beside[1]] if beside else []
    return clause.dates[int(found[0])].edtf if len(found) == 1 else None
