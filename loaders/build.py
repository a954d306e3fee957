"""From register, curated facts and captures to the content of the graph: a pure function of its input.

A document that has curated facts was read whole by a curator. There the rules only corroborate: what they
find and the curator has too adds evidence, what they find beyond it waits as a candidate. In every other
document the rules' own confidence decides.

Where the text at hand is a corrected version of the one that a curator read, each curated pointer is looked
for in it. A statement none of whose clauses is found word for word waits as a candidate.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.anchors import Anchored, Source, anchor_pointers
from graph.captures import Capture
from graph.changes import Content
from graph.clocks import clocked
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    CURATED,
    MENTIONS,
    RETRACTED,
    Entity,
    Evidence,
    Statement,
    make_statement,
    merge,
)
from loaders.described import described_only
from loaders.extract import Extraction
from loaders.facts import OWN_TYPES, CuratedFacts
from loaders.judgements import Judgements
from loaders.rdf.joining import joined, read_elsewhere, taken_over
from loaders.rdf.reading import Imported
from loaders.register import Register
from schema.errors import DataError, Fault
from schema.model import Schema
from schema.values import ENTITY_ID, parse_date

DERIVED = "derived/dialogue-order"


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a graph is made from.

    `captures` and `extractions` are by document id, `pointers` are the MENTIONS statements for documents
    whose text is not at hand, `imports` what kept RDF files say, `others` the statements and entities that
    rest on documents which somebody else loaded into the same graph, `withdrawn` the ids of documents that
    stay out, `judgements` what a curator decided about candidates.
    """

    register: Register
    facts: CuratedFacts
    captures: Mapping[str, Capture]
    extractions: Mapping[str, Extraction]
    pointers: tuple[Statement, ...]
    imports: tuple[Imported, ...] = ()
    others: Content = field(default_factory=lambda: Content((), ()))
    withdrawn: frozenset[str] = frozenset()
    judgements: Judgements | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """The content and what a curator wants to know about how it came about.

    `notes` are counts by name, `moved` the curated pointers whose clause does not stand where it stood.
    """

    content: Content
    notes: Mapping[str, int]
    moved: tuple[Anchored, ...] = ()


def build(schema: Schema, sources: Sources) -> Built:
    """Make the content.

    Raises DataError with every pointer that does not match its document, and with every statement that names
    what nothing brings in: the graph could not hold it.
    """
    curated, moved = _verified(sources)
    notes: Counter[str] = Counter()
    by_triple = _by_triple(curated)
    curated_documents = {e.document for s in curated for e in s.evidence}
    own = {
        entity.id
        for document in curated_documents & sources.extractions.keys()
        for entity in sources.extractions[document].entities
        if _made_here(schema, document, entity)
    }
    imported = [s for one in sources.imports for s in one.statements]
    # What was rejected elsewhere is no candidate again.
    statements = [s for s in imported if s.status == RETRACTED]
    statements += [*curated, *(s for s in _mentions(sources) if s.object not in own)]
    made: list[Entity] = []
    for document, extraction in sorted(sources.extractions.items()):
        found = (s for s in extraction.statements if s.predicate != MENTIONS)
        if document in curated_documents:
            statements += _corroborating(found, by_triple, own, notes)
            made += [e for e in extraction.entities if e.id not in own]
        else:
            statements += found
            made += extraction.entities
    statements += [*(s for s in imported if s.status != RETRACTED), *sources.others.statements]
    made += [*(e for one in sources.imports for e in one.entities), *sources.others.entities]
    kept = _judged(sources, made, _without(statements, sources.withdrawn))
    kept += _dialogue_order(schema, merge(kept))
    merged = merge(kept)
    content = clocked(schema, Content(_entities(schema, sources, made, merged), tuple(merged)))
    if faults := list(_loose_ends(schema, sources, content)):
        raise DataError(faults)
    return Built(content, notes, tuple(moved))


def text_sources(register: Register, captures: Mapping[str, Capture]) -> dict[str, Source]:
    """The texts at hand, each with whether it is another than the one that the register's hash is of."""
    return {
        key: Source(capture.text, _corrected(register, key, capture), capture.earlier)
        for key, capture in captures.items()
    }


def _corrected(register: Register, document: str, capture: Capture) -> bool:
    return _another_text(register, document, capture.document)


def _another_text(register: Register, document: str, read: Entity) -> bool:
    """Whether a document was read from another text than that which the register's hash is of."""
    known = register.entities.get(document)
    recorded = known.properties.get("sha256") if known else None
    return recorded not in (None, read.properties.get("sha256"))


