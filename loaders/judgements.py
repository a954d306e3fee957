"""Brings the decisions of the judgement file about: in the register, in mentions, and in statements.

A decision about a name changes what the register says, so that documents are read with it: an accepted name
is an entity, a merged one a name of the entity that it was merged with. What extraction still finds as a
candidate of that name is moved there, and what was rejected is dropped. What curated facts say for certain
stands whatever the file says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from graph.judgements import (
    ACCEPT,
    ALIAS,
    CANDIDATE_PREFIX,
    DISTINCT,
    NAMING_AN_ENTITY,
    REJECT,
    Claim,
    Judgement,
    Naming,
    make_claim,
    read_judgement_file,
)
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    CURATED,
    MENTIONS,
    RETRACTED,
    Entity,
    Evidence,
    Statement,
    fold,
    make_statement,
    merge,
)
from loaders.mentions import Mention, Mentions, Unclear
from loaders.register import ANY, EXACT, TITLE, Name, Register
from schema.errors import Fault
from schema.model import Schema
from schema.yamlfile import nearest, raise_faults


@dataclass(frozen=True)
class Judgements:
    """The decisions of one judgement file, in the order of their keys."""

    schema: Schema
    made: tuple[Judgement, ...] = ()

    def check(self, known: Collection[str]) -> None:
        """Raise DataError for every decision that names an entity which is neither known nor accepted."""
        accepted = {j.meant(self.schema) for j in self.made if j.decision == ACCEPT}
        faults = [
            Fault(
                *judgement.place,
                f"there is no {judgement.entity}",
                nearest(judgement.entity, known) or "name an entity that there is, or take the record out",
            )
            for judgement in self.made
            if judgement.decision in NAMING_AN_ENTITY
            and judgement.entity
            and judgement.entity not in known
            and judgement.entity not in accepted
        ]
        raise_faults(faults)

    # --- the register -----------------------------------------------------------------------------------

    def applied_to_register(self, register: Register, document: str | None = None) -> Register:
        """The register with accepted entities and judged names, as all documents are read with it.

        With `document`, the register that results with what was decided for this document alone as well.
        Where nothing is to change it is the same object. Names of entities that only documents bring along
        are left to `applied_to_mentions`.
        """
        judged = [(j, about) for j, about in self._names if about.document == document]
        entities, places = dict(register.entities), dict(register.places)
        for judgement, about in self._names if document is None else ():
            new = judgement.meant(self.schema)
            if judgement.decision == ACCEPT and new and about.type and new not in entities:
                entities[new] = Entity(new, (about.type,), about.name)
                places[new] = judgement.place
        added = [
            Name(text, entity, EXACT if judgement.decision == ALIAS else _case(text))
            for judgement, about in judged
            if (entity := judgement.meant(self.schema)) in entities and entity is not None
            for text in (about.name, *about.aliases)
        ]
        names = list(dict.fromkeys([*_left(register.names, judged, added), *added]))
        if document is None:
            for name in added:
                entities[name.entity] = _also_named(entities[name.entity], name)
        if not judged and len(entities) == len(register.entities):
            return register
        return replace(register, entities=entities, names=tuple(names), places=places)

    # --- mentions ---------------------------------------------------------------------------------------

    def applied_to_mentions(
        self, document: str, text: str, mentions: Mentions, register: Register
    ) -> Mentions:
        """Mentions without those that were rejected or are distinct; judged candidates name their entity.

        An unclear place of which one entity is left is a mention of it. Where another document brings the
        entity along, the candidate stays, and `applied_to_statements` moves what is said of it.
        """
        table = self._table(document)
        if table.empty:
            return mentions
        targets = {
            candidate: entity
            for candidate, entity in table.targets.items()
            if entity is None or entity in register.entities or entity in mentions.entities
        }
        found: list[Mention] = []
        for mention in mentions.found:
            entity = targets.get(mention.entity, mention.entity)
            if table.allows(text[mention.start : mention.end], entity) and entity is not None:
                found.append(replace(mention, entity=entity))
        unclear: list[Unclear] = []
        for place in mentions.unclear:
            surface = text[place.start : place.end]
            left = tuple(entity for entity in place.entities if table.allows(surface, entity))
            if len(left) == 1:
                found.append(Mention(left[0], place.start, place.end))
            elif left:
                unclear.append(replace(place, entities=left))
        entities = {k: entity for k, entity in mentions.entities.items() if k not in targets}
        return Mentions(tuple(sorted(found, key=lambda m: (m.start, m.end))), tuple(unclear), entities)

    # --- statements -------------------------------------------------------------------------------------

    def applied_to_statements(
        self, statements: Iterable[Statement], entities: Mapping[str, Entity]
    ) -> list[Statement]:
        """Merged statements with what was decided: moved, dropped, accepted, retracted.

        `entities` are all that there are, by id. A moved statement that the entity's types do not allow is
        dropped, and nothing about a candidate is accepted.
        """
        moved = [new for statement in statements for new in self._moved(statement, entities)]
        return [self._judged(statement) for statement in merge(moved)]

    def _moved(self, statement: Statement, entities: Mapping[str, Entity]) -> Iterator[Statement]:
        """The statement about what its candidates were decided to be, which may differ by document."""
        ends = (statement.subject, statement.object or "", *statement.qualifiers.values())
        if not any(end.startswith(CANDIDATE_PREFIX) for end in ends):
            yield statement
            return
        evidence: dict[tuple[str | None, ...], list[Evidence]] = defaultdict(list)
        for one in statement.evidence:
            targets = self._table(one.document).targets
            evidence[tuple(targets.get(end, end) for end in ends)].append(one)
        for (subject, target, *values), kept in evidence.items():
            if (subject, target, *values) == ends:
                yield replace(statement, evidence=tuple(kept))
            elif subject is not None and target is not None and subject != target:
                told = zip(statement.qualifiers, values, strict=True)
                new = make_statement(
                    self.schema,
                    subject,
                    statement.predicate,
                    target or statement.value or "",
                    qualifiers={name: value for name, value in told if value is not None},
                    status=ACCEPTED if statement.predicate == MENTIONS else statement.status,
                    evidence=kept,
                )
                if self._allowed(new, entities):
                    yield new

    def _allowed(self, statement: Statement, entities: Mapping[str, Entity]) -> bool:
        rule = self.schema.predicates[statement.predicate]
        ends = [(statement.subject, rule.domain)]
        if statement.object:
            ends.append((statement.object, rule.range))
        return all(
            key.startswith(CANDIDATE_PREFIX)
            or (key in entities and self.schema.fits(entities[key].types, allowed))
            for key, allowed in ends
        )

    def _judged(self, statement: Statement) -> Statement:
        if statement.status == ACCEPTED and any(one.rule == CURATED for one in statement.evidence):
            return statement
        decision = self._claims.get(statement.id)
        status = {ACCEPT: ACCEPTED, REJECT: RETRACTED}.get(decision or "", statement.status)
        ends = (statement.subject, statement.object or "")
        if status == ACCEPTED and any(end.startswith(CANDIDATE_PREFIX) for end in ends):
            status = CANDIDATE
        return replace(statement, status=status)

    # --- looking up -------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> list[tuple[Judgement, Naming]]:
        return [(j, j.about) for j in self.made if isinstance(j.about, Naming)]

    @cached_property
    def _limited(self) -> frozenset[str | None]:
        return frozenset(about.document for _, about in self._names)

    def _in_effect(self, document: str) -> Iterator[tuple[Judgement, Naming]]:
        """Decisions about names for a document, those for it alone last."""
        yield from (pair for pair in self._names if pair[1].document is None)
        yield from (pair for pair in self._names if pair[1].document == document)

    def _table(self, document: str) -> "_Table":
        """What holds for a document; made once for all that nothing was decided for alone."""
        key = document if document in self._limited else ""
        if key not in self._tables:
            in_effect = list(self._in_effect(document))
            decided = [(j, about) for j, about in in_effect if j.decision != DISTINCT]
            by_name = {fold(text): j for j, a in decided for text in (a.name, *a.aliases)}
            self._tables[key] = _Table(
                {c: j.meant(self.schema) for j, about in decided for c in sorted(about.candidates)},
                frozenset(name for name, judgement in by_name.items() if judgement.decision == REJECT),
                frozenset((fold(a.name), j.entity) for j, a in in_effect if j.decision == DISTINCT),
            )
        return self._tables[key]

    @cached_property
    def _tables(self) -> dict[str, "_Table"]:
        return {}

    @cached_property
    def _claims(self) -> Mapping[str, str]:
        """Decisions about statements by id: as they are written, and about what their candidates became."""
        documents = sorted({document or "" for document in self._limited} | {""})
        found: dict[str, str] = {}
        for judgement in self.made:
            if isinstance(judgement.about, Claim):
                for claim in _readings(
                    self.schema, judgement.about, [self._table(d).targets for d in documents]
                ):
                    found.setdefault(claim.id_in(self.schema), judgement.decision)
        return found


@dataclass(frozen=True, slots=True)
class _Table:
    """What holds for one document.

    `targets` is what became of candidates, by id, None for nothing; `rejected` are folded names that stand
    for nothing, `distinct` folded names with an entity that they do not stand for.
    """

    targets: Mapping[str, str | None]
    rejected: frozenset[str]
    distinct: frozenset[tuple[str, str | None]]

    @property
    def empty(self) -> bool:
        return not (self.targets or self.distinct)

    def allows(self, surface: str, entity: str | None) -> bool:
        """Whether a form in a text may stand for an entity."""
        folded = fold(surface)
        return folded not in self.rejected and (folded, entity) not in self.distinct


def read_judgements(schema: Schema, path: Path) -> Judgements:
    """The decisions of a file; none if it is not there. Raises DataError with every fault."""
    return Judgements(schema, read_judgement_file(schema, path))


def _readings(schema: Schema, claim: Claim, targets: Iterable[Mapping[str, str | None]]) -> Iterator[Claim]:
    """The claim, and the claim about what its ends were decided to be."""
    yield claim
    for table in targets:
        subject, target = table.get(claim.subject, claim.subject), table.get(claim.target, claim.target)
        if subject and target:
            values = {name: table.get(value, value) or value for name, value in claim.qualifiers}
            yield make_claim(schema, subject, claim.predicate, target, values)


def _case(text: str) -> str:
    """How a name without a case rule is matched: an acronym as it is written."""
    if not any(c.islower() for c in text):
        return EXACT
    return TITLE if any(c.isupper() for c in text) else ANY


def _left(
    names: Sequence[Name], judged: Sequence[tuple[Judgement, Naming]], added: Sequence[Name]
) -> Iterator[Name]:
    """The names that still stand for their entities when it is decided for whom the added ones stand."""
    if not judged:
        yield from names
        return
    rejected = {fold(about.name) for judgement, about in judged if judgement.decision == REJECT}
    distinct = {(fold(a.name), j.entity) for j, a in judged if j.decision == DISTINCT}
    exactly = {name.text: name.entity for name in added}
    likely = {fold(name.text): name.entity for name in added}
    for name in names:
        folded = fold(name.text)
        taken = exactly if name.case == EXACT else likely
        owner = taken.get(name.text if name.case == EXACT else folded, name.entity)
        if folded not in rejected and (folded, name.entity) not in distinct and owner == name.entity:
            yield name


def _also_named(entity: Entity, name: Name) -> Entity:
    if name.text == entity.name or name.text in entity.aliases:
        return entity
    acronyms = (*entity.acronyms, name.text) if name.case == EXACT else entity.acronyms
    return replace(entity, aliases=(*entity.aliases, name.text), acronyms=acronyms)
