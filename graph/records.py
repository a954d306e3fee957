"""Entity, Statement, Evidence: frozen records with ids derived from what they say.

The id of a statement is a hash of subject, predicate, object and those qualifiers that the schema says tell
two such statements apart; the id of an evidence is a hash of its statement and its place. So the same claim
has the same id wherever and whenever it is loaded.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import orjson

from schema.model import Schema
from schema.values import parse_date

ACCEPTED, CANDIDATE, RETRACTED = "accepted", "candidate", "retracted"
STATUSES = (ACCEPTED, CANDIDATE, RETRACTED)
CURATED = "curated"
# The predicate of a document and what it names.
MENTIONS = "MENTIONS"
# How a pointer stands to the text of its document; the last one is no fault.
EXACT, SHIFTED, CHANGED_WORDING, ORPHAN = "exact", "shifted", "changed wording", "orphan"
DOCUMENT_CHANGED, NO_TEXT = "document changed", "no text"
STATES = (EXACT, SHIFTED, CHANGED_WORDING, ORPHAN, DOCUMENT_CHANGED, NO_TEXT)
# Those in which nothing is known against a clause.
HOLDING = (EXACT, SHIFTED, NO_TEXT)

# What limits nothing, as ISO days that compare as text.
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"

Value = str | bool | tuple[str, ...]


def drawn_acronym(acronyms: Iterable[str]) -> str | None:
    """The one to draw where a name is too long: rather in capitals, and short."""
    return min(acronyms, key=lambda a: (not a.isupper(), len(a), a), default=None)


def _as_set(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def text_hash(text: str) -> str:
    """Hex sha256 of the UTF-8 form of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _short_hash(*parts: object) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:20]