def _verified(sources: Sources) -> tuple[list[Statement], list[Anchored]]:
    """The curated statements, each clause found where its document's text is at hand; and what has moved.

    Raises DataError where the text is the one that the pointers were made for and does not have a clause.
    """
    texts = text_sources(sources.register, sources.captures)
    elsewhere = read_elsewhere(sources.imports, sources.captures.keys())
    changed = {d for d, e in elsewhere.items() if _another_text(sources.register, d, e)}
    held = taken_over(sources.facts.statements, sources.imports, changed)
    found = anchor_pointers([(s.id, e) for s in held for e in s.evidence], texts)
    moved = [one for one in found if one.at_fault]
    faults = [
        _mismatch(one, sources.facts.places[one.pointer.id_for(one.statement)])
        for one in moved
        if not texts[one.pointer.document].changed
    ]
    if faults:
        # A fact with several subjects has one clause.
        raise DataError(list(dict.fromkeys(faults)))
    states = iter(found)
    statements = [replace(s, evidence=tuple(next(states).evidence for _ in s.evidence)) for s in held]
    return [_doubted(s) for s in statements], moved


def _doubted(statement: Statement) -> Statement:
    """A statement none of whose clauses holds waits for review."""
    if statement.status != ACCEPTED or any(e.holds for e in statement.evidence):
        return statement
    return replace(statement, status=CANDIDATE)


def _mismatch(found: Anchored, place: tuple[str, int]) -> Fault:
    pointer, anchor = found.pointer, found.anchor
    where = f"characters {pointer.start}-{pointer.end} of {pointer.document}"
    mend = "point to the clause again with `carisec cite`, or load the document that the facts were read from"
    if anchor.start is not None and anchor.unique:
        mend = f"it stands at {anchor.start}-{anchor.end}: write that, or run `carisec validate --repair`"
    return Fault(*place, f"{where} do not have the hash {pointer.sha256[:12]}…", mend)


def _mentions(sources: Sources) -> Iterable[Statement]:
    for _, extraction in sorted(sources.extractions.items()):
        yield from (s for s in extraction.statements if s.predicate == MENTIONS)
    elsewhere = read_elsewhere(sources.imports, sources.extractions.keys())
    read = sources.extractions.keys() | elsewhere.keys()
    yield from (s for s in sources.pointers if s.subject not in read)


_Triple = tuple[str, str, str | None]


def _by_triple(statements: Iterable[Statement]) -> Mapping[_Triple, list[Statement]]:
    found: dict[_Triple, list[Statement]] = defaultdict(list)
    for statement in merge(statements):
        found[statement.subject, statement.predicate, statement.object or statement.value].append(statement)
    return found


def _made_here(schema: Schema, document: str, entity: Entity) -> bool:
    """Whether a document alone knows the entity: a pledge, a figure, or something that it only describes."""
    return schema.fits(entity.types, OWN_TYPES) or described_only(document, entity.id)


def _corroborating(
    found: Iterable[Statement],
    curated: Mapping[_Triple, list[Statement]],
    made_here: Collection[str],
    notes: Counter[str],
) -> Iterable[Statement]:
    """Rule-found statements of a curated document: as evidence for a curated one, else as a candidate.

    Commitments, figures and described events that a rule made from a curated document are the curator's under
    other ids.
    """
    for statement in found:
        if statement.subject in made_here or statement.object in made_here:
            notes["rule findings left to the curated commitments, figures and events"] += 1
            continue
        same = curated.get((statement.subject, statement.predicate, statement.object or statement.value), [])
        fitting = [s for s in same if statement.qualifiers.items() <= s.qualifiers.items()] or same
        if len(fitting) == 1:
            notes["curated statements corroborated by a rule"] += 1
            yield replace(fitting[0], evidence=statement.evidence)
        elif not same:
            notes["candidates that a rule found beyond the curated facts"] += 1
            yield replace(statement, status=CANDIDATE)
        else:
            notes["rule findings that fit several curated statements"] += 1


def _judged(sources: Sources, made: Iterable[Entity], statements: list[Statement]) -> list[Statement]:
    """The statements with the curator's decisions. Raises DataError for one about what is not there."""
    if sources.judgements is None:
        return statements
    known = {e.id: e for e in (*made, *sources.facts.entities.values())}
    known |= {**_documents(sources), **sources.register.entities}
    sources.judgements.check(known)
    return sources.judgements.applied_to_statements(statements, known)


def _without(statements: Iterable[Statement], withdrawn: Collection[str]) -> list[Statement]:
    kept = []
    for statement in statements:
        evidence = tuple(e for e in statement.evidence if e.document not in withdrawn)
        if evidence and statement.subject not in withdrawn and statement.object not in withdrawn:
            kept.append(replace(statement, evidence=evidence))
    return kept


