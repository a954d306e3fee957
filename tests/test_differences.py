"""What a load is said to change, and what is said to contradict what."""

from dataclasses import replace

import pytest

from graph.changes import Content
from graph.records import CANDIDATE, Entity, Evidence, Statement, Value, make_statement, text_hash
from loaders.changewords import difference_json, difference_lines
from loaders.contradictions import RULES
from loaders.differences import Difference, compare
from schema.model import Schema


def entity(key: str, *types: str, **properties: Value) -> Entity:
    return Entity(key, types, key.partition("/")[2].replace("-", " ").title(), properties=properties)


ENTITIES = (
    entity("document/old", "Document", published="2023-06-01"),
    entity("document/new", "Document", published="2024-01-01"),
    entity("document/ancient", "Document", published="2015-01-01"),
    entity("agency/office", "Agency"),
    entity("unit/cell", "Unit"),
    entity("instrument/accord", "Instrument"),
    entity("event/launch", "Event"),
    entity("operation/net", "Operation"),
    entity("country/aa", "Country", iso3166="AA"),
    entity("country/bb", "Country", iso3166="BB"),
    entity("place/amber", "Place", country="country/aa"),
    entity("place/beryl", "Place", country="country/bb"),
    entity("place/nowhere", "Place"),
    entity("person/one", "Person"),
    entity("person/two", "Person"),
)


def evidence(document: str, start: int = 0, clause: str = "a clause", rule: str = "r@1") -> Evidence:
    return Evidence(f"document/{document}", start, start + len(clause), text_hash(clause), rule, quote=clause)


def said(
    schema: Schema, document: str, subject: str, predicate: str, target: str, **qualifiers: str
) -> Statement:
    return make_statement(
        schema, subject, predicate, target, qualifiers=qualifiers, evidence=[evidence(document)]
    )


def content(*records: Entity | Statement) -> Content:
    entities = [*ENTITIES, *(r for r in records if isinstance(r, Entity))]
    statements = [r for r in records if isinstance(r, Statement)]
    return Content(tuple(entities), tuple(statements))


def added(schema: Schema, known: Statement, new: Statement, *more: Entity) -> Difference:
    return compare(schema, content(known, *more), content(known, new, *more))


Said = tuple[str, str, str, dict[str, str]]


