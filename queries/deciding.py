"""What a curator says about a candidate, checked against the graph, as a record of the judgement file."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.judgements import (
    ABOUT_STATEMENTS,
    ACCEPT,
    ALIAS,
    CANDIDATE_PREFIX,
    DECISIONS,
    DISTINCT,
    NAMING_AN_ENTITY,
    Claim,
    Judgement,
    Naming,
    can_be_accepted,
    make_claim,
)
from graph.records import CURATED, slug
from graph.store import Store
from queries.candidates import STATEMENT, check_document, nearest
from queries.names import NameIndex
from schema.errors import BadParameter
from schema.model import Schema
from schema.values import ENTITY_ID, canonical


@dataclass(frozen=True, slots=True)
class Said:
    """What the curator said: the decision, for which entity (id or name), as what type, by whom, why.

    `document` limits what is decided about a name to one document.
    """

    decision: str
    by: str
    entity: str | None = None
    type: str | None = None
    document: str | None = None
    note: str | None = None


def decide(
    store: Store, schema: Schema, names: NameIndex, about: Mapping[str, Any] | str, said: Said
) -> Judgement:
    """The judgement about a candidate (its record), or about a form of a text that is given itself.

    Raises BadParameter that names what is wrong and what would do.
    """
    if said.decision not in DECISIONS:
        raise BadParameter("decision", f"there is no decision {said.decision!r}", DECISIONS)
    if isinstance(about, str):
        naming = Naming(_words("name", about))
    elif about["kind"] == STATEMENT:
        return _finished(_claim(schema, about, said), said, None)
    else:
        naming = Naming(about["name"], about["type"], None, tuple(about["aliases"]))
    if not slug(naming.name):
        raise BadParameter("name", f"{naming.name!r} has neither letters nor digits")
    if said.document:
        check_document(store, said.document)
    type_ = _type(schema, naming, said)
    entity = _entity(schema, names, type_, said)
    # Only a name that is taken over as a whole brings its other forms along.
    aliases = naming.aliases if said.decision not in (ALIAS, DISTINCT) else ()
    return _finished(Naming(naming.name, type_, said.document or None, aliases), said, entity)


def _finished(about: Claim | Naming, said: Said, entity: str | None) -> Judgement:
    note = " ".join((said.note or "").split()) or None
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return Judgement(about, said.decision, _words("by", said.by), today, entity, note)


def _words(parameter: str, text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise BadParameter(parameter, "it is empty")
    return words


def _claim(schema: Schema, record: Mapping[str, Any], said: Said) -> Claim:
    if said.decision not in ABOUT_STATEMENTS:
        raise BadParameter(
            "decision", f"{said.decision} decides about names, not statements", ABOUT_STATEMENTS
        )
    for parameter, given in (("entity", said.entity), ("type", said.type), ("document", said.document)):
        if given:
            raise BadParameter(parameter, "a statement is accepted or rejected as it stands; leave it out")
    curated = any(one["rule"] == CURATED for one in record["evidence"])
    if curated and record["status"] == "accepted":
        raise BadParameter("id", f"{record['id']} is what curated facts say; mend it there")
    target = record["object"]["id"] if record["object"] else record["value"]
    return make_claim(schema, record["subject"]["id"], record["predicate"], target, record["qualifiers"])


def _type(schema: Schema, naming: Naming, said: Said) -> str | None:
    if said.type is not None and said.decision != ACCEPT:
        raise BadParameter("type", f"{said.decision} gives no type to a name; leave it out")
    type_ = said.type or naming.type
    if type_ is not None and can_be_accepted(schema, type_):
        return type_
    if said.decision != ACCEPT:
        return None
    possible = [name for name in schema.types if can_be_accepted(schema, name)]
    if type_ is None:
        raise BadParameter("type", f"say what it is: one of {', '.join(possible)}")
    raise BadParameter("type", f"a name can become no {type_}", nearest(type_, possible))


def _entity(schema: Schema, names: NameIndex, type_: str | None, said: Said) -> str | None:
    """Id of the entity that it is about; for an accepted name the id that it shall have, if one is said."""
    text = (said.entity or "").strip()
    if said.decision == ACCEPT:
        return _new_id(schema, text, type_ or "") if text else None
    if said.decision not in NAMING_AN_ENTITY:
        if text:
            raise BadParameter("entity", f"{said.decision} is about no entity; leave it out")
        return None
    if not text:
        raise BadParameter("entity", f"{said.decision} needs the entity: its id or name")
    found = names.resolve(text).hits
    if len(found) == 1 and found[0].type != "Document" and found[0].reason != "typo":
        return found[0].id
    if len(found) > 1:
        several = [f"{hit.name} ({hit.id})" for hit in found[:5]]
        raise BadParameter("entity", f"{text!r} may mean several things; give the id of one", several)
    near = [f"{hit.name} ({hit.id})" for hit in names.nearest(text.rpartition("/")[2].replace("-", " "))]
    raise BadParameter("entity", f"nothing in the graph is known as {text!r}", near)


def _new_id(schema: Schema, text: str, type_: str) -> str:
    try:
        id_ = canonical(text, ENTITY_ID)
    except ValueError as error:
        raise BadParameter("entity", str(error)) from None
    prefix = schema.types[type_].prefix
    if id_.startswith(CANDIDATE_PREFIX) or not id_.startswith(f"{prefix}/"):
        raise BadParameter(
            "entity",
            f"the id of this type begins with {prefix}/",
            [f"{prefix}/{slug(text.rpartition('/')[2])}"],
        )
    return id_
