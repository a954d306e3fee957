"""Whether imported records fit the schema and all that is known besides; the register decides."""

import re
from collections.abc import Iterable, Iterator, Mapping

from graph.judgements import CANDIDATE_PREFIX
from graph.rdf_values import Wrong, short
from graph.records import Entity, Statement, make_statement
from schema.model import Schema
from schema.values import ENTITY_ID, XSD, canonical
from schema.yamlfile import nearest

# What of a document depends on whose text it is.
_OF_A_TEXT = frozenset({"captured", "file", "sha256"})
_CODES = {
    "iso3166": (re.compile("[A-Z]{2}"), "two capital letters, such as JM"),
    "wikidata": (re.compile(r"Q[1-9]\d*", re.ASCII), "Q and digits, such as Q766"),
    "sha256": (re.compile("[0-9a-f]{64}"), "64 hexadecimal digits"),
}
# The whole numbers that both engines hold, and decimal numbers that stay finite as a float.
_MOST_INTEGER, _MOST_DIGITS = 2**63 - 1, 300


class Fitting:
    """Checks records of imports. `known` is there without them, `everything` with them."""

    def __init__(self, schema: Schema, known: Mapping[str, Entity], everything: Mapping[str, Entity]) -> None:
        self._schema = schema
        self._known = known
        self._all = everything

    # --- entities ---------------------------------------------------------------------------------------

    def entity(self, entity: Entity) -> list[str]:
        """What the entity says other than the known one of its id. Raises Wrong where it does not fit."""
        known = self._known.get(entity.id)
        self._check_values(entity)
        if known is not None:
            return list(self._contradictions(entity, known))
        self._check_id(entity)
        for name in entity.properties:
            rule = self._schema.attributes[name]
            if not self._schema.fits(entity.types, rule.domain):
                mend = f"it is one of {' or '.join(rule.domain)}"
                raise Wrong(f"has {rule.name}, which is no attribute of {' or '.join(entity.types)}", mend)
        self._check_links(entity)
        return []

    def _contradictions(self, entity: Entity, known: Entity) -> Iterator[str]:
        if not self._schema.fits(entity.types, (*known.types, *_above(self._schema, known.types))):
            yield f"{entity.id} is {' and '.join(entity.types)} here and stays {' and '.join(known.types)}"
        for name, value in entity.properties.items():
            if name not in _OF_A_TEXT and known.properties.get(name, value) != value:
                stands = short(str(known.properties[name]))
                yield f"{entity.id} has the {name} {short(str(value))} here; {stands} stands"

    def _check_id(self, entity: Entity) -> None:
        try:
            canonical(entity.id, ENTITY_ID)
        except ValueError as error:
            raise Wrong(f"has no id that can be used: {error}", "give it another IRI") from None
        prefix = entity.id.partition("/")[0]
        wanted = {self._schema.types[name].prefix for name in entity.types} - {""}
        if prefix not in wanted:
            mend = f"the IRIs of such are …/id/{' or …/id/'.join(sorted(wanted))}/…" if wanted else ""
            raise Wrong(f"is {' and '.join(entity.types)}, which its id {entity.id} does not say", mend)

    def _check_values(self, entity: Entity) -> None:
        for name, value in entity.properties.items():
            if name in _CODES and isinstance(value, str):
                pattern, mend = _CODES[name]
                if pattern.fullmatch(value) is None:
                    raise Wrong(f"has the {name} {short(value)}", mend)
            datatype = self._schema.attributes[name].datatype
            too_large = datatype == XSD + "integer" and abs(int(str(value)[:25])) > _MOST_INTEGER
            if too_large or (datatype == XSD + "decimal" and len(str(value)) > _MOST_DIGITS):
                raise Wrong(f"has the {name} {short(str(value))}", "no engine holds such a number")
        code = entity.properties.get("iso3166")
        if isinstance(code, str) and entity.id != f"country/{code.lower()}":
            raise Wrong(f"has the code {code} and the id {entity.id}", f"its id is country/{code.lower()}")

    def _check_links(self, entity: Entity) -> None:
        for name, target in entity.properties.items():
            if self._schema.attributes[name].datatype != ENTITY_ID or not isinstance(target, str):
                continue
            self._check_end(name, target, ("Country",) if name == "country" else ("Entity",))
            if name == "parent":
                self._check_parent(entity, target)

    def _check_parent(self, entity: Entity, target: str) -> None:
        topics = [self._schema.fits(one.types, ("Topic",)) for one in (entity, self._all[target])]
        if topics[0] != topics[1]:
            raise Wrong(f"has the parent {target}, and only one of them is a topic", "name another")
        chain = [entity.id]
        while (parent := self._parent(chain[-1])) is not None and parent not in chain:
            chain.append(parent)
        if parent is not None:
            raise Wrong(f"is its own ancestor: {' → '.join([*chain, parent])}", "take a parent away")

    def _parent(self, key: str) -> str | None:
        found = self._all[key].properties.get("parent") if key in self._all else None
        return found if isinstance(found, str) else None

    # --- statements -------------------------------------------------------------------------------------

    def statement(self, statement: Statement) -> Statement:
        """The statement, if it fits. Raises Wrong where it does not."""
        rule = self._schema.predicates[statement.predicate]
        target = statement.object or statement.value or ""
        made = make_statement(
            self._schema, statement.subject, rule.name, target, qualifiers=statement.qualifiers
        )
        if made.id != statement.id:
            raise Wrong(
                f"says something else than the statement of this id, which would be {made.id}",
                "ids are made from what a statement says: give it another IRI, or none",
            )
        self._check_end("its subject", statement.subject, rule.domain)
        if statement.object is not None:
            self._check_end("its object", statement.object, rule.range)
            if statement.object == statement.subject:
                raise Wrong(f"has {statement.subject} on both sides of {rule.name}", "name another")
        for name, value in statement.qualifiers.items():
            if self._schema.qualifiers[name].datatype == ENTITY_ID:
                self._check_end(name, value, ("Entity",))
        if not statement.evidence:
            mend = "add :evidence, whose oa:hasTarget names the document and the clause"
            raise Wrong("has no evidence", mend)
        for evidence in statement.evidence:
            self._check_end("its evidence", evidence.document, ("Document",))
        return statement

    def _check_end(self, label: str, key: str, allowed: Iterable[str]) -> None:
        known = self._all.get(key)
        if known is None:
            mend = nearest(key, self._all) or "describe it in the file: its class and its name"
            raise Wrong(f"names {key} ({label}), which nothing brings in", mend)
        if key.startswith(CANDIDATE_PREFIX) and "Document" not in allowed:
            return  # waits for review as what it is proposed to be
        if not self._schema.fits(known.types, allowed):
            told = f"names {key} ({label}), which is {' and '.join(known.types)}"
            raise Wrong(told, f"it must be {' or '.join(allowed)}: name another")


def _above(schema: Schema, types: Iterable[str]) -> Iterator[str]:
    """Supertypes that say nothing against a type."""
    return (label for name in types for label in schema.types[name].labels if label != "Entity")
