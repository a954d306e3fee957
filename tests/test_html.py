"""HTML pages: main text, metadata of the head, lists with their numbers, tables, encodings."""

from pathlib import Path

import pytest

from loaders.segments import ITEM, ROW, segment
from tests.read_files import BODY, read, write

PAGE = f"""<!doctype html><html lang="en-TT"><head><meta charset="utf-8"><title>Boats | Harbour News</title>
<meta property="og:title" content="New boats for the bay">
<meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2021-05-04T10:00:00Z">
<link rel="canonical" href="https://example.org/boats"></head>
<body><nav><a href="/">Front page</a><a href="/about">About</a></nav><main><article>
<h1>New boats for the bay</h1><p>{BODY}</p><p>We pledge to:</p>
<ol><li>Paint the boats;</li><li>Sail the boats.</li></ol><p>{BODY}</p></article></main>
<footer>Privacy policy</footer></body></html>"""


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


LISTS = """<ol><li>Paint:<ol type="i"><li>the <b>old</b> ones;</li><li>the new ones.</li></ol></li>
<li>Sail:<ul><li>far<ul><li>very far</li></ul></li></ul></li></ol><p>We will also:</p>
<ol start="3"><li><p>Sell them.</p></li></ol><p>And then:</p>
<ol style="list-style-type: upper-latin"><li value="4">Buy.</li>
<li>Lend.</li></ol>"""
TABLE = """<table><thead><tr><th>Year</th><th>Boats</th></tr></thead>
<tbody><tr><td>2021</td><td>14</td></tr><tr><td>2022</td><td>1,005</td></tr></tbody></table>"""


def test_lists_and_tables_of_pages_keep_their_numbers(tmp_path: Path) -> None:
    page = (
        f"<html><body><main><article><h1>Boats</h1><p>{BODY}</p>{TABLE}<p>We will:</p>{LISTS}<p>{BODY}</p>"
        "</article></main><div class='comments'><h3>Comments</h3><p>I like boats a lot.</p></div>"
        "</body></html>"
    )
    text = read(write(tmp_path / "a.html", page)).text
    assert "I like boats" not in text
    blocks = segment(text)
    assert [b.number for b in blocks if b.kind == ITEM] == [
        "1",
        "1.i",
        "1.ii",
        "2",
        "2.1",
        "2.1.1",
        "3",
        "D",
        "E",
    ]
    rows = [(b.parent, text[b.body : b.end]) for b in blocks if b.kind == ROW]
    head = next(index for index, b in enumerate(blocks) if b.kind == ROW)
    assert rows == [(0, "Year | Boats"), (head, "2021 | 14"), (head, "2022 | 1,005")]


@pytest.mark.parametrize("charset", ["iso-8859-1", "hex", "unicode_escape", "nonsense"])
def test_a_page_in_any_declared_encoding_is_read_or_a_fault(tmp_path: Path, charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>“Bay” \\x41 and boats</p></body></html>'
    data = page.encode("cp1252" if charset == "iso-8859-1" else "utf-8")
    assert read(write(tmp_path / "a.html", data)).text == "“Bay” \\x41 and boats"


def test_words_of_pages_are_as_the_reader_sees_them(tmp_path: Path) -> None:
    page = (
        f"<html><body><main><article><p>{BODY}</p><p><b>Old</b> <i>boats</i> [12] of_the * bay, 5*6</p>"
        f"<p>2. Nets by hand.</p><p><b>All Bold</b></p><p>{BODY}</p></article></main></body></html>"
    )
    lines = read(write(tmp_path / "a.html", page)).text.split("\n\n")
    assert lines[1:-1] == ["Old boats [12] of_the * bay, 5*6", "2. Nets by hand.", "**All Bold**"]
