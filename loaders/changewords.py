"""What changed between two contents, in sentences and as JSON: for load reports, comparisons and the feed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.chronicle import Line, Section
from graph.records import ACCEPTED, FIRST_DAY, LAST_DAY, Entity, Evidence, Statement, Value
from loaders.differences import Difference, Moved, Support
from schema.model import Schema


def difference_sections(schema: Schema, found: Difference) -> list[Section]:
    """The difference in sentences, contradictions aside; none is empty."""
    words = Speaker(schema, found.names)
    entity, statement = words.of_entity, words.of_statement
    sections: tuple[tuple[str, list[Line]], ...] = (
        ("new entities", [entity(e, _entity(e)) for e in found.new_entities]),
        ("entities gone", [entity(e, _entity(e)) for e in found.gone_entities]),
        ("entities of another type now", [entity(b, _retyped(a, b)) for a, b in found.retyped]),
        ("entities told otherwise now", [entity(b, _edited(a, b)) for a, b in found.edited]),
        ("new statements", [statement(s) for s in found.new]),
        ("statements gone", [statement(s) for s in found.gone]),
        ("statements with another status now", [statement(b, f" (was {a.status})") for a, b in found.judged]),
        ("statements qualified otherwise now", [statement(b, words.was(a, b)) for a, b in found.requalified]),
        (
            "statements with more evidence now",
            [statement(s.statement, f": {_places(s)}") for s in found.stronger],
        ),
        (
            "statements with less evidence now",
            [statement(s.statement, f": {_places(s)}") for s in found.weaker],
        ),
        ("clauses that stand elsewhere now", [statement(m.statement, f": {_move(m)}") for m in found.moved]),
        ("clauses told otherwise now", [statement(m.statement, f": {_reread(m)}") for m in found.reread]),
    )
    return [Section(title, len(lines), tuple(lines)) for title, lines in sections if lines]


def difference_lines(schema: Schema, found: Difference, most: int, all_are_in: str) -> Iterator[str]:
    """The difference in sentences, at most so many of each kind; contradictions are told in full.

    `all_are_in` is the option that gives all, for what is cut.
    """
    say = Speaker(schema, found.names).say
    for section in difference_sections(schema, found):
        yield f"{section.title}: {section.count}"
        yield from (f"  {line.text}" for line in section.lines[:most])
        if section.count > most > 0:
            yield f"  … and {section.count - most} more: `{all_are_in}` lists all"
    if any(found.mentions):
        new, gone, other = found.mentions
        yield f"named entities by document: {new} new, {gone} gone" + (
            f", {other} with other evidence" if other else ""
        )
    if found.contradictions:
        yield f"contradictions: {len(found.contradictions)}"
        for one in found.contradictions:
            yield f"  {one.kind}: {say(one.statement)} [{_first(one.statement)}]"
            yield f"    but known is: {say(one.known)} [{_first(one.known)}]; {one.reason}"


class Speaker:
    """Says statements in words; `names` are those of entities by id."""

    def __init__(self, schema: Schema, names: Mapping[str, str]) -> None:
        self._schema = schema
        self._names = names

    def say(self, statement: Statement) -> str:
        """`Harbour Office supports Coast Cell (date 2022-11; candidate)`."""
        target = self._name(statement.object) if statement.object else f"“{statement.value}”"
        label = self._schema.predicates[statement.predicate].label
        remarks = [f"{name} {self._name(value)}" for name, value in statement.qualifiers.items()]
        if statement.status != ACCEPTED:
            remarks.append(statement.status)
        tail = f" ({'; '.join(remarks)})" if remarks else ""
        return f"{self._name(statement.subject)} {label} {target}{tail}"

    def was(self, before: Statement, after: Statement) -> str:
        """What else the statement said: ` (was: date 2022; known from 2023-01-01)`."""
        told = []
        if before.qualifiers != after.qualifiers:
            told += [f"{name} {self._name(value)}" for name, value in before.qualifiers.items()]
            told = told or ["without qualifiers"]
        if before.clock != after.clock:
            told += [
                f"{label} {_day(old)}, now {_day(new)}"
                for label, old, new in (
                    ("known from", before.clock.known, after.clock.known),
                    ("true from", before.clock.since, after.clock.since),
                    ("true until", before.clock.until, after.clock.until),
                )
                if old != new
            ]
        return f" (was: {'; '.join(told)})"

    def of_entity(self, entity: Entity, text: str) -> Line:
        """A line about an entity."""
        return Line("entity", entity.id, text, (entity.id,))

    def of_entity_named(self, entity: Entity) -> str:
        """`agency/harbour-office: Harbour Office (Agency)`."""
        return _entity(entity)

    def of_evidence(self, statement: Statement, evidence: Evidence) -> str:
        """`Harbour Office supports Coast Cell: document/letter 5–90`."""
        return f"{self.say(statement)}: {_place(evidence)}"

    def of_statement(self, statement: Statement, remark: str = "") -> Line:
        """A line about a statement, with a remark behind its sentence."""
        ends = (statement.subject, *((statement.object,) if statement.object else ()))
        return Line("statement", statement.id, self.say(statement) + remark, ends)

    def _name(self, key: str) -> str:
        return self._names.get(key, key)


def _day(day: str) -> str:
    return "any day" if day in (FIRST_DAY, LAST_DAY) else day


def _entity(entity: Entity) -> str:
    kind = f"{entity.proposed}?" if entity.proposed else " and ".join(entity.types)
    reason = entity.properties.get("reason")
    return f"{entity.id}: {entity.name} ({kind})" + (f": {reason}" if reason else "")


def _retyped(before: Entity, after: Entity) -> str:
    return f"{after.id}: {after.name}, {' and '.join(before.types)} is {' and '.join(after.types)}"


def _edited(before: Entity, after: Entity) -> str:
    told = [f"name {before.name}, now {after.name}"] if before.name != after.name else []
    for label, old, new in (
        ("also called", before.aliases, after.aliases),
        ("acronyms", before.acronyms, after.acronyms),
        *((key, before.properties.get(key), after.properties.get(key)) for key in _keys(before, after)),
    ):
        if old != new:
            told.append(f"{label} {_value(old)}, now {_value(new)}")
    return f"{after.id}: {after.name}: {'; '.join(told) or 'its day of publication'}"


def _keys(before: Entity, after: Entity) -> list[str]:
    return sorted(before.properties.keys() | after.properties.keys())


def _value(value: Value | None) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or "nothing"


def _reread(moved: Moved) -> str:
    before, after = moved.before, moved.after
    told = [
        f"{label} {_value(old)}, now {_value(new)}"
        for label, old, new in (
            ("state", before.state, after.state),
            ("confidence", str(before.confidence), str(after.confidence)),
            ("summary", before.summary, after.summary),
        )
        if old != new
    ]
    if before.quote != after.quote:
        told.append("its text is at hand now" if after.quote else "its text is no longer at hand")
    return f"{after.document} {after.start}–{after.end}: {'; '.join(told)}"


def _places(support: Support) -> str:
    return ", ".join(_place(e) for e in support.evidence)


def _place(evidence: Evidence) -> str:
    return f"{evidence.document} {evidence.start}–{evidence.end}"


def _move(moved: Moved) -> str:
    before, after = moved.before, moved.after
    return f"{after.document} {before.start}–{before.end} is {after.start}–{after.end}"


def _first(statement: Statement) -> str:
    return ", ".join(_place(e) for e in statement.evidence[:1])


def difference_json(schema: Schema, found: Difference) -> dict[str, Any]:
    """The whole difference; statements with their sentence, documents and places."""
    speaker = Speaker(schema, found.names)

    def many(statements: Iterable[Statement]) -> list[dict[str, Any]]:
        return [_statement_json(speaker, s, s.evidence) for s in statements]

    return {
        "entities": {
            "new": [_entity_json(e) for e in found.new_entities],
            "gone": [_entity_json(e) for e in found.gone_entities],
            "retyped": [{**_entity_json(b), "types_before": list(a.types)} for a, b in found.retyped],
            "edited": [{**_entity_json(b), "before": _entity_json(a)} for a, b in found.edited],
        },
        "statements": {
            "new": many(found.new),
            "gone": many(found.gone),
            "status": [
                {**_statement_json(speaker, b, b.evidence), "status_before": a.status}
                for a, b in found.judged
            ],
            "requalified": [
                {**_statement_json(speaker, b, b.evidence), "qualifiers_before": dict(a.qualifiers)}
                for a, b in found.requalified
            ],
            "more_evidence": [_statement_json(speaker, s.statement, s.evidence) for s in found.stronger],
            "less_evidence": [_statement_json(speaker, s.statement, s.evidence) for s in found.weaker],
            "moved": [
                {**_statement_json(speaker, m.statement, (m.after,)), "before": _place_json(m.before)}
                for m in found.moved
            ],
            "reread": [
                {**_statement_json(speaker, m.statement, (m.after,)), "before": _place_json(m.before)}
                for m in found.reread
            ],
        },
        "mentions": dict(zip(("new", "gone", "other_evidence"), found.mentions, strict=True)),
        "contradictions": [
            {
                "kind": one.kind,
                "reason": one.reason,
                "statement": _statement_json(speaker, one.statement, one.statement.evidence),
                "known": _statement_json(speaker, one.known, one.known.evidence),
            }
            for one in found.contradictions
        ],
    }


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "types": list(entity.types),
        "name": entity.name,
        "aliases": list(entity.aliases),
        "properties": dict(sorted(entity.properties.items())),
    }


def _statement_json(speaker: Speaker, statement: Statement, evidence: Iterable[Evidence]) -> dict[str, Any]:
    return {
        "id": statement.id,
        "sentence": speaker.say(statement),
        "subject": statement.subject,
        "predicate": statement.predicate,
        **({"object": statement.object} if statement.object else {"value": statement.value}),
        "qualifiers": dict(statement.qualifiers),
        "status": statement.status,
        "evidence": [_place_json(e) for e in evidence],
    }


def _place_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "rule": evidence.rule,
        "anchor": evidence.state,
    }