@pytest.mark.parametrize(
    ("known", "new", "kind"),
    [
        (("event/launch", "HELD_ON", "2023-05-03", {}),
         ("event/launch", "HELD_ON", "2023-05-04", {}), "another date"),
        (("event/launch", "HELD_ON", "2023-05", {}), ("event/launch", "HELD_ON", "2023-05-04", {}), None),
        (("event/launch", "HELD_ON", "2023-05", {}),
         ("event/launch", "HELD_IN", "place/amber", {"date": "2022"}), "another date"),
        (("event/launch", "HELD_ON", "2023", {"status": "planned"}),
         ("event/launch", "HELD_ON", "2024", {}), None),
        (("operation/net", "HELD_ON", "2023-05", {}), ("operation/net", "HELD_ON", "2023-09", {}), None),
        (("instrument/accord", "DATED", "2019", {}),
         ("instrument/accord", "DATED", "2020-01", {}), "another date"),
        (("agency/office", "ESTABLISHED", "unit/cell", {"date": "2022-11"}),
         ("country/aa", "ESTABLISHED", "unit/cell", {"date": "2021"}), "another date"),
        (("agency/office", "ESTABLISHED", "unit/cell", {"date": "2022-11"}),
         ("country/aa", "ESTABLISHED", "unit/cell", {}), None),
        (("country/aa", "SIGNED", "instrument/accord", {"date": "2022-11"}),
         ("country/bb", "SIGNED", "instrument/accord", {"date": "2021"}), None),
        (("country/aa", "SIGNED", "instrument/accord", {"date": "2022-11"}),
         ("country/aa", "SIGNED", "instrument/accord", {"date": "2021"}), "another date"),
        (("event/launch", "HELD_IN", "place/amber", {}), ("event/launch", "HELD_IN", "country/aa", {}), None),
        (("event/launch", "HELD_IN", "place/amber", {}),
         ("event/launch", "HELD_IN", "country/bb", {}), "another place"),
        (("event/launch", "HELD_IN", "place/amber", {}),
         ("event/launch", "HELD_IN", "place/beryl", {}), "another place"),
        (("event/launch", "HELD_IN", "place/nowhere", {}),
         ("event/launch", "HELD_IN", "place/beryl", {}), None),
        (("agency/office", "LOCATED_IN", "place/amber", {}),
         ("agency/office", "LOCATED_IN", "place/beryl", {}), "another place"),
        (("person/one", "PARTICIPATED_IN", "event/launch", {"role": "head of delegation"}),
         ("person/one", "PARTICIPATED_IN", "event/launch", {"role": "delegation member"}), "another role"),
        (("person/one", "PARTICIPATED_IN", "event/launch", {"role": "speaker"}),
         ("person/one", "PARTICIPATED_IN", "event/launch", {"role": "head of delegation"}), None),
        (("country/aa", "PARTICIPATED_IN", "event/launch", {"role": "host"}),
         ("country/bb", "PARTICIPATED_IN", "event/launch", {"role": "host"}), "another host"),
        (("person/one", "HOLDS_POSITION", "agency/office", {"title": "Deputy Director"}),
         ("person/one", "HOLDS_POSITION", "agency/office", {"title": "Legal Adviser"}), "another title"),
        (("person/one", "HOLDS_POSITION", "agency/office", {"title": "Director"}),
         ("person/one", "HOLDS_POSITION", "agency/office", {"title": "Acting Director"}), None),
        (("person/one", "HOLDS_POSITION", "country/aa", {"title": "Prime Minister"}),
         ("person/two", "HOLDS_POSITION", "country/aa", {"title": "Prime Minister"}), "another holder"),
        (("person/one", "HOLDS_POSITION", "agency/office", {"title": "Adviser"}),
         ("person/two", "HOLDS_POSITION", "agency/office", {"title": "Adviser"}), None),
        (("country/aa", "FUNDS", "unit/cell", {"amount": "5 USD", "date": "2022"}),
         ("country/aa", "FUNDS", "unit/cell", {"amount": "6 USD", "date": "2022"}), "another amount"),
    ],
)  # fmt: skip
def test_what_excludes_what(schema: Schema, known: Said, new: Said, kind: str | None) -> None:
    one, other = (
        said(schema, document, *rest[:3], **rest[3]) for document, rest in (("old", known), ("new", new))
    )
    assert [c.kind for c in added(schema, one, other).contradictions] == ([kind] if kind else [])
    back = added(schema, other, one).contradictions
    assert [c.kind for c in back] == ([kind] if kind else []), "the order does not matter"
    assert all(c.statement == one and c.known == other for c in back)


def figure(name: str, value: str, **more: Value) -> Entity:
    properties: dict[str, Value] = {"value": value, "unit": "firearms", "measure": "seized", **more}
    return entity(f"observation/{name}", "Observation", **properties)


@pytest.mark.parametrize(
    ("actor", "one", "other", "told"),
    [
        ("operation/net", {}, {"value": "351"}, True),
        ("operation/net", {}, {}, False),
        ("operation/net", {}, {"value": "351", "unit": "rounds"}, False),
        ("operation/net", {}, {"value": "351", "cumulative": True}, False),
        ("operation/net", {"rounding": "more-than"}, {"value": "351"}, False),
        ("operation/net", {"rounding": "more-than"}, {"value": "349"}, True),
        ("operation/net", {"rounding": "about"}, {"value": "351"}, False),
        ("operation/net", {"rounding": "nearly"}, {"value": "200"}, True),
        ("agency/office", {}, {"value": "351"}, False),
        ("agency/office", {"period": "2022"}, {"value": "351", "period": "2022"}, True),
        ("agency/office", {"period": "2022"}, {"value": "351", "period": "2023"}, False),
    ],
)
def test_another_figure_of_the_same(
    schema: Schema, actor: str, one: dict[str, Value], other: dict[str, Value], told: bool
) -> None:
    first, second = (
        figure(name, **{"value": "350", **more})  # type: ignore[arg-type]
        for name, more in (("one", one), ("other", other))
    )
    known = said(schema, "old", actor, "RESULTED_IN", first.id)
    new = said(schema, "new", actor, "RESULTED_IN", second.id)
    assert bool(added(schema, known, new, first, second).contradictions) is told


def test_a_date_that_is_said_twice_contradicts_once(schema: Schema) -> None:
    known = said(schema, "old", "event/launch", "HELD_ON", "2023-05-03")
    plain = said(schema, "new", "event/launch", "HELD_ON", "2022")
    placed = said(schema, "new", "event/launch", "HELD_IN", "place/amber", date="2022")
    assert len(compare(schema, content(known), content(known, placed)).contradictions) == 1
    (one,) = compare(schema, content(known), content(known, plain, placed)).contradictions
    assert one.statement == plain


