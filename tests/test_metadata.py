"""What is known about a document: its index, front matter, dateline, and what is missing."""

import hashlib
import json
import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.records import text_hash
from loaders.text import read_documents
from tests.made_pdf import column, pdf
from tests.read_files import BODY, NONE, faults, read, write


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


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
    record = caplog.records[0]
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


def test_an_index_may_give_the_hash_of_the_file_or_of_its_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = pdf([column(["It rained on the boats."])])
    file = write(tmp_path / "a.pdf", data)
    for sha256 in (hashlib.sha256(data).hexdigest(), text_hash("It rained on the boats.")):
        write(tmp_path / "index.json", json.dumps([{"file": "a.pdf", "sha256": sha256}]))
        read(file)
    assert "another sha256" not in caplog.text


def test_missing_metadata_is_asked_for_by_name_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = write(tmp_path / "a.txt", f"---\npublisher: Harbour News\n---\n{BODY}")
    read(path)
    (message,) = warnings(caplog)
    assert message.startswith(f"{path}: no title, published, url, language; say them in index.json beside it")
    assert '"file": "a.txt"' in message
    caplog.clear()
    entry = {
        "file": "a.txt",
        "title": "Rain",
        "date": "2021",
        "language": "en",
        "url": "https://example.org/",
    }
    write(tmp_path / "index.json", json.dumps([entry]))
    read(path)
    assert warnings(caplog) == []


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("PORT KELP, May 4, 2021 – It rained.", "2021-05-04"),
        ("**PORT KELP, Wrackland (May 4, 2021)** — It rained.", "2021-05-04"),
        ("Port of Kelp, 4 May 2021: It rained.", "2021-05-04"),
        ("Kelp Bay; 4 May 2021 -- It rained.", "2021-05-04"),
        ("# Rain\n\nTuesday, May 4, 2021\n\nIt rained.", "2021-05-04"),
        ("Rain in the Bay\nReleased: May 4, 2021\nIt rained.", "2021-05-04"),
        ("May 4, 2021\n\nPORT KELP, May 4, 2021 – It rained.", "2021-05-04"),
        ("May 5, 2021\n\nPORT KELP, May 4, 2021 – It rained.", None),
        ("PORT KELP, May 2021 – It rained.", None),
        ("It rained on May 4, 2021 – for the first time.", None),
        ("On May 4, 2021, it rained.", None),
        ("Rain\n" * 20 + "May 4, 2021\n", None),
    ],
)
def test_a_dateline_says_when_where_nothing_else_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, head: str, day: str | None
) -> None:
    path = write(tmp_path / "a.txt", f"{head}\n\n{BODY}\n")
    with caplog.at_level(logging.INFO, "carisec.loaders"):
        assert read(path).entity.properties.get("published") == day
    assert (f"published {day} is taken from the dateline in line" in caplog.text) == (day is not None)
    write(tmp_path / "index.json", '[{"file": "a.txt", "date": "2020-01-02"}]')
    assert read(path).entity.properties["published"] == "2020-01-02"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=9)),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3),
                st.dictionaries(st.sampled_from(["file", "title", "date", "url", "sha256", "x"]), inner),
            ),
            max_leaves=9,
        ).map(
            lambda value: json.dumps([{"file": "a.txt", "title": "\ud800", "date": value}, value]).encode()
        ),
    )
)
def test_no_index_makes_reading_raise_or_keeps_a_document_out(tmp_path: Path, index: bytes) -> None:
    write(tmp_path / "index.json", index)
    (source,) = read_documents([write(tmp_path / "a.txt", BODY)], NONE).sources
    source.entity.name.encode()
