"""What waits for review: candidates for entities and for statements, with evidence and why they wait.

Entities come first, those that are named most before others, since what becomes of a name settles the
statements about it; then statements by confidence, those about candidates last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from graph.judgements import CANDIDATE_PREFIX, DISTINCT, Claim, Judgement
from graph.reading import read_document_lines
from graph.records import CURATED, HOLDING
from graph.store import Store
from queries import lookups
from queries.entities import statement_record, statement_records
from schema.errors import BadParameter, NotFound
from schema.model import Schema

ENTITY, STATEMENT = "entity", "statement"
# A name may stand in hundreds of places; the first ones are enough to decide on it.
_PLACES_SHOWN = 20
_DOCUMENT_PREFIX = "document/"
# Below this an id is not like what was asked for, in percent.
_NEAR = 50
# Below this a rule does not vouch for what it found.
_DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class Filter:
    """Which candidates are wanted; empty means any. A statement is of the types of its ends."""

    document: str | None = None
    type: str | None = None
    predicate: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidate before its evidence is read.

    `types` are the proposed type of a name or the types of a statement's ends, `about` the candidates that a
    statement names, `mentions` the statements that say where a name stands, `places` how many there are,
    `rank` puts candidates in order.
    """

    id: str
    kind: str
    documents: frozenset[str]
    types: frozenset[str]
    predicate: str | None
    about: frozenset[str]
    record: Mapping[str, Any]
    mentions: tuple[str, ...]
    places: int
    rank: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of candidates as records, and how many there are.

    `decided` counts those that the judgement file settles and the next load will.
    """

    items: list[dict[str, Any]]
    total: int
    decided: int
    truncated: bool


def read_candidates(
    store: Store,
    schema: Schema,
    judgements: Sequence[Judgement],
    wanted: Filter,
    *,
    offset: int = 0,
    limit: int = 100,
) -> Candidates:
    """One page of what nobody has decided about yet. Raises BadParameter for what a filter does not know."""
    for parameter, word, known in (
        ("type", wanted.type, schema.types),
        ("predicate", wanted.predicate, schema.predicates),
    ):
        if word is not None and word not in known:
            raise BadParameter(parameter, f"there is no {parameter} {word!r}", nearest(word, known))
    if wanted.document is not None:
        check_document(store, wanted.document)
    waiting = read_waiting(store, schema)
    settled = _settled(schema, waiting, judgements)
    fitting = [one for one in waiting if _fits(schema, one, wanted)]
    open_ = [one for one in fitting if one.id not in settled]
    items = candidate_records(store, schema, open_[offset : offset + limit])
    return Candidates(items, len(open_), len(fitting) - len(open_), offset + limit < len(open_))


def check_document(store: Store, key: str) -> None:
    """Raise BadParameter, with the documents that come near, if none has this id."""
    documents = {line.id: line.name for line in read_document_lines(store)}
    if key not in documents:
        near = nearest(key.removeprefix(_DOCUMENT_PREFIX), documents)
        raise BadParameter(
            "document", f"no document has the id {key!r}", [f"{id_} ({documents[id_]})" for id_ in near]
        )


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that look most like one, case aside, best first."""
    found = process.extract(word, sorted(known), scorer=fuzz.WRatio, processor=default_process, limit=3)
    return [choice for choice, score, _ in found if score]


def read_waiting(store: Store, schema: Schema) -> list[Waiting]:
    """Everything that waits, decided about or not, in order."""
    return sorted([*_entities(store), *_statements(store, schema)], key=lambda one: one.rank)


def candidate_names(store: Store) -> list[Mapping[str, Any]]:
    """Records of all candidates for entities, in the order of ids."""
    rows = store.read(lookups.CANDIDATE_ENTITIES).rows
    return list({row[0]["id"]: row[0] for row in rows}.values())


def candidate_records(store: Store, schema: Schema, waiting: Sequence[Waiting]) -> list[dict[str, Any]]:
    """Candidates as the API and the command line give them."""
    ids = [key for one in waiting for key in (one.mentions if one.kind == ENTITY else (one.id,))]
    statements = {record["id"]: record for record in statement_records(store, schema, ids)}
    curated = {row[0] for row in store.read(lookups.CURATED_DOCUMENTS).rows} if waiting else set()
    return [
        _entity_record(one, [statements[key] for key in one.mentions if key in statements])
        if one.kind == ENTITY
        else _statement_record(statements[one.id], curated)
        for one in waiting
    ]


def find_candidate(store: Store, schema: Schema, key: str) -> dict[str, Any]:
    """The record of the candidate with this id, or whose id alone begins so; of any statement by its id.

    Raises NotFound with the ids that come near, and BadParameter for a beginning of several.
    """
    waiting = {one.id: one for one in read_waiting(store, schema)}
    found = [key] if key in waiting else [id_ for id_ in waiting if key and _begins(id_, key)]
    if len(found) == 1:
        return candidate_records(store, schema, [waiting[found[0]]])[0]
    if found:
        raise BadParameter("id", f"{key!r} begins several ids; give more of it", sorted(found)[:5])
    try:
        return _statement_record(statement_record(store, schema, key), frozenset())
    except NotFound:
        like = process.extract(key, sorted(waiting), scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR)
        near = f"; nearest: {', '.join(id_ for id_, _, _ in like)}" if like else ""
        raise NotFound(f"no candidate has the id {key!r}; `carisec review` lists them{near}") from None