def test_one_document_does_not_contradict_itself(schema: Schema) -> None:
    known = said(schema, "old", "event/launch", "HELD_ON", "2023-05-03")
    new = said(schema, "old", "event/launch", "HELD_ON", "2023-05-04")
    assert added(schema, known, new).contradictions == ()


def test_offices_change_hands_over_the_years(schema: Schema) -> None:
    known = said(schema, "ancient", "person/one", "HOLDS_POSITION", "country/aa", title="Premier")
    new = said(schema, "new", "person/two", "HOLDS_POSITION", "country/aa", title="Premier")
    assert added(schema, known, new).contradictions == ()


def test_two_new_documents_are_held_against_each_other(schema: Schema) -> None:
    statements = [
        said(schema, document, "event/launch", "HELD_ON", date)
        for document, date in (("old", "2023-05-03"), ("new", "2023-05-04"))
    ]
    assert len(compare(schema, content(), content(*statements)).contradictions) == 1


def test_every_rule_has_a_predicate_and_a_reason(schema: Schema) -> None:
    for rule in RULES:
        assert set(rule.predicates) <= schema.predicates.keys()
        assert set(rule.same) <= {"subject", "object", *schema.qualifiers}
        assert rule.reason


def test_nothing_differs_from_itself(schema: Schema) -> None:
    same = content(said(schema, "old", "agency/office", "SUPPORTS", "unit/cell"))
    found = compare(schema, same, same)
    assert list(difference_lines(schema, found, 5, "--format json")) == []


def test_what_is_new_gone_moved_and_better_supported(schema: Schema) -> None:
    stays = said(schema, "old", "agency/office", "SUPPORTS", "unit/cell", scope="training")
    gone = said(schema, "old", "country/aa", "SUPPORTS", "unit/cell")
    new = said(schema, "new", "country/bb", "SUPPORTS", "unit/cell")
    doubted = replace(said(schema, "old", "country/aa", "OPERATES", "unit/cell"), status=CANDIDATE)
    mentioned = said(schema, "new", "document/new", "MENTIONS", "unit/cell")
    moved = replace(stays, evidence=(evidence("old", 70), evidence("new", 5)))
    candidate = Entity(
        "candidate/harbour-cell",
        ("Candidate",),
        "Harbour Cell",
        properties={"proposedType": "Unit", "reason": "form"},
    )
    after = content(moved, new, replace(doubted, status="accepted"), mentioned, candidate)
    found = compare(schema, content(stays, gone, doubted), after)
    assert (found.new, found.gone) == ((new,), (gone,))
    assert [e.id for e in found.new_entities] == ["candidate/harbour-cell"]
    assert [(m.before.start, m.after.start) for m in found.moved] == [(0, 70)]
    assert [s.evidence for s in found.stronger] == [(evidence("new", 5),)]
    assert found.weaker == ()
    assert [b.status for _, b in found.judged] == ["accepted"]
    assert found.mentions == (1, 0, 0)
    lines = list(difference_lines(schema, found, 5, "--format json"))
    assert "  Bb supports Cell" in lines
    assert "  candidate/harbour-cell: Harbour Cell (Unit?): form" in lines
    assert "  Office supports Cell (scope training): document/new 5–13" in lines
    assert "  Aa operates Cell (was candidate)" in lines
    told = difference_json(schema, found)
    assert told["statements"]["new"][0]["sentence"] == "Bb supports Cell"
    assert told["statements"]["moved"][0]["before"]["start"] == 0
    assert told["mentions"] == {"new": 1, "gone": 0, "other_evidence": 0}


def test_an_entity_that_becomes_real_is_told(schema: Schema) -> None:
    before = Entity("event/fair", ("Event",), "Fair")
    found = compare(schema, content(before), content(replace(before, types=("Operation",))))
    assert [(a.types, b.types) for a, b in found.retyped] == [(("Event",), ("Operation",))]


def test_long_lists_are_cut_and_contradictions_are_not(schema: Schema) -> None:
    known = said(schema, "old", "event/launch", "HELD_ON", "1999")
    new = [said(schema, "new", "event/launch", "HELD_ON", str(year)) for year in range(2000, 2009)]
    lines = list(
        difference_lines(schema, compare(schema, content(known), content(known, *new)), 3, "--format json")
    )
    assert "  … and 6 more: `--format json` lists all" in lines
    assert "contradictions: 9" in lines
    assert sum(line.startswith("  another date: ") for line in lines) == 9
