"""The judgement file: what curators decided about candidates, as plain text that can be diffed and merged.

A YAML list, one record a decision, sorted. A record says what it is about in words that survive another
reading of the documents: a statement by subject, predicate, object or value and the qualifiers that tell two
such statements apart; a name by its letters, in every document or in one. `loaders.judgements` brings the
decisions about.
"""

import contextlib
import datetime as dt
import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.judgement_text import blocks_of, comments, joined, rendered
from graph.records import fold, make_statement, slug
from schema.errors import BadSettings, Fault
from schema.model import Schema
from schema.values import ENTITY_ID
from schema.yamlfile import Fields, Item, at, nearest, raise_faults, read_yaml

ACCEPT, REJECT, MERGE, ALIAS, DISTINCT = "accept", "reject", "merge", "alias", "distinct"
DECISIONS = (ACCEPT, REJECT, MERGE, ALIAS, DISTINCT)
ABOUT_STATEMENTS = (ACCEPT, REJECT)
NAMING_AN_ENTITY = (MERGE, ALIAS, DISTINCT)

CANDIDATE_TYPE = "Candidate"
CANDIDATE_PREFIX = "candidate/"
_DOCUMENT_PREFIX = "document/"
# What a document brings along by itself is never the name of a thing to accept.
_NOT_BY_NAME = frozenset({CANDIDATE_TYPE, "Document", "Commitment", "Observation"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says: `target` is an id or a literal, `qualifiers` those that identify it, sorted."""

    subject: str
    predicate: str
    target: str
    qualifiers: tuple[tuple[str, str], ...] = ()

    def id_in(self, schema: Schema) -> str:
        """Id of the statement that says it."""
        qualifiers = dict(self.qualifiers)
        return make_statement(schema, self.subject, self.predicate, self.target, qualifiers=qualifiers).id

    @property
    def key(self) -> tuple[str, ...]:
        said = (f"{name}={value}" for name, value in self.qualifiers)
        return "statement", self.subject, self.predicate, self.target, *said

    def record(self, schema: Schema) -> dict[str, object]:
        """Its part of the record in the file."""
        literal = schema.predicates[self.predicate].datatype is not None
        return {
            "subject": self.subject,
            "predicate": self.predicate,
            "value" if literal else "object": self.target,
            **({"qualifiers": dict(self.qualifiers)} if self.qualifiers else {}),
        }


@dataclass(frozen=True, slots=True)
class Naming:
    """A name as documents give it; `document` limits it to one, `type` is what it is taken for.

    `aliases` are other names under which the same candidate was found.
    """

    name: str
    type: str | None = None
    document: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        return "name", fold(self.name), self.document or ""

    @property
    def candidates(self) -> frozenset[str]:
        """Ids under which extraction knows a candidate of this name."""
        slugs = {slug(text) for name in (self.name, *self.aliases) for text in (name, fold(name))}
        return frozenset(CANDIDATE_PREFIX + one for one in slugs if one)

    def record(self) -> dict[str, object]:
        """Its part of the record in the file."""
        return {
            "name": self.name,
            **({"type": self.type} if self.type else {}),
            **({"aliases": list(self.aliases)} if self.aliases else {}),
            **({"document": self.document} if self.document else {}),
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: about what, which, for which entity, by whom and when (an ISO date).

    `place` is the file and line that it was read from.
    """

    about: Claim | Naming
    decision: str
    by: str
    date: str
    entity: str | None = None
    note: str | None = None
    place: tuple[str, int] = field(default=("", 0), compare=False)

    @property
    def key(self) -> tuple[str, ...]:
        """There is one decision for each key; a name can be distinct from several entities."""
        distinct = (self.entity or "",) if self.decision == DISTINCT else ()
        return (*self.about.key, *distinct)

    def replaces(self, other: "Judgement") -> bool:
        """Whether both cannot stand together."""
        opposite = (self.decision == DISTINCT) != (other.decision == DISTINCT)
        same = opposite and self.entity is not None and self.entity == other.entity
        return self.key == other.key or (same and self.about.key == other.about.key)

    def meant(self, schema: Schema) -> str | None:
        """Id of the entity that a name is said to stand for; None where it stands for none."""
        if self.decision != ACCEPT or not isinstance(self.about, Naming) or self.about.type is None:
            return self.entity if self.decision in (MERGE, ALIAS) else None
        return self.entity or f"{schema.types[self.about.type].prefix}/{slug(self.about.name)}"

    def record(self, schema: Schema) -> dict[str, object]:
        """The record as the file has it."""
        about = self.about.record(schema) if isinstance(self.about, Claim) else self.about.record()
        rest = {"entity": self.entity, "by": self.by, "date": self.date, "note": self.note}
        return {**about, "decision": self.decision, **{k: v for k, v in rest.items() if v}}


def make_claim(
    schema: Schema, subject: str, predicate: str, target: str, qualifiers: Mapping[str, str]
) -> Claim:
    """A claim in its one form: ends of a symmetric predicate in order, identifying qualifiers only."""
    rule = schema.predicates[predicate]
    if rule.symmetric and target < subject:
        subject, target = target, subject
    kept = sorted((name, value) for name, value in qualifiers.items() if name in rule.identified_by)
    return Claim(subject, predicate, target, tuple(kept))


def can_be_accepted(schema: Schema, type_: str) -> bool:
    """Whether a name can become an entity of this type."""
    return type_ in schema.types and bool(schema.types[type_].prefix) and type_ not in _NOT_BY_NAME


def read_judgement_file(schema: Schema, path: Path) -> tuple[Judgement, ...]:
    """The decisions of a file, sorted; none if it is not there. Raises DataError with every fault."""
    faults: list[Fault] = []
    found = _read_file(schema, path, faults)
    raise_faults(faults)
    return tuple(judgement for judgement, _ in sorted(found, key=lambda pair: pair[0].key))


def record(schema: Schema, path: Path, judgement: Judgement) -> None:
    """Write a decision into the file in place of those that it replaces.

    Comments stay with the record below them. A crash leaves the old file or the new one; callers at the same
    time wait for each other. Raises DataError, having written nothing, for a file at fault, and BadSettings
    where it cannot be written.
    """
    path = path.resolve()
    with _locked(path):
        faults: list[Fault] = []
        found = _read_file(schema, path, faults)
        raise_faults(faults)
        known = {old.key: (old, item) for old, item in found}
        if known.get(judgement.key, (None, None))[0] == judgement:
            return
        text = path.read_text("utf-8-sig") if path.exists() else ""
        _write_whole(path, _with(schema, text, found, judgement))


def _with(schema: Schema, text: str, found: Sequence[tuple[Judgement, Item]], added: Judgement) -> str:
    """The text of the file with one record more; written anew where its layout is not a plain list."""
    layout = blocks_of(text)
    lines = {block.line: block.text for block in layout.blocks} if layout else {}
    plain = layout is not None and lines.keys() == {item.line for _, item in found}
    kept = [(old, item) for old, item in found if not added.replaces(old)]
    texts = {old.key: lines[item.line] if plain else rendered(old.record(schema)) for old, item in kept}
    above = [lines[item.line] for old, item in found if plain and old.key == added.key]
    texts[added.key] = comments("".join(above)) + rendered(added.record(schema))
    return joined(layout.head if layout and plain else "", [texts[key] for key in sorted(texts)])


# --- reading --------------------------------------------------------------------------------------------


def _read_file(schema: Schema, path: Path, faults: list[Fault]) -> list[tuple[Judgement, Item]]:
    """Decisions in the order of the file, each with its item."""
    if not path.exists():
        return []
    with contextlib.suppress(OSError, UnicodeDecodeError):
        lines = path.read_text("utf-8-sig").splitlines()
        if all(not line.strip() or line.lstrip().startswith("#") for line in lines):
            return []
    root = read_yaml(path, path.name, faults)
    found: dict[tuple[str, ...], tuple[Judgement, Item]] = {}
    for item in root.items() if root else ():
        judgement = _read(schema, item)
        if judgement is None:
            continue
        others = [known for known, _ in found.values() if judgement.replaces(known)]
        for known in others:
            item.fault(f"{at(known.place)} decides otherwise about the same", "keep one of the two")
        if not others:
            found[judgement.key] = judgement, item
    return list(found.values())


def _read(schema: Schema, item: Item) -> Judgement | None:
    """One record; None, after a fault, if anything is wrong with it."""
    fields = item.fields("judgement")
    if fields is None:
        return None
    before = len(item.faults)
    decision = fields.pop("decision", required=True)
    said = decision.literal() if decision else None
    if decision and said and said not in DECISIONS:
        decision.fault(
            f"there is no decision {said}", nearest(said, DECISIONS) or f"one of {', '.join(DECISIONS)}"
        )
    by, date, note = fields.pop_literal("by", required=True), _date(fields), fields.pop_literal("note")
    entity = fields.pop("entity")
    name = fields.pop("name")
    about = _claim(schema, fields) if name is None else _naming(schema, fields, name)
    target = entity.literal(ENTITY_ID) if entity else None
    fields.finish()
    if len(item.faults) == before and said and about and by and date:
        _check(schema, item, said, about, target)
    if len(item.faults) > before or not (said and about and by and date):
        return None
    return Judgement(about, said, by, date, target, note, item.place)


def _date(fields: Fields) -> str | None:
    item = fields.pop("date", required=True)
    text = item.literal() if item else None
    if item and text:
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            item.fault(f"date: {text!r} is no day", "write it as 2025-03-31")
    return None


def _naming(schema: Schema, fields: Fields, name: Item) -> Naming | None:
    text = name.literal()
    aliases = tuple(alias for item in fields.pop_items("aliases") if (alias := item.literal()))
    for one in (text, *aliases):
        if one and not slug(one):
            name.fault(f"{one!r} has neither letters nor digits", "write the name in words")
    kind, place = fields.pop("type"), fields.pop("document")
    type_ = kind.literal() if kind else None
    if kind and type_ and not can_be_accepted(schema, type_):
        possible = [one for one in schema.types if can_be_accepted(schema, one)]
        kind.fault(f"a name is no {type_}", nearest(type_, possible) or f"one of {', '.join(possible)}")
    document = place.literal(ENTITY_ID) if place else None
    if place and document and not document.startswith(_DOCUMENT_PREFIX):
        place.fault(f"{document} is no document", "ids of documents begin with document/")
    return Naming(text, type_, document, aliases) if text else None


def _claim(schema: Schema, fields: Fields) -> Claim | None:
    subject = fields.pop_literal("subject", ENTITY_ID, required=True)
    item = fields.pop("predicate", required=True)
    name = item.literal() if item else None
    rule = schema.predicates.get(name or "")
    if item and name and rule is None:
        item.fault(f"there is no predicate {name}", nearest(name, schema.predicates))
    if rule is None:
        for key in ("object", "value", "qualifiers"):
            fields.pop(key)
        return None
    literal = rule.datatype is not None
    target = fields.pop_literal("value" if literal else "object", rule.datatype or ENTITY_ID, required=True)
    qualifiers = _qualifiers(schema, fields, rule.identified_by)
    return make_claim(schema, subject, rule.name, target, qualifiers) if subject and target else None


def _qualifiers(schema: Schema, fields: Fields, identifying: Sequence[str]) -> dict[str, str]:
    item = fields.pop("qualifiers")
    inner = item.fields("qualifiers") if item else None
    if inner is None:
        return {}
    found = {}
    for name in identifying:
        if value := inner.pop_literal(name, schema.qualifiers[name].datatype):
            found[name] = value
    inner.finish()
    return found


def _check(schema: Schema, item: Item, decision: str, about: Claim | Naming, entity: str | None) -> None:
    """What must and what must not stand together."""
    if entity and entity.startswith((CANDIDATE_PREFIX, _DOCUMENT_PREFIX)):
        item.fault(f"{entity} cannot bear a name", "name an entity that is neither candidate nor document")
    if isinstance(about, Claim):
        if decision not in ABOUT_STATEMENTS:
            item.fault(f"{decision} decides about names", f"of a statement: {', '.join(ABOUT_STATEMENTS)}")
        elif entity:
            item.fault("a decision about a statement names an entity", "leave entity out")
    elif decision in NAMING_AN_ENTITY and not entity:
        item.fault(f"{decision} names no entity", "add entity: …")
    elif decision == REJECT and entity:
        item.fault("a rejected name stands for nothing", "leave entity out, or decide distinct")
    elif decision == ACCEPT and about.type is None:
        item.fault("an accepted name has no type", "add type: …")
    elif decision == ACCEPT and entity and about.type:
        prefix = schema.types[about.type].prefix
        if not entity.startswith(f"{prefix}/"):
            item.fault(f"the id {entity} does not fit the type {about.type}", f"it begins with {prefix}/")


# --- writing --------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other writers waiting. The lock is on the folder, so that no file of ours is left in it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.write_text(text, "utf-8")
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> BadSettings:
    return BadSettings(
        f"the judgement file {path.name} cannot be written: {error.strerror}; see CARISEC_JUDGEMENTS"
    )
