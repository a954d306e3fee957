"""Where the clause of a pointer stands in a text that may have changed, and the repair of the files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import SIMILAR, Anchored, ClauseFinder, Source, anchor_pointers, counts, reanchored
from graph.records import (
    CHANGED_WORDING,
    DOCUMENT_CHANGED,
    EXACT,
    NO_TEXT,
    ORPHAN,
    SHIFTED,
    Evidence,
    make_statement,
    text_hash,
)
from loaders.repairs import repair_facts, repair_hash, repairable
from schema.model import Schema

CLAUSE = "The Harbour Office trained forty officers in Port Amber on 4 March 2024."
TEXT = f"Harbour notes\n\nTwo launches arrived in spring.\n{CLAUSE} The course goes on.\n"
START = TEXT.index(CLAUSE)


def pointer(text: str = TEXT, clause: str = CLAUSE, quote: str | None = None) -> Evidence:
    start = text.index(clause)
    return Evidence("document/notes", start, start + len(clause), text_hash(clause), quote=quote)


def found(text: str | None, *, wording: str | None = CLAUSE, changed: bool = True) -> Anchored:
    earlier = {text_hash(CLAUSE): wording} if wording else None
    return ClauseFinder(Source(text, changed, earlier)).anchored("s1", pointer())


def test_a_clause_in_its_place_is_exact() -> None:
    one = found(TEXT)
    assert (one.state, one.anchor.start, one.anchor.wording) == (EXACT, START, CLAUSE)
    assert one.evidence == pointer(quote=CLAUSE)
    assert not one.at_fault


@pytest.mark.parametrize("wording", [CLAUSE, None])
def test_a_clause_that_moved_is_found_by_its_words_or_its_hash(wording: str | None) -> None:
    text = "A note of the editor.\n\n" + TEXT
    one = found(text, wording=wording)
    assert (one.state, one.anchor.start, one.anchor.unique) == (SHIFTED, text.index(CLAUSE), True)
    assert text[one.evidence.start : one.evidence.end] == one.evidence.quote == CLAUSE
    assert one.evidence.anchor == SHIFTED
    assert one.evidence.holds


def test_other_line_breaks_are_no_other_words() -> None:
    text = "New.\n" + TEXT.replace("forty officers", "forty\n  officers")
    one = found(text)
    assert one.state == SHIFTED
    assert one.anchor.sha256 == text_hash(one.anchor.wording or "") != text_hash(CLAUSE)
    assert found(text, wording=None).state == DOCUMENT_CHANGED


def test_of_several_places_the_nearest_is_told_and_none_is_sure() -> None:
    text = f"{CLAUSE}\n{'Other words stand here. ' * 3}\n{CLAUSE}\n"
    one = found(text)
    assert one.state == SHIFTED
    assert one.anchor.start == min((0, text.rindex(CLAUSE)), key=lambda at: abs(at - START))
    assert not one.anchor.unique
    assert repairable([one]) == {}


@pytest.mark.parametrize(
    "new",
    [
        CLAUSE.replace("4 March", "14 March"),
        CLAUSE.replace("forty officers", "fifty-two officers of three islands"),
        CLAUSE.replace("in Port Amber ", ""),
    ],
)
def test_new_wording_near_the_old_place_is_shown_whole(new: str) -> None:
    text = "An editor's note.\n" + TEXT.replace(CLAUSE, new)
    one = found(text)
    assert (one.state, one.anchor.wording) == (CHANGED_WORDING, new)
    assert SIMILAR <= one.anchor.similarity < 100
    assert one.wording == CLAUSE
    assert not one.evidence.holds
    assert one.evidence.quote == new


@pytest.mark.parametrize(
    ("text", "changed", "wording", "state"),
    [
        ("Nothing of the kind is said by this text, which is about fishing.", True, CLAUSE, ORPHAN),
        ("Nothing of the kind is said.", True, None, DOCUMENT_CHANGED),
        ("Nothing of the kind is said.", False, None, ORPHAN),
        ("x", True, CLAUSE, ORPHAN),
        ("", True, CLAUSE, ORPHAN),
        (None, False, CLAUSE, NO_TEXT),
    ],
)
def test_what_is_not_found(text: str | None, changed: bool, wording: str | None, state: str) -> None:
    one = found(text, wording=wording, changed=changed)
    assert one.state == state
    assert one.anchor.start is None
    assert one.evidence.quote is None
    assert (one.evidence.start, one.evidence.end) == (START, START + len(CLAUSE))
    assert one.at_fault is (state != NO_TEXT)


def test_a_word_inside_another_is_not_found() -> None:
    start = Evidence("document/notes", 0, 3, text_hash("Amb"), quote="Amb")
    assert ClauseFinder(Source(TEXT, True)).anchored("s1", start).state == ORPHAN


def test_words_that_are_too_few_are_not_compared() -> None:
    short = Evidence("document/notes", 0, 9, text_hash("Port Ambr"), quote="Port Ambr")
    assert ClauseFinder(Source(TEXT, True)).anchored("s1", short).state == ORPHAN


@pytest.mark.parametrize("place", [(-5, 20), (10, 5), (0, 10_000), (5, 5)])
def test_offsets_that_cannot_be_are_not_exact(place: tuple[int, int]) -> None:
    odd = Evidence("document/notes", *place, text_hash(TEXT[slice(*place)]))
    assert ClauseFinder(Source(TEXT)).anchored("s1", odd).state in (ORPHAN, SHIFTED)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_put_before_or_after_moves_a_clause_and_loses_none(before: str, after: str) -> None:
    text = f"{before}\n{TEXT}\n{after}"
    for wording in (CLAUSE, None):
        one = found(text, wording=wording)
        assert one.state in (EXACT, SHIFTED)
        assert one.anchor.start is not None
        assert text[one.anchor.start : one.anchor.end] == CLAUSE


@given(st.text(max_size=200), st.integers(-10, 300), st.integers(-10, 300), st.text(max_size=60))
def test_no_text_and_no_pointer_make_it_raise(text: str, start: int, end: int, wording: str) -> None:
    odd = Evidence("document/notes", start, end, text_hash(wording), quote=wording)
    one = ClauseFinder(Source(text, True)).anchored("s1", odd)
    if one.anchor.start is not None:
        assert text[one.anchor.start : one.anchor.end] == one.anchor.wording


def test_each_document_has_its_own_text_and_states_are_counted() -> None:
    other = Evidence("document/other", 0, 3, "0" * 64)
    anchored = anchor_pointers(
        [("s1", pointer()), ("s2", other), ("s3", pointer())], {"document/notes": Source(TEXT)}
    )
    assert [one.state for one in anchored] == [EXACT, NO_TEXT, EXACT]
    assert counts(anchored)[EXACT] == 2
    assert counts(anchored)[NO_TEXT] == 1


def test_the_state_of_the_graph_s_evidence_follows_the_text(schema: Schema) -> None:
    statement = make_statement(schema, "agency/a", "SUPPORTS", "unit/u", evidence=[pointer(quote=CLAUSE)])

    def state(text: str) -> str:
        (one,) = reanchored([statement], {"document/notes": Source(text, True)})
        return one.evidence[0].state

    assert state(TEXT) == EXACT
    assert state("New. " + TEXT) == SHIFTED
    assert state("Nothing.") == ORPHAN


FACTS = """\
# A comment that stays.
document: document/notes
entities: []
facts:
  - subject: agency/a   # so does this
    predicate: SUPPORTS
    object: unit/u
    summary: It helps. Ça va.
    clauses:
      - {start: %d, end: %d, sha256: %s}
      - start: 0
        end: 13
        sha256: "%s"