def slug(text: str) -> str:
    """Second segment of an id: lower case ASCII letters and digits joined by hyphens; may be empty."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def fold(text: str) -> str:
    """Form under which names are compared: no accents, no punctuation but spaces, case folded, no article.

    `The Bahamas` and `BAHAMAS` fold alike, and so do `U.S.` and `US`.
    """
    plain = text
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", plain.casefold())
    plain = re.sub(r"['’]s\b", "", plain)
    words = re.findall(r"[^\W_]+", plain.replace("&", " and "))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with an id.

    `types` are the most specific types, the one that gives the id its prefix first. `aliases` holds all
    other names, `acronyms` those of them that are matched in their exact case. `properties` maps attribute
    names of the schema to canonical text, booleans, or tuples of text. Several names or values are sorted and
    each is there once: RDF knows no other order.
    """

    id: str
    types: tuple[str, ...]
    name: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("aliases", "acronyms"):
            object.__setattr__(self, name, _as_set(getattr(self, name)))
        sets = {name: _as_set(value) for name, value in self.properties.items() if isinstance(value, tuple)}
        if sets:
            object.__setattr__(self, "properties", {**self.properties, **sets})

    @property
    def type(self) -> str:
        return self.types[0]

    @property
    def proposed(self) -> str:
        """Type that a candidate is proposed to have; empty for anything else."""
        return str(self.properties.get("proposedType", ""))

    @property
    def known(self) -> str | None:
        """First day by which a document was surely published, as ISO text; None for what is no document."""
        if "Document" not in self.types:
            return None
        published = self.properties.get("published")
        latest = parse_date(published).latest if isinstance(published, str) else None
        return latest.isoformat() if latest else LAST_DAY

    @property
    def digest(self) -> str:
        """Hash of the whole record: two records with one digest are the same."""
        return _short_hash(
            self.id,
            self.types,
            self.name,
            self.aliases,
            self.acronyms,
            sorted(self.properties.items()),
            # A graph written before documents had this day needs it.
            *([self.known] if self.known else []),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a statement is believed.

    `start` and `end` are code-point offsets of the clause in the text of `document` (its entity id),
    `sha256` is the hash of the clause, `quote` the clause itself where the text is at hand (which means that
    the hash was verified), `rule` the rule that found it or `curated`, `summary` the claim in our own words.
    `anchor` is one of STATES where the text at hand is not the one that the pointer was made for and the
    clause does not stand where it stood; `start`, `end` and `sha256` are then of the place that was found.
    """

    document: str
    start: int
    end: int
    sha256: str
    rule: str = CURATED
    confidence: float = 1.0
    summary: str | None = None
    quote: str | None = None
    anchor: str | None = None

    def id_for(self, statement: str) -> str:
        """Id of this evidence for the statement with the given id."""
        return "e" + _short_hash(statement, self.document, self.start, self.end, self.sha256, self.rule)

    def digest_for(self, statement: str) -> str:
        return _short_hash(self.id_for(statement), self.confidence, self.summary, self.quote, self.anchor)

    @property
    def verified(self) -> bool:
        """Whether the clause was read and its hash is the pointer's."""
        return self.quote is not None and text_hash(self.quote) == self.sha256

    @property
    def state(self) -> str:
        """One of STATES: how the pointer stands to the text of its document."""
        return self.anchor or (EXACT if self.verified else NO_TEXT)

    @property
    def placed(self) -> bool:
        """Whether its clause stands between its offsets, as far as is known."""
        return self.state not in (ORPHAN, DOCUMENT_CHANGED)

    @property
    def holds(self) -> bool:
        """Whether a statement may rest on it: nothing is known against its clause."""
        return self.state in HOLDING


@dataclass(frozen=True, slots=True)
class Clock:
    """When a statement could be known, and when it may be true, as ISO days; `graph.clocks` sets them.

    `known` is the first day by which a document that holds it was surely published, `since` and `until` are
    the first and the last day on which it may be true.
    """

    known: str = LAST_DAY
    since: str = FIRST_DAY
    until: str = LAST_DAY


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate, object with qualifiers, and its evidence.

    `object` is the id of an entity, or None where `value` holds the canonical text of a literal.
    """

    id: str
    subject: str
    predicate: str
    object: str | None
    value: str | None
    qualifiers: Mapping[str, str]
    status: str
    evidence: tuple[Evidence, ...]
    clock: Clock = Clock()

    @property
    def digest(self) -> str:
        """Hash of what the statement says and when; its evidence has digests of its own."""
        return _short_hash(self.id, self.status, sorted(self.qualifiers.items()), asdict(self.clock))

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that it rests on, sorted."""
        if len(self.evidence) == 1:
            return (self.evidence[0].document,)
        return tuple(sorted({e.document for e in self.evidence}))


def make_statement(
    schema: Schema,
    subject: str,
    predicate: str,
    target: str,
    *,
    qualifiers: Mapping[str, str] | None = None,
    status: str = ACCEPTED,
    evidence: Iterable[Evidence] = (),
) -> Statement:
    """A statement with its id; `target` is an entity id, or the literal for a predicate with values.

    A symmetric predicate is stored once, the smaller id as its subject.
    """
    rule = schema.predicates[predicate]
    if rule.symmetric and target < subject:
        subject, target = target, subject
    given = dict(sorted((qualifiers or {}).items()))
    keys = [(name, given[name]) for name in rule.identified_by if name in given]
    literal = rule.datatype is not None
    return Statement(
        id="s" + _short_hash(subject, predicate, target, literal, keys),
        subject=subject,
        predicate=predicate,
        object=None if literal else target,
        value=target if literal else None,
        qualifiers=given,
        status=status,
        evidence=tuple(evidence),
    )


def merge(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each id, sorted by id, with all evidence.

    An accepted reading wins over a candidate one; qualifiers that do not identify the statement are united,
    the first reading winning.
    """
    merged: dict[str, Statement] = {}
    evidence: dict[str, list[Evidence]] = {}
    for statement in statements:
        key, known = statement.id, merged.get(statement.id)
        if known is None:
            merged[key], evidence[key] = statement, list(statement.evidence)
        elif known.status != ACCEPTED and statement.status == ACCEPTED:
            merged[key] = _united(statement, known)
            evidence[key][:0] = statement.evidence
        else:
            merged[key] = _united(known, statement)
            evidence[key] += statement.evidence
    return [_ordered(merged[key], evidence[key]) for key in sorted(merged)]


def _united(one: Statement, other: Statement) -> Statement:
    return replace(one, qualifiers=dict(sorted({**other.qualifiers, **one.qualifiers}.items())))


def _ordered(statement: Statement, evidence: Iterable[Evidence]) -> Statement:
    # Of two readings of one place the one with the clause itself is kept.
    by_id = {e.id_for(statement.id): e for e in sorted(evidence, key=lambda e: e.quote is not None)}
    ordered = sorted(by_id.values(), key=lambda e: (e.document, e.start, e.end, e.rule))
    return replace(statement, evidence=tuple(ordered))


def entity_json(entity: Entity) -> dict[str, Any]:
    """The record of an entity as `export --format jsonl` prints it."""
    return {
        "kind": "document" if "Document" in entity.types else "entity",
        "id": entity.id,
        "types": list(entity.types),
        "name": entity.name,
        "aliases": list(entity.aliases),
        "acronyms": list(entity.acronyms),
        "properties": {
            k: list(v) if isinstance(v, tuple) else v for k, v in sorted(entity.properties.items())
        },
    }


def statement_json(statement: Statement) -> dict[str, Any]:
    """The record of a statement as `export --format jsonl` prints it."""
    return {
        "kind": "statement",
        "id": statement.id,
        "subject": statement.subject,
        "predicate": statement.predicate,
        **({"object": statement.object} if statement.object else {"value": statement.value}),
        "qualifiers": dict(statement.qualifiers),
        "status": statement.status,
        "clock": asdict(statement.clock),
        "evidence": [evidence_json(statement.id, e) for e in statement.evidence],
    }


def evidence_json(statement: str, evidence: Evidence) -> dict[str, Any]:
    """One evidence as it stands in the record of its statement."""
    return {
        "id": evidence.id_for(statement),
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "sha256": evidence.sha256,
        "quote": evidence.quote,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
        "summary": evidence.summary,
        "anchor": evidence.state,
    }
