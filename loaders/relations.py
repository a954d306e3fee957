"""Applies the relation rules to the analysis of a sentence: what it says of the entities that it names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from graph.records import ACCEPTED, CANDIDATE
from loaders.dates import DateSpan
from loaders.grammar.frames import Analysis
from loaders.grammar.lexicon import lexicon
from loaders.grammar.phrases import Group, Phrase
from loaders.paths import (
    EVENT,
    PAPER,
    WHEN,
    Path,
    Reached,
    Resolver,
    Step,
    follow,
    frame_steps,
)
from loaders.qualifying import act_date, amount, inferred_date
from loaders.quantities import Money
from loaders.rulebook import AMOUNT, CONTEXT, DATE, IS, NAMED, TITLE, VERB, Rule, When
from loaders.sayings import Said, said_in
from loaders.verbs import DENIED, DONE, DOUBTFUL

# A statement below this confidence waits for review.
SURE = 0.75
_DOUBT = 0.5
# What a reading loses where officers stand for their agency, and where a short form stands for a name.
_THROUGH, _REFERENCE = 0.97, 0.95

# Stand for every verb of a purpose, for every verb with `jointly` or `together`, and for every verb.
ANY, JOINTLY, EVERY = "any", "jointly", "every"
_WITH = ("with", "alongside", "through")
# What one may take part in, or do something with, besides the document's event.
_ABOUT = frozenset(("in", "at", "to", "with", "on", "for"))
_ATTENDED = frozenset(("Organization", "Program", "Person", "Operation", "Instrument"))
# Of longer lists that `work together` it is not said that each works with each.
_MOST_MUTUAL = 6


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement as a rule found it: `object` is an entity or, for a predicate with values, the literal."""

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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for the rules: its place in the document's text, its analysis, dates, sums, and the event
    that it is about where it names none. `paper` is the instrument that the document is."""

    start: int
    end: int
    text: str
    analysis: Analysis
    dates: Sequence[DateSpan]
    money: Sequence[Money]
    event: str | None
    paper: str | None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule whose word stands in a sentence and that did not fire, and why."""

    rule: str
    word: str
    why: str


