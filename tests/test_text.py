"""Reading documents: decoding, metadata, HTML main text, folders, and one clear line for each bad file."""

import json
import logging
import os
from pathlib import Path

import pytest

from graph.records import text_hash
from loaders.register import Register
from loaders.text import MOST_BYTES, SourceText, list_documents, read_documents
from schema.errors import DataError, Fault, NotFound

NONE = Register({}, (), {})
BODY = "The harbour office met on a rainy day and spoke of the boats, the nets and the long winter. " * 4
PAGE = f"""<!doctype html><html lang="en-TT"><head><meta charset="utf-8"><title>Boats | Harbour News</title>
<meta property="og:title" content="New boats for the bay">
<meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2021-05-04T10:00:00Z">
<link rel="canonical" href="https://example.org/boats"></head>
<body><nav><a href="/">Front page</a><a href="/about">About</a></nav><main><article>
<h1>New boats for the bay</h1><p>{BODY}</p><p>We pledge to:</p>
<ol><li>Paint the boats;</li><li>Sail the boats.</li></ol><p>{BODY}</p></article></main>
<footer>Privacy policy</footer></body></html>"""


def read(path: Path) -> SourceText:
    (source,) = read_documents([path], NONE)
    return source


def faults(*paths: Path) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        read_documents(paths, NONE)
    return caught.value.faults


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "Bay 🌊\r\nBoats\rNets\n".encode(),
        "\ufeffBay 🌊\nBoats\nNets\n".encode(),
        "Bay 🌊\r\nBoats\nNets\n".encode("utf-16"),
    ],
)
def test_a_capture_has_line_feeds_and_no_byte_order_mark(tmp_path: Path, content: bytes) -> None:
    source = read(write(tmp_path / "The Bay Notes.txt", content))
    assert source.text == "Bay 🌊\nBoats\nNets\n"
    assert source.file == "The Bay Notes.txt"
    assert source.entity.id == "document/the-bay-notes"
    assert source.entity.types == ("Document",)
    assert source.entity.properties == {"file": source.file, "sha256": text_hash(source.text)}


def test_the_index_beside_a_file_describes_it(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BODY)
    entry = {
        "file": "a.txt",
        "title": "Rain",
        "publisher": "Harbour News",
        "date": "May 4, 2021",
        "kind": "news",
        "language": "en",
        "url": "https://example.org/rain",
        "published": None,
        "seed": 7,
    }
    write(tmp_path / "index.json", json.dumps([entry]))
    for path in (file, tmp_path):
        entity = read(path).entity
        assert entity.name == "Rain"
        assert entity.properties["published"] == "2021-05-04"
        assert entity.properties["publisher"] == "Harbour News"
        assert entity.properties["url"] == "https://example.org/rain"
        assert "seed" not in entity.properties


def test_an_index_that_does_not_fit_the_file_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "index.json", json.dumps([{"file": "a.txt", "sha256": "0" * 64}]))
    with caplog.at_level(logging.WARNING):
        read(tmp_path)
    assert "another sha256" in caplog.text


@pytest.mark.parametrize(
    ("index", "line", "message"),
    [
        ('[\n{"file": "a.txt",}]', 2, "broken JSON"),
        ('{"file": "a.txt"}', 1, "no list of objects"),
        ('[{"title": "x"}]', 1, "no list of objects"),
        ('[{"file": "a.txt", "date": "some day"}]', 1, "is not a date"),
        ('[{"file": "a.txt", "url": "nowhere"}]', 1, "is not a web address"),
        (b"\xff\xfe\xfa", 1, "not UTF-8"),
    ],
)
def test_a_bad_index_is_one_fault(tmp_path: Path, index: str | bytes, line: int, message: str) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "index.json", index)
    (fault,) = faults(tmp_path)
    assert fault.file.endswith("index.json")
    assert fault.line == line
    assert message in fault.message
    assert fault.mend


