"""Why what a load takes out of the graph is gone, in words, and what stands for it now.

Only what says the same has a successor: a candidate that turned out to be a known thing, a statement with
its ends renamed, or with qualifiers more or less, a clause that moved. What says something else now is told
in the reason.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from graph.changes import Content, Former
from graph.judgements import CANDIDATE_PREFIX
from graph.records import Entity, Evidence, Statement, fold, make_statement
from loaders.build import DERIVED
from loaders.changewords import Speaker
from loaders.differences import Difference
from schema.model import Schema


class Tombstones:
    """The former ids that the step from one content to another makes.

    `withdrawn` are the documents that this load takes out, `declared` former ids by id that people declared,
    `at` is the time of the load.
    """

    def __init__(
        self,
        schema: Schema,
        contents: tuple[Content, Content],
        found: Difference,
        withdrawn: frozenset[str],
        declared: Mapping[str, Former],
        at: str,
    ) -> None:
        self._schema = schema
        self._old, self._new = ({s.id: s for s in c.statements} for c in contents)
        self._old_entities, self._entities = ({e.id: e for e in c.entities} for c in contents)
        self._found = found
        self._withdrawn = withdrawn
        self._declared = declared
        self._at = at
        self._words = Speaker(schema, found.names)

    def made(self) -> Iterator[Former]:
        """Former ids of entities, statements and evidence, those aside that were declared."""
        for key in sorted(self._old_entities.keys() - self._entities.keys() - self._declared.keys()):
            entity = self._old_entities[key]
            becomes = self._renamed.get(key)
            yield Former(key, becomes, self._why_entity(entity, becomes), self._at)
        for key in sorted(self._old.keys() - self._new.keys()):
            statement = self._old[key]
            successor = self._successors.get(key)
            yield Former(key, successor.id if successor else None, self._why_statement(statement), self._at)
        yield from self._evidence()

    # --- what stands for it now -------------------------------------------------------------------------

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """Ids of entities that go by others now."""
        found = {key: f.becomes for key, f in self._declared.items() if f.becomes is not None}
        by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for entity in self._found.new_entities:
            for kind in self._schema.labels_of(entity.types):
                for name in {fold(entity.name), *map(fold, entity.aliases)}:
                    by_name[name, kind].append(entity.id)
        for entity in self._found.gone_entities:
            if entity.id.startswith(CANDIDATE_PREFIX) and entity.id not in self._declared:
                same = by_name[fold(entity.name), entity.proposed]
                if len(same) == 1:
                    found[entity.id] = same[0]
        return found

    @cached_property
    def _successors(self) -> dict[str, Statement]:
        """What says the same now, by the ids of statements that are gone."""
        said: defaultdict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        for key in self._new.keys() - self._old.keys():
            statement = self._new[key]
            said[statement.subject, statement.predicate, _target(statement)].append(statement)
        found: dict[str, Statement] = {}
        for key in self._old.keys() - self._new.keys():
            statement = self._renamed_in(self._old[key])
            same = [
                one
                for one in said[statement.subject, statement.predicate, _target(statement)]
                if all(one.qualifiers.get(name, v) == v for name, v in statement.qualifiers.items())
            ]
            if statement.id in self._new:
                found[key] = self._new[statement.id]
            elif len(same) == 1:
                found[key] = same[0]
        return found

    def _renamed_in(self, statement: Statement) -> Statement:
        """The statement as it is with the names that things go by now."""
        ends = (statement.subject, _target(statement), *statement.qualifiers.values())
        if statement.predicate not in self._schema.predicates or not any(e in self._renamed for e in ends):
            return statement
        subject, target, *values = (self._renamed.get(end, end) for end in ends)
        qualifiers = dict(zip(statement.qualifiers, values, strict=True))
        return make_statement(
            self._schema, subject, statement.predicate, target, qualifiers=qualifiers, status=statement.status
        )

    # --- why --------------------------------------------------------------------------------------------

    def _why_entity(self, entity: Entity, becomes: str | None) -> str:
        if entity.id in self._withdrawn:
            return "the document was withdrawn"
        if becomes is not None:
            return f"a document says what “{entity.name}” is: {becomes}"
        if "Document" in entity.types:
            return "the document is no longer among those that were loaded"
        documents = self._rested_on.get(entity.id, frozenset())
        if documents and documents <= self._withdrawn:
            return f"no statement names it any longer: {self._were_withdrawn(documents)}"
        return "no statement names it any longer" if documents else "it was taken out of the register"

    @cached_property
    def _rested_on(self) -> dict[str, frozenset[str]]:
        """Documents that said something of the entities that are gone."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for key in self._old.keys() - self._new.keys():
            statement = self._old[key]
            for end in (statement.subject, statement.object or ""):
                found[end].update(statement.documents)
        return {key: frozenset(documents) for key, documents in found.items()}

    def _why_statement(self, statement: Statement) -> str:
        successor = self._successors.get(statement.id)
        if successor is not None:
            return f"it is told otherwise now: {self._words.say(successor)}"
        documents = frozenset(statement.documents)
        if documents and documents <= self._withdrawn:
            return f"no evidence is left: {self._were_withdrawn(documents)}"
        if documents and all(e.rule == DERIVED for e in statement.evidence):
            return "it was derived from other statements and no longer follows from them"
        instead = self._read_instead(statement)
        if instead is not None:
            return f"its clause is read otherwise now: {self._words.say(instead)} ({instead.id})"
        for end in (statement.subject, statement.object):
            if end is not None and end in self._declared:
                return f"{self._name(end)} is no longer there: {self._declared[end].reason}"
        if not documents:
            return "nothing says it any longer"
        names = " and ".join(self._name(key) for key in sorted(documents))
        return f"no evidence is left: it is no longer read in {names}"

    def _read_instead(self, statement: Statement) -> Statement | None:
        """The one new statement about the same subject that rests on the same clause."""
        places = {(e.document, e.sha256) for e in statement.evidence}
        found = [s for place in places for s in self._new_by_place.get((statement.subject, *place), ())]
        same = [s for s in found if s.predicate == statement.predicate]
        return same[0] if len({s.id for s in same}) == 1 else None

    @cached_property
    def _new_by_place(self) -> dict[tuple[str, str, str], list[Statement]]:
        found: defaultdict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        for statement in self._found.new:
            for one in statement.evidence:
                found[statement.subject, one.document, one.sha256].append(statement)
        return found

    def _were_withdrawn(self, documents: frozenset[str]) -> str:
        names = [self._name(key) for key in sorted(documents)]
        if len(names) == 1:
            return f"its document {names[0]} was withdrawn"
        return f"its documents {' and '.join(names)} were withdrawn"

    def _name(self, key: str) -> str:
        return f"“{self._found.names.get(key, key)}”"

    # --- evidence ---------------------------------------------------------------------------------------

    def _evidence(self) -> Iterator[Former]:
        moved = {m.before.id_for(m.statement.id): m.after.id_for(m.statement.id) for m in self._found.moved}
        present = {e.id_for(s.id) for s in self._new.values() for e in s.evidence}
        for key in sorted(self._old):
            before, after = self._old[key], self._new.get(key)
            for one in before.evidence:
                old = one.id_for(key)
                if old in present:
                    continue
                if old in moved:
                    yield Former(old, moved[old], "its clause stands elsewhere in the text now", self._at)
                elif after is None:
                    yield self._with_its_statement(before, one, old, present)
                else:
                    yield Former(old, None, self._why_evidence(one), self._at)

    def _with_its_statement(
        self, statement: Statement, evidence: Evidence, old: str, present: set[str]
    ) -> Former:
        successor = self._successors.get(statement.id)
        becomes = evidence.id_for(successor.id) if successor else None
        why = f"its statement {statement.id} is gone: {self._why_statement(statement)}"
        return Former(old, becomes if becomes in present else None, why, self._at)

    def _why_evidence(self, evidence: Evidence) -> str:
        if evidence.document in self._withdrawn:
            return self._were_withdrawn(frozenset({evidence.document}))
        return f"its statement is no longer read there in {self._name(evidence.document)}"


def _target(statement: Statement) -> str:
    return statement.object or statement.value or ""