class RuleBook:
    """The rules, and by which verb or noun each is tried."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._words = lexicon()
        self._resolver = Resolver(self._words)
        self._table: dict[tuple[str, str], list[tuple[Rule, When]]] = defaultdict(list)
        for rule in rules:
            for when in rule.when:
                for word in when.words:
                    self._table[when.kind, "" if when.kind == NAMED else word].append((rule, when))

    def find(self, sentence: Sentence, trace: list[NearMiss] | None = None) -> list[Relation]:
        """What the rules find in the sentence; of two findings of the same statement the surer one counts.

        `trace` takes what nearly fired: rules whose words stand there and that something else kept back.
        """
        found: dict[tuple[str, str, str, str], Relation] = {}
        for said in said_in(sentence.analysis, self._words):
            for rule, when in self._tried(said):
                relations = list(self._apply(rule, when, said, sentence))
                if not relations and trace is not None and not _is_general(when):
                    trace.append(NearMiss(rule.name, _word(said), self._why_not(rule, when, said, sentence)))
                for relation in relations:
                    role = relation.qualifiers.get("role", "") + relation.qualifiers.get("title", "")
                    key = (relation.subject, relation.predicate, relation.object, role)
                    if key not in found or _weight(found[key]) < _weight(relation):
                        found[key] = relation
        return _fullest(found.values())

    def _why_not(self, rule: Rule, when: When, said: Said, sentence: Sentence) -> str:
        """What kept a rule from firing, in a few words."""
        if misfit := _misfit(when, said):
            return misfit
        if when.mutual:
            return f"there are not two {_kinds(rule.subjects)} at {_places(when.mutual)}"
        if not self._reached(when.subject, said, rule.subjects, rule.through, sentence):
            return f"no {_kinds(rule.subjects)} as subject at {_places(when.subject)}"
        if when.object and when.object[0].first == WHEN:
            return "no single date of the act"
        if not self._reached(when.object, said, rule.objects, rule.through, sentence):
            return f"no {_kinds(rule.objects)} as object at {_places(when.object)}"
        if AMOUNT in rule.qualifiers.values() and amount(said, sentence.money) is None:
            return "no sum of money"
        return "subject and object are the same, or which goes with which is not to be told"

    def _tried(self, said: Said) -> Iterator[tuple[Rule, When]]:
        if said.kind == VERB and said.frame is not None:
            yield from self._table.get((VERB, said.frame.lemma), ())
            yield from self._table.get((VERB, EVERY), ())
            if said.frame.purpose:
                yield from self._table.get((VERB, ANY), ())
            if said.frame.jointly and said.frame.lemma not in self._words.words["opposing"]:
                yield from self._table.get((VERB, JOINTLY), ())
        elif said.phrase is not None and said.kind == NAMED:
            yield from self._table.get((NAMED, ""), ())
        elif said.phrase is not None:
            for head in dict.fromkeys(said.phrase.heads):
                yield from self._table.get((said.kind, head), ())

    def _apply(self, rule: Rule, when: When, said: Said, sentence: Sentence) -> Iterator[Relation]:
        if _misfit(when, said):
            return
        pairs = list(self._pairs(rule, when, said, sentence))
        if not pairs:
            return
        qualifiers = self._qualifiers(rule, when, said, sentence)
        if AMOUNT in rule.qualifiers.values() and amount(said, sentence.money) is None:
            return
        meant = when.purpose and said.frame is not None and said.frame.purpose
        status = DONE if meant else said.status
        if status not in (DONE, DOUBTFUL):
            qualifiers["status"] = status
        pledged = said.frame is not None and said.frame.pledged and not rule.pledged
        sure = rule.confidence * (_DOUBT if status == DOUBTFUL or pledged else 1)
        for subject, target, share in pairs:
            if subject != target:
                confidence = round(sure * share, 2)
                yield Relation(
                    subject, rule.predicate, target, dict(sorted(qualifiers.items())), rule.name, confidence
                )

    # --- arguments ---

    def _pairs(
        self, rule: Rule, when: When, said: Said, sentence: Sentence
    ) -> Iterator[tuple[str, str, float]]:
        apart = when.mutual and said.frame is not None and not said.frame.jointly
        if apart and said.frame is not None and any(map(_names, frame_steps(said.frame, _WITH))):
            return  # they work with what is named there, not with each other
        if when.mutual:
            members = self._reached(when.mutual, said, rule.subjects, rule.through, sentence)
            if said.kind != VERB and any(member.example for member in members):
                return  # `the support and collaboration of partners such as A and B`
            for one, other in combinations(members, 2) if len(members) <= _MOST_MUTUAL else ():
                yield one.entity, other.entity, _share(one) * _share(other)
            return
        subjects = self._reached(when.subject, said, rule.subjects, rule.through, sentence)
        if not subjects:
            return
        if when.object and when.object[0].first == WHEN:
            if (date := act_date(said, sentence.dates)) is not None:
                yield from ((s.entity, date, _share(s)) for s in subjects)
            return
        paths = [path for path in when.object if path.first != EVENT or not self._means_another(when, said)]
        targets = self._reached(paths, said, rule.objects, rule.through, sentence)
        pairwise = said.frame is not None and said.frame.respectively and len(subjects + targets) > 2
        if pairwise and len(subjects) != len(targets):
            return  # which goes with which is not to be told
        for subject, target in (
            zip(subjects, targets, strict=True) if pairwise else product(subjects, targets)
        ):
            yield subject.entity, target.entity, _share(subject) * _share(target)

    def _means_another(self, when: When, said: Said) -> bool:
        """Whether the clause names what it is about, so that it is not the document's event: `joined A`."""
        frame = said.frame
        if frame is None or frame.passive or when.subject[0].first != "agent":
            return False
        hung = [g for p, g in frame.hung if p in _ABOUT]
        if any(p.labels & _ATTENDED for g in hung for p in g.phrases):
            return True
        if frame.patient is None:
            return False
        heads = {head for phrase in frame.patient.phrases for head in phrase.heads}
        events = self._words.words["events"] | self._words.words["own_events"]
        named = any(phrase.entities for phrase in frame.patient.phrases)
        return named or not (when.having or heads & events)

    def _reached(
        self,
        paths: Sequence[Path],
        said: Said,
        types: frozenset[str],
        through: frozenset[str],
        sentence: Sentence,
    ) -> list[Reached]:
        """Entities at the first path that leads to some."""
        for path in paths:
            if path.first == EVENT:
                if sentence.event is not None:
                    return [Reached(sentence.event, False, False)]
                continue
            if path.first == PAPER:
                bare = said.frame is not None and said.frame.patient is None
                if bare and sentence.paper is not None:
                    return [Reached(sentence.paper, False, False)]
                continue
            found: dict[str, Reached] = {}
            for group in self._groups(path, said):
                for reached in self._resolver.entities(group, types, through):
                    found.setdefault(reached.entity, reached)
            if found:
                return list(found.values())
        return []

    def _groups(self, path: Path, said: Said) -> list[Group]:
        """What a path leads to; many rules go the same ways."""
        found = said.groups.get(path.text)
        if found is None:
            found = said.groups[path.text] = list(self._followed(path, said))
        return found

    def _followed(self, path: Path, said: Said) -> Iterator[Group]:
        first, *rest = path.steps
        if said.kind == VERB and said.frame is not None:
            start = frame_steps(said.frame, first.names)
            yield from follow((g for g in start if _headed(g, first)), rest)
        elif said.kind == IS and first.names == ("subject",):
            yield from follow([said.subject] if said.subject is not None else [], rest)
        elif said.phrase is not None:
            steps = rest if first.names == ("complement",) else [first, *rest]
            yield from follow([Group([said.phrase], said.phrase.start, said.phrase.end)], steps)
            if (
                said.kind == IS
                and said.frame is not None
                and first.names[0] not in ("self", "possessor", "modifier", "complement")
            ):
                hung = (g for p, g in said.frame.hung if p in first.names)
                yield from follow((g for g in hung if _headed(g, first)), rest)

    # --- qualifiers ---

    def _qualifiers(self, rule: Rule, when: When, said: Said, sentence: Sentence) -> dict[str, str]:
        values: dict[str, str | None] = {}
        for name, value in rule.qualifiers.items():
            if value == DATE:
                values[name] = act_date(said, sentence.dates)
                inferred = inferred_date(said, sentence.dates)
                if values[name] is not None and inferred is not None:
                    values["inferred"] = inferred
            elif value == AMOUNT:
                values[name] = amount(said, sentence.money)
            elif value == TITLE:
                values[name] = None if said.phrase is None else title_text(said.phrase, sentence)
            elif value == CONTEXT:
                context = self._reached(when.context, said, rule.contexts, rule.through, sentence)
                values[name] = context[0].entity if len(context) == 1 else None
            else:
                values[name] = value
        if when.object and when.object[0].first == WHEN:
            values["inferred"] = inferred_date(said, sentence.dates)
        return {name: value for name, value in values.items() if value}