@pytest.mark.parametrize(
    ("entries", "line", "message", "mend"),
    [
        ('{"file": "a.txt",\n"publishr": "x"}', 3, "a.txt: unknown key publishr", "did you mean publisher"),
        ('{"file": "a.txt"},\n{"file": "b.txt"}', 3, "b.txt: there is no such file", "a.txt"),
        ('{"file": "a.txt"},\n{"file": "a.txt"}', 3, "line 2 has an entry for this file", "keep one"),
        ('{"file": "a.txt",\n"title": ["x"]}', 3, "a.txt: title: is no text", "one text"),
        ('{"file": "a.txt",\n"sha256": 7}', 3, "a.txt: sha256: is no text", "leave it out"),
        ('{"file": "a.txt", "url": "x",\n"url": "y"}', 1, "a.txt: the key url stands there twice", "one"),
        ('{"file": "a.txt",\n"date": "yesterday"}', 3, "a.txt: date: 'yesterday' is not", "EDTF"),
    ],
)
def test_an_index_entry_that_would_be_lost_is_a_fault(
    tmp_path: Path, entries: str, line: int, message: str, mend: str
) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "index.json", f"[\n{entries}]")
    (fault,) = faults(tmp_path)
    assert (fault.file, fault.line) == (str(tmp_path / "index.json"), line)
    assert message in fault.message
    assert mend in fault.mend


def test_a_file_is_read_without_those_that_its_index_misses(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    write(tmp_path / "index.json", '[{"file": "a.txt", "title": "Rain"}, {"file": "b.txt"}]')
    assert read(path).entity.name == "Rain"


def test_an_index_nested_without_end_is_one_fault(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "index.json", "[" * 200_000)
    (fault,) = faults(tmp_path)
    assert fault.message == "is nested too deep"


def test_front_matter_is_metadata_and_no_part_of_what_the_document_says(tmp_path: Path) -> None:
    head = "---\ntitle: 'Rain: a report'\ndate: 2021-05-04T08:00:00Z\nurl:\n---\n"
    source = read(write(tmp_path / "a.md", f"{head}\n# Other\n\n{BODY}"))
    assert source.text.startswith("---\n")
    assert source.body == len(head)
    assert source.entity.name == "Rain: a report"
    assert source.entity.properties["published"] == "2021-05-04"
    assert "url" not in source.entity.properties


@pytest.mark.parametrize(
    ("field", "message", "mend"),
    [
        ("titel: Rain", "titel: unknown key", "did you mean title?"),
        ("ulr: https://example.org", "ulr: unknown key", "did you mean url?"),
        ("date: yesterday", "date: 'yesterday' is not a date", "EDTF"),
        ("url: notaurl", "url: 'notaurl' is not a web address", "mend"),
        ("title:\n  Rain", "title: goes on over several lines", "one line"),
        ("kind: report\nkind: news", "kind: line 3 has this key already", "keep one"),
        ("published: 2021\ndate: 2022", "date: 2022 contradicts published 2021", "keep one"),
    ],
)
def test_front_matter_that_would_be_lost_is_a_fault(
    tmp_path: Path, field: str, message: str, mend: str
) -> None:
    path = write(tmp_path / "a.md", f"---\nlanguage: en\n{field}\n---\n{BODY}")
    (fault,) = faults(path)
    key = message.partition(":")[0]
    last = max(n for n, line in enumerate(path.read_text().split("\n"), 1) if line.startswith(f"{key}:"))
    assert (fault.file, fault.line) == (str(path), last)
    assert message in fault.message
    assert mend in fault.mend


def test_other_keys_of_front_matter_are_told_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    head = "---\ntitle: Rain\nsubtitle: Wind\nupdated: 2021\ntags:\n  - a\nog-type: article\n---\n"
    with caplog.at_level(logging.WARNING):
        assert read(write(tmp_path / "a.md", head + BODY)).entity.name == "Rain"
    (record,) = caplog.records
    assert record.getMessage().endswith("carisec does not use subtitle, updated, tags, og-type")


def test_a_text_between_rules_is_no_front_matter(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.md", f"---\n{BODY}\n---\n{BODY}")).body == 0


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# **The bay**\n\n{BODY}", "The bay"),
        (f"Notes of the bay\n\n{BODY}", "Notes of the bay"),
        (f"{BODY}\n", "a"),
        ("A sentence is no title.\n", "a"),
    ],
)
def test_a_title_is_found_in_the_text(tmp_path: Path, text: str, title: str) -> None:
    assert read(write(tmp_path / "a.md", text)).entity.name == title


def test_html_gives_its_main_text_and_its_head(tmp_path: Path) -> None:
    source = read(write(tmp_path / "a.html", PAGE))
    assert "boats, the nets" in source.text
    assert "1. Paint the boats;\n2. Sail the boats." in source.text
    assert "Front page" not in source.text
    assert "Privacy" not in source.text
    assert source.entity.name == "New boats for the bay"
    wanted = {
        "published": "2021-05-04",
        "publisher": "Harbour News",
        "url": "https://example.org/boats",
        "language": "en",
    }
    assert wanted.items() <= source.entity.properties.items()


