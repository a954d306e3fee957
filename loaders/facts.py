"""Curated facts: what a curator read in a document, each with pointers to the clauses that say it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.records import ACCEPTED, CURATED, STATUSES, Entity, Evidence, Statement, make_statement
from loaders.register import Entry, Register, check_reference, extended, read_entry
from schema.errors import Fault
from schema.model import Predicate, Schema
from schema.values import ENTITY_ID
from schema.yamlfile import Fields, Item, at, nearest, raise_faults, read_folder

FACTS = Path(__file__).with_name("facts")

# Everything else is known across documents and belongs into the register, where texts are searched for it.
OWN_TYPES = ("Commitment", "Observation")

_SHA256 = r"[0-9a-f]{64}"


@dataclass(frozen=True, slots=True)
class CuratedFacts:
    """Entities that only one document defines, and the statements of all documents, one for each reading.

    The statements are not merged; each has its evidence with the rule `curated` and no quote. `places` maps
    ids to file and line: of an entity, of a statement (its first reading), and of an evidence (its clause).
    """

    entities: Mapping[str, Entity]
    statements: tuple[Statement, ...]
    places: Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _File:
    """The parts of one file before its facts are read."""

    document: str
    entries: tuple[Entry, ...]
    facts: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    """Where a document says it: code points `start` to `end`, and the hash of the text between them."""

    item: Item
    start: int
    end: int
    sha256: str


def read_facts(schema: Schema, register: Register, folder: Path = FACTS) -> CuratedFacts:
    """Read all `*.yaml` of the folder. Raises DataError with every fault, each with file, line and mend."""
    faults: list[Fault] = []
    roots = read_folder(folder, faults)
    files = [file for root in roots if (file := _read_file(schema, register, root)) is not None]
    entries = [entry for file in files for entry in file.entries]
    everything = extended(schema, register, entries)
    reader = _FactReader(schema, everything.entities)
    for file in files:
        for item in file.facts:
            reader.read(file.document, item)
    raise_faults(faults)
    entities = {entry.entity.id: entry.entity for entry in entries}
    places = {id_: everything.places[id_] for id_ in entities}
    return CuratedFacts(entities, tuple(reader.statements), {**places, **reader.places})


def _read_file(schema: Schema, register: Register, root: Item) -> _File | None:
    fields = root.fields("file")
    if fields is None:
        return None
    item = fields.pop("document", required=True)
    document = None if item is None else item.literal(ENTITY_ID)
    if item is not None and document is not None:
        check_reference(schema, item, document, register.entities, ("Document",))
    entries = []
    for entity in fields.pop_items("entities"):
        entry = read_entry(schema, entity)
        if entry is None:
            continue
        types = entry.entity.types
        if types and not schema.fits(types, OWN_TYPES):
            entity.fault(
                f"{entry.entity.id} is {' and '.join(types)}",
                "move it to the register: texts are searched for it there",
            )
        entries.append(entry)
    facts = fields.pop("facts", required=True)
    fields.finish()
    # Without a document the facts are still checked, under the name of their file.
    return _File(document or root.file, tuple(entries), () if facts is None else tuple(facts.items()))


class _FactReader:
    """Turns facts into statements, and knows what it has read before."""

    def __init__(self, schema: Schema, known: Mapping[str, Entity]) -> None:
        self.schema = schema
        self.known = known
        self.statements: list[Statement] = []
        self.places: dict[str, tuple[str, int]] = {}
        self._said: dict[tuple[str, str, int, int], Item] = {}
        self._hashes: dict[tuple[str, int, int], _Clause] = {}

    def read(self, document: str, item: Item) -> None:
        """Read one fact: a statement for each pair of its subjects and objects."""
        fields = item.fields("fact")
        if fields is None:
            return
        subject = fields.pop("subject", required=True)
        predicate = self._predicate(fields)
        target, value = fields.pop("object"), fields.pop("value")
        qualifiers = self._qualifiers(fields.pop("qualifiers"))
        summary = fields.pop_literal("summary", required=True)
        clauses = [c for i in fields.pop_items("clauses", required=True) if (c := _clause(i)) is not None]
        status = _status(fields)
        fields.finish()
        self._check_hashes(document, clauses)
        # The ids are checked without a predicate too, so that one slip does not hide another.
        subjects = self._ids(subject, predicate.domain if predicate else ("Entity",))
        if predicate is not None and predicate.datatype is not None:
            targets = _value(item, predicate.name, predicate.datatype, target, value)
        else:
            if predicate is not None:
                _check_object(item, predicate.name, target, value)
            targets = self._ids(target, predicate.range if predicate else ("Entity",))
        evidence = [Evidence(document, c.start, c.end, c.sha256, CURATED, 1.0, summary) for c in clauses]
        for one in subjects:
            for other in targets:
                if predicate is not None and one == other:
                    item.fault(
                        f"{one} stands on both sides of {predicate.name}", "take it out of one of them"
                    )
                elif predicate is not None:
                    statement = make_statement(
                        self.schema,
                        one,
                        predicate.name,
                        other,
                        qualifiers=qualifiers,
                        status=status,
                        evidence=evidence,
                    )
                    self._add(statement, clauses, item)

    def _add(self, statement: Statement, clauses: Sequence[_Clause], item: Item) -> None:
        for clause, evidence in zip(clauses, statement.evidence, strict=True):
            self.places.setdefault(evidence.id_for(statement.id), clause.item.place)
            key = (statement.id, evidence.document, clause.start, clause.end)
            first = self._said.setdefault(key, clause.item)
            if first is not clause.item:
                said = f"{statement.subject} {statement.predicate} {statement.object or statement.value}"
                clause.item.fault(
                    f"{said} rests on this clause already: {at(first.place)}",
                    "take one of the two away, or tell them apart by a qualifier such as role or date",
                )
        self.places.setdefault(statement.id, item.place)
        self.statements.append(statement)

    def _predicate(self, fields: Fields) -> Predicate | None:
        item = fields.pop("predicate", required=True)
        name = None if item is None else item.literal()
        if item is None or name is None:
            return None
        predicate = self.schema.predicates.get(name)
        if predicate is None:
            known = [p.name for p in self.schema.predicates.values() if not p.derived_only]
            item.fault(f"there is no predicate {name}", nearest(name, known) or f"one of {', '.join(known)}")
        elif predicate.derived_only:
            item.fault(f"{name} is derived by the program", "leave the fact out")
            return None
        return predicate

    def _ids(self, item: Item | None, allowed: Iterable[str]) -> list[str]:
        """The ids of one or more entities that exist and are of an allowed type."""
        if item is None:
            return []
        found: dict[str, Item] = {}
        for one in item.one_or_many():
            id_ = one.literal(ENTITY_ID)
            if id_ is None:
                continue
            if id_ in found:
                one.fault(f"{one.label} lists {id_} twice", "keep one of the two")
            elif check_reference(self.schema, one, id_, self.known, allowed):
                found[id_] = one
        return list(found)

    def _qualifiers(self, item: Item | None) -> dict[str, str]:
        fields = None if item is None else item.fields("qualifiers")
        if fields is None:
            return {}
        found: dict[str, str] = {}
        for name, rule in self.schema.qualifiers.items():
            place = fields.pop(name)
            text = None if place is None else place.literal(rule.datatype)
            if place is None or text is None:
                continue
            if rule.datatype == ENTITY_ID:
                check_reference(self.schema, place, text, self.known, rule.domain or ("Entity",))
            found[name] = text
        fields.finish()
        return found

    def _check_hashes(self, document: str, clauses: Iterable[_Clause]) -> None:
        """One place has one hash: a slip shows even where no text is at hand."""
        for clause in clauses:
            first = self._hashes.setdefault((document, clause.start, clause.end), clause)
            if first.sha256 != clause.sha256:
                clause.item.fault(
                    f"clause {clause.start}–{clause.end} has another sha256: {at(first.item.place)}",
                    "compute both again from the text",
                )


def _value(item: Item, name: str, datatype: str, target: Item | None, value: Item | None) -> list[str]:
    """The literal of a predicate that takes one; empty after a fault."""
    if target is not None:
        target.fault(f"{name} takes a value, not an object", "write value: …")
    elif value is None:
        item.fault("fact has no value", f"{name} takes one: add value: …")
    text = None if value is None else value.literal(datatype)
    return [] if text is None else [text]


def _check_object(item: Item, name: str, target: Item | None, value: Item | None) -> None:
    if value is not None:
        value.fault(f"{name} takes an object, not a value", "write object: and the id of an entity")
    elif target is None:
        item.fault("fact has no object", f"{name} takes one: add object: and the id of an entity")


def _status(fields: Fields) -> str:
    item = fields.pop("status")
    status = None if item is None else item.literal()
    if item is None or status is None:
        return ACCEPTED
    if status not in STATUSES:
        item.fault(
            f"there is no status {status!r}", f"one of {', '.join(STATUSES)}; acts have theirs in qualifiers"
        )
    return status


def _clause(item: Item) -> _Clause | None:
    fields = item.fields("clause")
    if fields is None:
        return None
    start, end = (_offset(fields, key) for key in ("start", "end"))
    place = fields.pop("sha256", required=True)
    sha256 = None if place is None else place.literal()
    fields.finish()
    if place is not None and sha256 is not None and re.fullmatch(_SHA256, sha256) is None:
        place.fault(f"the sha256 has {len(sha256)} characters", "64 hex digits in lower case")
        return None
    if start is None or end is None or sha256 is None:
        return None
    if start >= end:
        item.fault(f"the clause ends at {end} and starts at {start}", "the end comes after the start")
        return None
    return _Clause(item, start, end, sha256)


def _offset(fields: Fields, key: str) -> int | None:
    item = fields.pop(key, required=True)
    text = None if item is None else item.literal()
    if item is None or text is None:
        return None
    if re.fullmatch(r"\d{1,12}", text, re.ASCII) is None:
        item.fault(f"{key} is {text!r}", "a whole number of code points from the start of the text")
        return None
    return int(text)