def _dialogue_order(schema: Schema, statements: Iterable[Statement]) -> list[Statement]:
    """PRECEDES between neighbours among the dialogues whose date a document tells.

    Nothing else that rests on some documents changes when another one comes: a dialogue that it dates may
    stand between two that were neighbours.
    """
    dated = {
        s.subject: s
        # What a curator read wins over what rules found.
        for s in sorted(statements, key=lambda s: any(e.rule == CURATED for e in s.evidence))
        if s.predicate == "HELD_ON"
        and s.subject.startswith("dialogue/")
        and s.status == ACCEPTED
        and "status" not in s.qualifiers
        and s.value
        and parse_date(s.value).earliest
    }
    ordered = sorted(dated.values(), key=lambda s: (str(parse_date(s.value or "").earliest), s.subject))
    made = []
    for earlier, later in itertools.pairwise(ordered):
        evidence = [
            _derived(e)
            for s in (earlier, later)
            for e in s.evidence
            if e.holds and (e.rule == CURATED or len(s.evidence) == 1)
        ]
        made.append(
            make_statement(
                schema,
                earlier.subject,
                "PRECEDES",
                later.subject,
                qualifiers={"derived": "from the dates on which the two were held"},
                evidence=evidence,
            )
        )
    return made


def _derived(evidence: Evidence) -> Evidence:
    return replace(evidence, rule=DERIVED, summary=None, anchor=None)


def _entities(
    schema: Schema, sources: Sources, made: Iterable[Entity], statements: Iterable[Statement]
) -> tuple[Entity, ...]:
    """Register entities, documents, and of those that documents make all that a statement still names.

    What the register or the curated facts say of an id stands; a document adds nothing to it.
    """
    named = {key for s in statements for key in named_by(schema, s)}
    imported = {e.id: e for e in united(e for one in sources.imports for e in one.entities)}
    entities = {**sources.register.entities, **_documents(sources)}
    for entity in [*sources.facts.entities.values(), *united(made)]:
        if entity.id in named or entity.id in imported:
            entities.setdefault(entity.id, entity)
    for key, entity in imported.items():
        if key in sources.register.entities or key in sources.facts.entities:
            entities[key] = joined(entities[key], entity)
    return tuple(entities[key] for key in sorted(entities) if key not in sources.withdrawn)


def _loose_ends(schema: Schema, sources: Sources, content: Content) -> Iterable[Fault]:
    """The statements that name an entity which is not there, each with the clause that it comes from."""
    known = {entity.id for entity in content.entities}
    for statement in content.statements:
        for missing in sorted(set(named_by(schema, statement)) - known):
            evidence = statement.evidence[0]
            capture = sources.captures.get(evidence.document)
            file = str(capture.document.properties["file"]) if capture else evidence.document
            line = capture.text.count("\n", 0, evidence.start) + 1 if capture else 1
            says = f"{statement.subject} {statement.predicate} {statement.object or statement.value}"
            mend = "this is a fault of carisec: please report it with this line"
            yield Fault(file, line, f"{says} names {missing}, which nothing brings in", mend)


def named_by(schema: Schema, statement: Statement) -> Iterable[str]:
    """Ids of the entities that a statement names: its ends, and those in its qualifiers."""
    yield statement.subject
    if statement.object:
        yield statement.object
    for name, value in statement.qualifiers.items():
        if schema.qualifiers[name].datatype == ENTITY_ID:
            yield value


def united(made: Iterable[Entity]) -> list[Entity]:
    """One entity for each id that documents make, sorted by id, with all names that they give it.

    The first in the order given decides on name, types and properties; the others fill in what it lacks.
    """
    found: dict[str, Entity] = {}
    for entity in made:
        known = found.get(entity.id)
        found[entity.id] = entity if known is None else _joined(known, entity)
    return [found[key] for key in sorted(found)]


def _joined(first: Entity, other: Entity) -> Entity:
    names = {*first.aliases, other.name, *other.aliases} - {first.name}
    acronyms = {*first.acronyms, *other.acronyms} & names
    return replace(
        first,
        aliases=tuple(sorted(names)),
        acronyms=tuple(sorted(acronyms)),
        properties=dict(sorted({**other.properties, **first.properties}.items())),
    )


def _documents(sources: Sources) -> Mapping[str, Entity]:
    """Captured documents; what the register says of one stands, the sidecar adds what it does not say."""
    documents = {e.id: e for e in sources.others.entities if "Document" in e.types}
    for key, capture in sources.captures.items():
        known = sources.register.entities.get(key)
        document = capture.document
        if known:
            # The hash is that of the text at hand, which all offsets in the graph count.
            text = {"sha256": document.properties["sha256"]}
            document = replace(known, properties={**document.properties, **known.properties, **text})
        documents[key] = replace(
            document, properties=dict(sorted({**document.properties, "captured": True}.items()))
        )
    return documents
