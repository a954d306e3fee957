from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.records import CANDIDATE, Entity, Evidence, Statement, fold, make_statement, merge, slug, text_hash
from schema.model import Schema, load_schema

QUALIFIERS = st.dictionaries(
    st.sampled_from(["role", "date", "status", "scope"]),
    st.sampled_from(["host", "2022", "planned", "x"]),
    max_size=4,
)


def evidence(document: str = "document/a", start: int = 0, quote: str | None = None) -> Evidence:
    return Evidence(document, start, start + 4, text_hash("text"), quote=quote)


def test_the_id_says_what_the_statement_says(schema: Schema) -> None:
    def made(**qualifiers: str) -> str:
        return make_statement(
            schema, "country/lc", "PARTICIPATED_IN", "dialogue/11", qualifiers=qualifiers
        ).id

    assert made(role="host") == made(role="host", scope="in its capital")
    assert made(role="host") != made(role="co-chair") != made()


def test_a_literal_and_an_entity_of_the_same_text_differ(schema: Schema) -> None:
    literal = make_statement(schema, "agency/atf", "NAMED_AS", "program/etrace")
    assert (literal.object, literal.value) == (None, "program/etrace")
    assert make_statement(schema, "agency/atf", "OPERATES", "program/etrace").value is None


def test_a_symmetric_statement_is_stored_once(schema: Schema) -> None:
    one = make_statement(schema, "agency/hsi", "COOPERATES_WITH", "agency/atf")
    assert one == make_statement(schema, "agency/atf", "COOPERATES_WITH", "agency/hsi")
    assert (one.subject, one.object) == ("agency/atf", "agency/hsi")


def test_the_same_claim_in_a_second_document_adds_evidence(schema: Schema) -> None:
    def said_in(document: str, status: str = "accepted") -> Statement:
        return make_statement(
            schema, "igo/impacs", "ESTABLISHED", "unit/ccgiu", status=status, evidence=[evidence(document)]
        )

    merged = merge([said_in("document/b", CANDIDATE), said_in("document/a"), said_in("document/a")])
    assert len(merged) == 1
    assert merged[0].status == "accepted"
    assert merged[0].documents == ("document/a", "document/b")
    assert len(merged[0].evidence) == 2


def test_of_two_readings_of_one_place_the_quoted_one_is_kept(schema: Schema) -> None:
    for order in ((None, "text"), ("text", None)):
        readings = [
            make_statement(schema, "igo/rss", "NAMED_AS", "RSS", evidence=[evidence(quote=quote)])
            for quote in order
        ]
        assert [e.quote for e in merge(readings)[0].evidence] == ["text"]


def test_a_quote_verifies_only_with_its_hash() -> None:
    assert evidence(quote="text").verified
    assert not evidence(quote="test").verified
    assert not evidence().verified


@given(QUALIFIERS, QUALIFIERS)
def test_two_statements_share_an_id_exactly_when_they_are_told_apart_by_nothing(
    one: dict[str, str], other: dict[str, str]
) -> None:
    schema = load_schema()
    keys = schema.predicates["ESTABLISHED"].identified_by
    ids = [make_statement(schema, "igo/a", "ESTABLISHED", "unit/b", qualifiers=q).id for q in (one, other)]
    assert (ids[0] == ids[1]) == all(one.get(k) == other.get(k) for k in keys)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_fold_and_slug() -> None:
    assert fold("The Bahamas") == fold("BAHAMAS") == "bahamas"
    assert fold("U.S. Customs & Border Protection") == fold("US Customs and Border Protection")
    assert fold("Curaçao’s") == "curacao"
    assert slug("Barbara A. Feinstein") == "barbara-a-feinstein"
    assert slug("Château–Rouge (2023)") == "chateau-rouge-2023"


def test_the_digest_of_an_entity_sees_every_field() -> None:
    entity = Entity("agency/a", ("Agency",), "A", ("B",), ("B",), {"summary": "s"})
    others = [
        replace(entity, name="C"),
        replace(entity, types=("Unit",)),
        replace(entity, aliases=()),
        replace(entity, acronyms=()),
        replace(entity, properties={}),
    ]
    assert len({e.digest for e in [entity, *others]}) == 6
