"""Explanations: how a sentence was read, which rules fired, and which nearly did, and why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import MENTIONS
from loaders.explain import Explanation, explain, explanation_json, explanation_lines
from loaders.extract import COMMITMENT, extract
from tests.marked_texts import SCHEMA, entity, register, source
from tests.sentences import KNOWN

MORE = register(
    *KNOWN.entities.values(),
    entity("Second Tide Dialogue", "Dialogue"),
    entity("Kelp Declaration", "Instrument"),
    entity("Port Kelp", "Place"),
)
# A text that brings all that there is besides the rules of its sentences.
RELEASE = """\
Kelp Declaration

We, the Governments of Tidelandia and Reefland, met at the Second Tide Dialogue.

In 2021, the Harbour Agency seized 340 rifles in Port Kelp. The Sand Unit is part of the Tide Council.

Later the Sand Unit supported Kelpia. The Embassy of Tidelandia in Port Kelp opened.

The sides commit to:

1. Lend boats to the Tide Council by 2030.
2. Share data.
"""


def explained(text: str) -> list[Explanation]:
    return list(explain(source(text, published="2022-06-15"), KNOWN, SCHEMA))


def in_release() -> dict[str, Explanation]:
    """The sentences of the release by their first two words."""
    told = explain(source(RELEASE, published="2022-06-15"), MORE, SCHEMA)
    return {" ".join(one.text.split()[:2]): one for one in told}


def test_an_explanation_has_names_frames_and_what_fired() -> None:
    text = "It rained. The Harbour Agency will support\nthe Reef Unit in Tidelandia."
    (one,) = explained(text)
    assert text[one.start : one.end].split() == one.text.split()
    assert "\n" not in one.text
    assert [(words, entity) for words, entity, _ in one.names] == [
        ("Harbour Agency", "agency/harbour-agency"),
        ("Reef Unit", "unit/reef-unit"),
        ("Tidelandia", "country/tidelandia"),
    ]
    (frame,) = one.frames
    assert frame.startswith("support planned; agent: agency/harbour-agency; patient: unit/reef-unit")
    said = [f.statement for f in one.found]
    fired = [(s.subject, s.predicate, s.object, s.qualifiers.get("status")) for s in said]
    assert ("agency/harbour-agency", "SUPPORTS", "unit/reef-unit", "planned") in fired


def test_a_sentence_that_names_nothing_is_left_out() -> None:
    assert [e.text for e in explained("It rained. Tidelandia sailed. They left.")] == ["Tidelandia sailed."]


def test_what_a_short_form_stands_for_is_told() -> None:
    _, second = explained("Ada Kelp praised the Reef Unit. The Unit supports Tidelandia.")
    assert any("agent: unit/reef-unit" in frame for frame in second.frames)


def test_what_nearly_fired_is_told_with_the_reason() -> None:
    (one,) = explained("The Harbour Agency did not support the Reef Unit.")
    assert one.found == ()
    whys = {(miss.word, miss.why) for miss in one.near}
    assert ("support", "it is denied") in whys


def test_a_rule_that_fired_has_not_nearly_fired() -> None:
    (denied,) = explained("The Harbour Agency did not support Tidelandia.")
    (both,) = explained("The Harbour Agency supports the Reef Unit; it did not support Tidelandia.")
    fired = {finding.evidence.rule for finding in both.found}
    assert fired & {miss.rule for miss in denied.near}
    assert fired.isdisjoint(miss.rule for miss in both.near)


def test_a_sentence_without_a_verb_is_told_by_its_phrases() -> None:
    (one,) = explained("Officers of the Harbour Agency and the Wave Agency.")
    assert one.frames == ("no verb; officer of (agency/harbour-agency + agency/wave-agency)",)


def test_phrases_are_told_with_all_that_hangs_on_them() -> None:
    (one,) = explained(
        "Ada Kelp, the Director of Tidelandia’s Harbour Agency, met agencies, including the Wave Agency."
    )
    (frame,) = one.frames
    assert frame == (
        "meet done; agent: person/ada-kelp = <director of ([country/tidelandia]'s agency/harbour-agency)>; "
        "patient: agency including (agency/wave-agency)"
    )


def test_figures_are_told_with_what_they_result_from() -> None:
    one = in_release()["In 2021,"]
    (figure,) = one.figures
    assert (figure["value"], figure["unit"], figure["measure"], figure["period"]) == (
        340,
        "rifles",
        "seized",
        "2021",
    )
    assert figure["attributed_to"] == ["agency/harbour-agency"]
    told = [(f.statement.subject, f.statement.predicate, f.evidence.rule) for f in one.found]
    assert ("agency/harbour-agency", "RESULTED_IN", "figure/result@1") in told
    lines = list(explanation_lines(one))
    assert any(line.startswith("  figure 340 rifles, measure=seized, period=2021") for line in lines)


def test_pledges_are_told_with_their_rule_and_what_they_name() -> None:
    told = in_release()
    lend, share = told["Lend boats"], told["Share data."]
    ((pledge, made),) = lend.pledges
    assert (pledge.rule, made.properties["number"]) == ("commitment/numbered@1", "1")
    assert ("INVOLVES", "commitment/involves@1") in {
        (f.statement.predicate, f.evidence.rule) for f in lend.found
    }
    assert [made.properties["number"] for _, made in share.pledges] == ["2"], "though it names nobody"


def test_seats_and_speakers_are_told() -> None:
    told = in_release()
    rules = {key: {f.evidence.rule for f in one.found} for key, one in told.items()}
    assert {"relation/speakers-adopted@1", "relation/speakers-participated@1"} <= rules["We, the"]
    assert "relation/seat-in-name@1" in rules["The Embassy"]


def test_candidates_that_became_real_are_told_with_the_rule() -> None:
    told = in_release().values()
    promoted = [
        (one.text[:6], p.candidate, p.entity, p.rule.partition("@")[0]) for one in told for p in one.promoted
    ]
    candidate, entity = "candidate/sand-unit", "unit/tide-council-sand-unit"
    assert promoted == [
        ("The Sa", candidate, entity, "relation/part-of"),
        ("Later ", candidate, entity, ""),
    ]
    assert all(entity in {f.statement.subject for f in one.found} for one in told if one.promoted)


BLOCKS = [part for part in RELEASE.split("\n\n") if part]


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6))
def test_all_that_is_extracted_is_explained(blocks: list[str]) -> None:
    document = source("\n\n".join(blocks), published="2022-06-15")
    extraction = extract(document, MORE, SCHEMA)
    told = list(explain(document, MORE, SCHEMA))
    found = [(f.statement.id, f.evidence) for one in told for f in one.found]
    said = [(s.id, e) for s in extraction.statements if s.predicate != MENTIONS for e in s.evidence]
    assert sorted(map(repr, found)) == sorted(map(repr, said))
    assert sum(len(one.figures) for one in told) == len(extraction.figures)
    pledged = [made.id for one in told for _, made in one.pledges]
    assert pledged == [e.id for e in extraction.entities if e.type == COMMITMENT]


@pytest.mark.parametrize("beginning", ["In 2021,", "The Sand", "Lend boats"])
def test_lines_and_record_tell_the_same(beginning: str) -> None:
    one = in_release()[beginning]
    record, lines = explanation_json(one), list(explanation_lines(one))
    assert lines[0] == f"{record['start']}-{record['end']}  {record['text']}"
    told = {
        kind: [line for line in lines if line.startswith(f"  {kind}")]
        for kind in ("name", "frame", "became", "fired", "figure", "pledge", "nearly")
    }
    assert sum(len(rows) for rows in told.values()) == len(lines) - 1
    for kind, key in (
        *(("name", "names"), ("frame", "frames"), ("became", "promoted"), ("fired", "found")),
        *(("figure", "figures"), ("pledge", "pledges"), ("nearly", "near")),
    ):
        assert len(told[kind]) == len(record[key])
    for found, line in zip(record["found"], told["fired"], strict=True):
        assert f"{found['subject']} {found['predicate']} {found['object']}" in line
        assert f"{found['confidence']:.2f}, {found['status']}" in line
        assert found["rule"] in line
