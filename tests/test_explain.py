"""Explanations: how a sentence was read, which rules fired, and which nearly did, and why not."""

from loaders.explain import Explanation, explain, explanation_json, explanation_lines
from tests.marked_texts import SCHEMA, source
from tests.sentences import KNOWN


def explained(text: str) -> list[Explanation]:
    return list(explain(source(text, published="2022-06-15"), KNOWN, SCHEMA))


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
    fired = [(r.subject, r.predicate, r.object, r.qualifiers.get("status")) for r in one.found]
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
    fired = {relation.rule for relation in both.found}
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


def test_lines_and_record_tell_the_same() -> None:
    (one,) = explained("The Harbour Agency supports the Reef Unit in Tidelandia.")
    record, lines = explanation_json(one), list(explanation_lines(one))
    assert lines[0] == f"{record['start']}-{record['end']}  {record['text']}"
    told = {
        kind: [line for line in lines if line.startswith(f"  {kind}")]
        for kind in ("name", "frame", "fired", "nearly")
    }
    assert sum(len(rows) for rows in told.values()) == len(lines) - 1
    for kind, key in (("name", "names"), ("frame", "frames"), ("fired", "found"), ("nearly", "near")):
        assert len(told[kind]) == len(record[key])
    for found, line in zip(record["found"], told["fired"], strict=True):
        assert f"{found['subject']} {found['predicate']} {found['object']}" in line
        assert f"{found['confidence']:.2f}, {found['status']}" in line
        assert found["rule"] in line