def test_html_in_another_encoding_and_with_little_text(tmp_path: Path) -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><p>Été “bay”</p></body></html>'
    assert read(write(tmp_path / "a.htm", page.encode("cp1252"))).text == "Été “bay”"


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.txt", b"", 1, "is empty"),
        ("a.md", b" \n\t\n", 1, "is empty"),
        ("a.txt", b"%PDF-1.7\n\x00\xff\xfe\x01", 2, "is binary"),
        ("a.txt", b"fine\nthen \x00 nul", 2, "is binary"),
        ("a.txt", "caf\xe9\n".encode("latin-1"), 1, "is not UTF-8 text: byte 0xE9 at position 3"),
        ("a.txt", b"\xff\xfea", 1, "is not UTF-16-LE text"),
        ("a.html", b"<html><body><script>x()</script></body></html>", 1, "HTML page without text"),
        ("a.pdf", b"text", 1, "the ending .pdf"),
        ("a", b"text", 1, "the ending (none)"),
    ],
)
def test_a_bad_file_is_one_line_with_its_name(
    tmp_path: Path, name: str, content: bytes, line: int, message: str
) -> None:
    path = write(tmp_path / name, content)
    (fault,) = faults(path)
    assert fault.file == str(path)
    assert fault.line == line
    assert message in fault.message
    assert fault.mend
    assert "\n" not in str(fault)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (fault,) = faults(path)
    assert "more than the 20,000,000" in fault.message


def test_all_bad_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "b.txt", b"")
    write(tmp_path / "c.txt", b"\xff")
    assert [Path(fault.file).name for fault in faults(tmp_path)] == ["b.txt", "c.txt"]


def test_two_files_with_one_name_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "one" / "Report.txt", BODY)
    write(tmp_path / "two" / "report.md", BODY + "!")
    (fault,) = faults(tmp_path)
    assert "document/report" in fault.message


def test_folders_are_read_with_their_subfolders_and_tell_what_they_skip(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "b" / "two.md", BODY + "2")
    write(tmp_path / "one.TXT", BODY + "1")
    write(tmp_path / "photo.jpg", b"\xff")
    write(tmp_path / ".hidden.txt", BODY)
    with caplog.at_level(logging.WARNING):
        sources = read_documents([tmp_path, tmp_path / "one.TXT"], NONE)
    assert [s.file for s in sources] == ["two.md", "one.TXT"]
    skipped = list_documents([tmp_path]).skipped
    assert [s.path.name for s in skipped] == [".hidden.txt", "photo.jpg"]
    assert all(s.path.name in caplog.text for s in skipped)


def test_a_path_that_does_not_exist_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        read_documents([tmp_path / "nowhere"], NONE)


def test_a_path_that_cannot_be_one_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / ("x" * 300 + ".txt"), write(tmp_path / "a.txt", BODY) / "b.txt", Path("a\0b")):
        with pytest.raises(NotFound, match="check the path"):
            read_documents([path], NONE)


def test_a_folder_without_a_document_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "empty" / "photo.jpg", b"\xff")
    write(tmp_path / "full" / "a.txt", BODY)
    (fault,) = faults(tmp_path / "full", tmp_path / "empty")
    assert fault.file == str(tmp_path / "empty")
    assert "no document" in fault.message
    assert ".markdown" in fault.mend


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    write(tmp_path / "a.txt", BODY)
    (tmp_path / "again").symlink_to(tmp_path)
    write(tmp_path / ".git" / "b.txt", BODY)
    assert [s.file for s in read_documents([tmp_path], NONE)] == ["a.txt"]
    assert [(s.path.name, s.reason) for s in list_documents([tmp_path]).skipped] == [
        (".git", "it is hidden"),
        ("again", "it is a link to a folder"),
        ("pipe.txt", "it is no regular file"),
    ]
    (fault,) = faults(pipe)
    assert fault.message == "is no regular file"


def test_links_to_nothing_and_to_themselves_are_faults(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    assert [Path(fault.file).name for fault in faults(tmp_path)] == ["a.txt", "b.txt"]


def test_a_subfolder_that_cannot_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", BODY)
    shut = write(tmp_path / "shut" / "b.txt", BODY).parent
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path) == str(shut):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (fault,) = faults(tmp_path)
    assert fault.file == str(shut)
    assert fault.message == "cannot be read: Permission denied"


def test_a_file_that_cannot_be_opened_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", BODY)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (fault,) = faults(path)
    assert fault.message == "cannot be read: Permission denied"