def _begins(id_: str, key: str) -> bool:
    return id_.startswith((key, CANDIDATE_PREFIX + key))


def _entities(store: Store) -> Iterable[Waiting]:
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for row in store.read(lookups.CANDIDATE_ENTITIES).rows:
        rows.setdefault(row[0]["id"], []).append(row)
    for id_, found in rows.items():
        record = found[0][0]
        places = sum(row[3] for row in found)
        yield Waiting(
            id=id_,
            kind=ENTITY,
            documents=frozenset(row[2] for row in found if row[2]),
            types=frozenset({record["proposedType"]} - {None}),
            predicate=None,
            about=frozenset(),
            record=record,
            mentions=tuple(dict.fromkeys(row[1] for row in found if row[1])),
            places=places,
            rank=(0, -places, id_),
        )


def _statements(store: Store, schema: Schema) -> Iterable[Waiting]:
    for row in store.read(lookups.CANDIDATE_STATEMENTS).mappings():
        ends = [end for end in (row["subject"], row["object"]) if end]
        about = frozenset(end["id"] for end in ends if end["id"].startswith(CANDIDATE_PREFIX))
        types = {name for end in ends for name in (*end["types"], end["proposedType"]) if name}
        yield Waiting(
            id=row["id"],
            kind=STATEMENT,
            documents=frozenset(row["documents"]),
            types=frozenset(types & schema.types.keys()),
            predicate=row["predicate"],
            about=about,
            record=row,
            mentions=(),
            places=0,
            rank=(2 if about else 1, -(row["confidence"] or 0.0), row["id"]),
        )


def _fits(schema: Schema, one: Waiting, wanted: Filter) -> bool:
    if wanted.document is not None and wanted.document not in one.documents:
        return False
    if wanted.predicate is not None and wanted.predicate != one.predicate:
        return False
    known = one.types & schema.types.keys()
    return wanted.type is None or schema.fits(known, [wanted.type])


def _settled(schema: Schema, waiting: Iterable[Waiting], judgements: Iterable[Judgement]) -> frozenset[str]:
    """Ids of candidates that the next load settles: decided themselves, or about a name that is."""
    claims: set[str] = set()
    names: dict[str, set[str | None]] = {}
    for judgement in judgements:
        if isinstance(judgement.about, Claim):
            claims.add(judgement.about.id_in(schema))
        elif judgement.decision != DISTINCT:
            for id_ in judgement.about.candidates:
                names.setdefault(id_, set()).add(judgement.about.document)
    named = {
        one.id
        for one in waiting
        if one.id in names and (None in names[one.id] or one.documents <= names[one.id])
    }
    return frozenset({one.id for one in waiting if one.id in claims or one.about & named} | named)


# --- records --------------------------------------------------------------------------------------------


def _entity_record(one: Waiting, mentions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    record = one.record
    evidence = [place for mention in mentions for place in mention["evidence"]]
    type_ = record["proposedType"]
    return {
        "id": one.id,
        "kind": ENTITY,
        "says": f"{record['name']} ({type_ or 'of unknown type'})",
        "why": record["reason"] or "the register does not know the name",
        "status": "candidate",
        "name": record["name"],
        "aliases": record["aliases"] or [],
        "type": type_,
        "subject": None,
        "predicate": None,
        "object": None,
        "value": None,
        "qualifiers": {},
        "documents": sorted(one.documents),
        "places": one.places,
        "evidence": evidence[:_PLACES_SHOWN],
    }


def _statement_record(record: Mapping[str, Any], curated: Iterable[str]) -> dict[str, Any]:
    target = record["object"]["name"] if record["object"] else record["value"]
    qualifiers = ", ".join(f"{name}: {value}" for name, value in record["qualifiers"].items())
    said = f"{record['subject']['name']} {record['label']} {target}"
    return {
        "id": record["id"],
        "kind": STATEMENT,
        "says": f"{said} ({qualifiers})" if qualifiers else said,
        "why": _why(record, frozenset(curated)),
        "status": record["status"],
        "name": None,
        "aliases": [],
        "type": None,
        "subject": record["subject"],
        "predicate": record["predicate"],
        "object": record["object"],
        "value": record["value"],
        "qualifiers": record["qualifiers"],
        "documents": sorted({one["document"]["id"] for one in record["evidence"]}),
        "places": len(record["evidence"]),
        "evidence": record["evidence"],
    }


def _why(record: Mapping[str, Any], curated: frozenset[str]) -> str:
    """Why a statement waits, as far as the graph tells."""
    if record["status"] != "candidate":
        return f"it is {record['status']}"
    ends = [end for end in (record["subject"], record["object"]) if end]
    if names := [end["name"] for end in ends if end["id"].startswith(CANDIDATE_PREFIX)]:
        return f"names {' and '.join(names)}, which the register does not know"
    if states := {one["anchor"] for one in record["evidence"] if one["rule"] == CURATED}:
        return "its curator had doubts" if states.intersection(HOLDING) else "its clause is not in the text"
    best = max((one["confidence"] for one in record["evidence"]), default=0.0)
    if best < _DOUBTFUL:
        return f"the rule is not sure (confidence {best:g})"
    if any(one["document"]["id"] in curated for one in record["evidence"]):
        return "goes beyond the curated facts of its document"
    return "the wording leaves doubt"