def _weight(relation: Relation) -> tuple[float, int]:
    """The surer of two counts, then the one that says more."""
    return relation.confidence, len(relation.qualifiers)


def _is_general(when: When) -> bool:
    """Whether a way of a rule looks at any word, so that it tells nothing where it does not fire."""
    return when.kind == NAMED or bool(when.words & {ANY, JOINTLY, EVERY})


def _misfit(when: When, said: Said) -> str:
    """Why what is said does not suit a way of a rule, its arguments aside; empty if it does."""
    frame = said.frame
    if said.status == DENIED:
        return "it is denied"
    if frame is None or said.kind != VERB:
        return ""
    if frame.purpose and not when.purpose:
        return "it is only meant to be done"
    if when.passive is not None and frame.passive != when.passive:
        return "the voice differs"
    if when.acting and not _heads(frame.agent) & when.acting:
        return f"its subject is none of {', '.join(sorted(when.acting))}"
    if when.having and not _heads(frame.patient) & when.having:
        return f"its object is none of {', '.join(sorted(when.having))}"
    return ""


def _fullest(relations: Iterable[Relation]) -> list[Relation]:
    """Relations without those that another one tells with more qualifiers."""
    kept = list(relations)
    told = {(r.subject, r.predicate, r.object, frozenset(r.qualifiers.items())) for r in kept}
    return [
        r
        for r in kept
        if not any(
            (r.subject, r.predicate, r.object) == other[:3] and r.qualifiers.items() < other[3]
            for other in told
        )
    ]


def _heads(group: Group | None) -> set[str]:
    """Nouns that head the phrases of a group, but for those that are denied."""
    return {head for p in (group.phrases if group else ()) if not p.denied for head in p.heads}


def _word(said: Said) -> str:
    if said.kind == VERB and said.frame is not None:
        return said.frame.lemma
    return said.phrase.head if said.phrase is not None else ""


def _kinds(types: frozenset[str]) -> str:
    return " or ".join(sorted(types)) or "entity"


def _places(paths: Sequence[Path]) -> str:
    return ", ".join(path.text for path in paths)


def _share(reached: Reached) -> float:
    doubt = _DOUBT if reached.doubtful else 1
    return doubt * (_THROUGH if reached.through else 1) * (_REFERENCE if reached.reference else 1)


def _names(group: Group) -> bool:
    """Whether a group names somebody or people: `with A`, `with officers`; not `with assistance from A`."""
    return any(phrase.entities or phrase.plural for phrase in group.phrases)


def _headed(group: Group, step: Step) -> bool:
    return not step.nouns or any(step.nouns & set(p.heads) and not p.denied for p in group.phrases)


def title_text(office: Phrase, sentence: Sentence) -> str | None:
    """The words of an office without the body that it is in: `Deputy Commissioner of Police`."""
    tokens = sentence.analysis.tokens
    if office.title_start < 0 or office.title_start >= office.base_end:
        return None
    end = _title_end(office)
    return " ".join(sentence.text[tokens[office.title_start].start : tokens[end - 1].end].split())


def _title_end(office: Phrase) -> int:
    end = office.base_end
    for preposition, group in office.hung:
        first = group.phrases[0]
        if first.entities and preposition != "to":
            break
        if len(group.phrases) > 1 or preposition not in ("of", "for", "to"):
            break
        end = first.base_end if not first.entities else group.end
        if first.hung:
            if first.hung[0][1].phrases[0].entities or first.hung[0][0] != "of":
                break
            end = first.hung[0][1].phrases[0].base_end
    return max(end, office.base_end)