"""


def facts(folder: Path) -> Path:
    folder.mkdir()
    text = FACTS % (START, START + len(CLAUSE), text_hash(CLAUSE), text_hash("Harbour notes"))
    (folder / "notes.yaml").write_text(text, "utf-8")
    return folder / "notes.yaml"


def test_a_repair_rewrites_numbers_and_nothing_else(tmp_path: Path) -> None:
    path = facts(tmp_path / "facts")
    before = path.read_text("utf-8")
    text = "Editor.\n" + TEXT
    places = repairable([found(text)])
    (done,) = repair_facts(path.parent, places)
    assert (done.file, done.line) == ("facts/notes.yaml", 10)
    moved = before.replace(f"start: {START}", f"start: {START + 8}")
    assert path.read_text("utf-8") == moved.replace(
        f"end: {START + len(CLAUSE)}", f"end: {START + len(CLAUSE) + 8}"
    )
    assert repair_facts(path.parent, places) == []


def test_a_repair_leaves_files_alone_that_need_none(tmp_path: Path) -> None:
    path = facts(tmp_path / "facts")
    stamp = path.stat().st_mtime_ns
    assert repair_facts(path.parent, repairable([found(TEXT), found("Nothing.")])) == []
    assert path.stat().st_mtime_ns == stamp


def test_the_hash_of_a_text_is_rewritten_in_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "documents.yaml"
    path.write_text(f"- id: document/a\n  sha256: {'0' * 64}\n- id: document/b\n  sha256: {'0' * 64}\n")
    (done,) = repair_hash(tmp_path, "document/b", "1" * 64)
    assert done.line == 4
    assert path.read_text() == (
        f"- id: document/a\n  sha256: {'0' * 64}\n- id: document/b\n  sha256: {'1' * 64}\n"
    )
    assert repair_hash(tmp_path, "document/c", "1" * 64) == []
