"""Strict YAML: places, kinds, keys, and that nothing a file may hold gets past as anything but a fault."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from schema import yamlfile
from schema.errors import DataError, Fault
from schema.values import EDTF, XSD
from schema.yamlfile import Fields, Item, fields_of, nearest, raise_faults, read_folder, read_yaml


def read(folder: Path, text: str | bytes) -> tuple[Item | None, list[Fault]]:
    path = folder / "some.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    faults: list[Fault] = []
    return read_yaml(path, "folder/some.yaml", faults), faults


def root_fields(folder: Path, text: str) -> tuple[Fields, list[Fault]]:
    root, faults = read(folder, text)
    assert root is not None
    fields = root.fields("thing")
    assert fields is not None
    return fields, faults


def test_scalars_are_their_text_and_know_their_line(tmp_path: Path) -> None:
    fields, faults = root_fields(
        tmp_path, "# head\n\nmonth: 2023-11\nnumber: 1.10\ncode: NO\nday: 2023-11-16\n"
    )
    items = {key: fields.pop(key) for key in ("month", "number", "code", "day")}
    fields.finish()
    found = {key: (item.literal(), item.line) for key, item in items.items() if item is not None}
    assert found == {
        "month": ("2023-11", 3),
        "number": ("1.10", 4),
        "code": ("NO", 5),
        "day": ("2023-11-16", 6),
    }
    assert faults == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: [c\n", 3, "broken YAML"),
        ("a: b\nc: d: e\n", 2, "broken YAML"),
        ("a: 1\n\tb: 2\n", 2, "broken YAML"),
        ("a: 1\n---\nb: 2\n", 2, "broken YAML"),
        ("a: 1\nb: *other\n", 2, "alias *other"),
        ("a: 1\nb: &anchor 2\n", 2, "anchor &anchor"),
        ("a: 1\nb: !!str 2\n", 2, "tag tag:yaml.org,2002:str"),
        ("a: 1\nb: !own [2]\n", 2, "tag !own"),
        ("a: 1\nb: é\x07\n", 2, "character U+0007"),
        ("a: 1\nb: x\x00\nc: 2\n", 2, "character U+0000"),
        (b"a: 1\nb: \xff\n", 2, "not UTF-8"),
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
    ],
)
@pytest.mark.parametrize("loader", [yamlfile._LOADER, yaml.SafeLoader])
def test_what_cannot_be_read_is_one_fault_with_its_line(
    text: str | bytes, line: int, message: str, loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yamlfile, "_LOADER", loader)
    root, faults = read(tmp_path, text)
    assert root is None
    assert [(f.file, f.line) for f in faults] == [("folder/some.yaml", line)]
    assert message in faults[0].message
    assert faults[0].mend


def test_depth_is_refused_before_composing(tmp_path: Path) -> None:
    root, faults = read(tmp_path, "- " * 100_000 + "a")
    assert root is None
    assert [f.message for f in faults] == ["is nested more than 32 deep"]


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    fields, faults = root_fields(tmp_path, "\ufeffname: Harbour Watch\n")
    assert fields.pop_literal("name") == "Harbour Watch"
    assert faults == []


def test_faults_of_a_mapping_are_gathered(tmp_path: Path) -> None:
    text = "name: Harbour Watch\nname: Port Watch\nnote:\nempty: ' '\nlist: [a]\nsumary: x\nzz: y\n[k]: v\n"
    fields, faults = root_fields(tmp_path, text)
    assert fields.pop_literal("name") == "Harbour Watch"
    assert [fields.pop_literal(key) for key in ("note", "empty", "list")] == [None, None, None]
    assert fields.pop_literal("summary", required=True) is None
    fields.finish()
    assert sorted((f.line, f.message, f.mend) for f in faults) == [
        (1, "thing has no summary", "add summary: …"),
        (2, "the key name stands in line 1 already", "keep one of the two"),
        (3, "note is empty", "write a text, or leave the key out"),
        (4, "empty is empty", "write its text, or leave the key out"),
        (5, "list is a list", "write a text, or leave the key out"),
        (6, "thing has the unknown key sumary", "did you mean summary?"),
        (7, "thing has the unknown key zz", "known keys: empty, list, name, note, summary"),
        (8, "key is a list", "write a text, or leave the key out"),
    ]


def test_texts_of_a_list_stand_there_once(tmp_path: Path) -> None:
    fields, faults = root_fields(tmp_path, "words: [reef, tide,\n  Reef, [kelp], bay]\nnone: []\n")
    assert fields.pop_texts("words", required=True) == ("reef", "tide", "bay")
    assert fields.pop_texts("missing") == fields.pop_texts("none", required=True) == ()
    assert [str(fault) for fault in faults] == [
        "folder/some.yaml:2: Reef stands twice in words (keep one of the two)",
        "folder/some.yaml:2: words is a list (write a text, or leave the key out)",
        "folder/some.yaml:3: none is an empty list (name at least one)",
    ]


def test_a_file_of_one_mapping_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("words: [reef]\n", "utf-8")
    with fields_of(path, "lexicon") as fields:
        assert fields.pop_texts("words") == ("reef",)
    with pytest.raises(DataError, match="unknown key words"), fields_of(path, "lexicon"):
        pass


@pytest.mark.parametrize("text", ["", "- reef\n", "reef\n", "words: [\n"])
def test_a_file_that_is_no_mapping_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"words\.yaml:[12]: "), fields_of(path, "lexicon"):
        pytest.fail("was read")


def test_wrong_kinds_are_named(tmp_path: Path) -> None:
    fields, faults = root_fields(tmp_path, "items: one\nnone: []\nmapping: [a]\nnull_list:\n")
    assert fields.pop_items("items") == []
    assert fields.pop_items("none", required=True) == []
    assert fields.pop_items("null_list", required=True) == []
    mapping = fields.pop("mapping")
    assert mapping is not None
    assert mapping.fields("clause") is None
    assert sorted((f.line, f.message) for f in faults) == [
        (1, "items is a text"),
        (2, "none is an empty list"),
        (3, "clause is a list"),
        (4, "null_list is empty"),
    ]


@pytest.mark.parametrize(
    ("datatype", "text", "message", "mend"),
    [
        (EDTF, "last week", "key: 'last week' is not a date", "write EDTF"),
        (XSD + "boolean", "maybe", "key: 'maybe' is neither true nor false", "its datatype is boolean"),
    ],
)
def test_values_are_checked_by_datatype(
    datatype: str, text: str, message: str, mend: str, tmp_path: Path
) -> None:
    fields, faults = root_fields(tmp_path, f"key: {text}\n")
    assert fields.pop_literal("key", datatype) is None
    assert len(faults) == 1
    assert faults[0].message == message
    assert faults[0].mend.startswith(mend)


def test_folders_are_read_by_name_and_odd_endings_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    faults: list[Fault] = []
    assert read_folder(folder, faults) == []
    folder.mkdir()
    assert read_folder(folder, faults) == []
    assert [f.message for f in faults] == ["the folder does not exist", "the folder holds no .yaml file"]
    for name in ("b.yaml", "a.yaml", "c.yml", "README.md"):
        (folder / name).write_text("x: 1\n")
    (folder / "d.yaml").mkdir()
    faults.clear()
    assert [root.file for root in read_folder(folder, faults)] == ["register/a.yaml", "register/b.yaml"]
    assert [f.file for f in faults] == ["register/c.yml", "register/d.yaml"]


def test_faults_are_raised_in_order_and_once() -> None:
    raise_faults([])
    faults = [Fault("b", 1, "x"), Fault("a", 10, "y"), Fault("a", 9, "z"), Fault("b", 1, "x")]
    with pytest.raises(DataError) as caught:
        raise_faults(faults)
    assert [str(f) for f in caught.value.faults] == ["a:9: z", "a:10: y", "b:1: x"]


def test_nearest_suggests_few_and_only_near_words() -> None:
    assert nearest("SUPORTS", ["USES", "SUPPORTS", "SIGNED"]) == "did you mean SUPPORTS?"
    assert nearest("zebra", ["USES", "SUPPORTS", "SIGNED"]) == ""
    assert nearest("naem", [f"name{n}" for n in range(9)]).count(" or ") <= 2


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.binary(max_size=80), st.text(alphabet="ab01:-[]{}&*!|>'\"# \n\t,?%~\x00é", max_size=80)))
def test_any_content_is_read_or_refused_with_a_line(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    root, faults = read(tmp_path_factory.getbasetemp(), content)
    assert (root is None) == bool(faults)
    data = content if isinstance(content, bytes) else content.encode()
    assert all(1 <= f.line <= len(data) + 2 and f.mend for f in faults)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.from_regex(r"[0-9.:+eE_/-]{1,12}", fullmatch=True)
    )
)
def test_dates_and_numbers_stay_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[str, str]
) -> None:
    text = yaml.safe_dump(wanted)
    fields, faults = root_fields(tmp_path_factory.getbasetemp(), text)
    assert {key: fields.pop_literal(key) for key in wanted} == wanted
    fields.finish()
    assert faults == []
