"""Reading documents: decoding, formats, folders, and one clear line for each bad file."""

import logging
import os
import sys
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.records import text_hash
from loaders.text import MOST_BYTES, list_documents, read_documents
from schema.errors import NotFound
from tests.made_docx import saved
from tests.made_pdf import column, pdf
from tests.read_files import BODY, NONE, faults, read, write


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


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.txt", b"", 1, "is empty"),
        ("a.md", b" \n\t\n", 1, "is empty"),
        ("a.txt", b"%PDF-1.7\n\x00\xff\xfe\x01", 1, "is binary: it is a PDF file"),
        ("a.md", b"PK\x03\x04\x00", 1, "is binary: it is a Word file or another ZIP archive"),
        ("a.txt", b"{\\rtf1 Boats}", 1, "is binary: it is an RTF file"),
        ("a.txt", b"<!DOCTYPE html><html><body>Boats</body></html>", 1, "is an HTML page"),
        ("a.md", b"---\ntitle: Boats\n---\n\n", 1, "has front matter and no text"),
        ("a.txt", b"fine\nthen \x00 nul", 2, "is binary"),
        ("a.txt", "caf\xe9\n".encode("latin-1"), 1, "is not UTF-8 text: byte 0xE9 at position 3"),
        ("a.txt", b"\xff\xfea", 1, "is not UTF-16-LE text"),
        ("a.html", b"<html><body><script>x()</script></body></html>", 1, "HTML page without text"),
        ("a.odt", b"text", 1, "the ending .odt"),
        ("a.pdf", b"<html><p>Not found</p></html>", 1, "is an HTML page, whatever its ending says"),
        ("a.docx", b"%PDF-1.7", 1, "is a PDF file, whatever its ending says"),
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
        sources = read_documents([tmp_path, tmp_path / "one.TXT"], NONE).sources
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
    assert [s.file for s in read_documents([tmp_path], NONE).sources] == ["a.txt"]
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


def test_good_documents_are_read_beside_bad_ones(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "b.txt", b"\xff")
    write(tmp_path / "c.docx", b"PK\x03\x04")
    write(tmp_path / "d.pdf", b"%PDF-")
    write(tmp_path / "e.txt", BODY + "!")
    write(tmp_path / "index.json", '[{"file": "e.txt", "title": "Rain", "date": "someday"}]')
    documents = read_documents([tmp_path], NONE)
    assert [source.file for source in documents.sources] == ["a.txt", "e.txt"]
    assert documents.sources[1].entity.name == "Rain"
    assert "published" not in documents.sources[1].entity.properties
    names = [Path(fault.file).name for fault in documents.faults]
    assert names == ["index.json", "b.txt", "c.docx", "d.pdf"]


def test_of_two_files_with_one_name_neither_is_read(tmp_path: Path) -> None:
    one = write(tmp_path / "one" / "report.txt", BODY)
    two = write(tmp_path / "two" / "report.md", BODY + "!")
    for first, second in ((one, two), (two, one)):
        documents = read_documents([first, second], NONE)
        assert documents.sources == ()
        (fault,) = documents.faults
        assert fault.file == str(second)
        assert f"as {first} does" in fault.message


def test_pdf_and_word_files_are_read(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("New Boats", 0)
    document.add_paragraph(BODY)
    write(tmp_path / "a.docx", saved(document))
    write(tmp_path / "b.pdf", pdf([column(["It rained on the boats."])], {"Title": "Rain"}))
    word, page = read_documents([tmp_path], NONE).sources
    assert (word.entity.name, word.text) == ("New Boats", f"# New Boats\n\n{BODY.strip()}")
    assert (page.entity.name, page.text) == ("Rain", "It rained on the boats.")
    assert page.entity.properties["sha256"] == text_hash(page.text)


def test_characters_that_were_decoded_wrongly_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    read(write(tmp_path / "a.txt", "The councilâ€™s cafÃ© \ufffd\n"))
    assert "3 characters were decoded wrongly" in caplog.text


MADE = pdf([column(["It rained on the boats."])], {"Title": "Rain"})
WORD = saved(Document())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([".txt", ".md", ".html", ".docx"]),
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(str.encode),
        st.text(max_size=100).map("<html><body><ol type=i><li value=x>{}".format).map(str.encode),
        st.tuples(st.integers(0, len(WORD)), st.binary(max_size=20)).map(
            lambda c: WORD[: c[0]] + c[1] + WORD[c[0] :]
        ),
    ),
)
def test_no_bytes_make_reading_raise(tmp_path: Path, ending: str, data: bytes) -> None:
    documents = read_documents([write(tmp_path / f"a{ending}", data)], NONE)
    assert len(documents.sources) + len(documents.faults) == 1
    for source in documents.sources:
        assert source.text.strip()
        assert 0 <= source.body <= len(source.text)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(MADE)), st.binary(max_size=20), st.integers(0, 40))
def test_no_bytes_of_a_pdf_make_reading_raise(tmp_path: Path, place: int, new: bytes, gone: int) -> None:
    path = write(tmp_path / "a.pdf", MADE[:place] + new + MADE[place + gone :])
    documents = read_documents([path], NONE)
    assert len(documents.sources) + len(documents.faults) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_name_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    path = write(tmp_path / os.fsdecode(b"a\xff.txt"), BODY)
    (fault,) = faults(path)
    assert "has a name with bytes that are no characters" in str(fault)
    assert str(fault).encode().isascii()
