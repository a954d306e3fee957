"""Word files written for tests, with lists whose numbering the test defines itself."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

Levels = Sequence[tuple[str, str]]


def saved(document: WordDocument) -> bytes:
    """The bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_lists(lists: Mapping[int, Levels], starts: Mapping[int, int] | None = None) -> WordDocument:
    """An empty document with lists by their ids, each with format and text of its levels.

    `starts` says with which number the first level of a list starts anew.
    """
    document = Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for key, levels in lists.items():
        inner = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for n, (form, text) in enumerate(levels)
        )
        root.append(
            parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{inner}</w:abstractNum>')
        )
    for key in lists:
        start = (starts or {}).get(key)
        override = (
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
        )
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/>{override}</w:num>'
            )
        )
    return document


def item(document: WordDocument, text: str, numbering: int, level: int = 0) -> None:
    """Add an item to one of the document's lists."""
    paragraph = document.add_paragraph(text)
    properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(properties))


def body(document: WordDocument, xml: str) -> None:
    """Add a piece of the body as it stands in the file."""
    declared = nsdecls("w")
    element = parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {declared}", xml))
    document.element.body.insert(len(document.element.body) - 1, element)


def with_notes(data: bytes, notes: Sequence[str]) -> bytes:
    """A Word file with footnotes."""
    inner = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>'
        f"<w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>"
        for n, note in enumerate(notes, 1)
    )
    xml = f"<w:footnotes {nsdecls('w')}>{inner}</w:footnotes>"
    kind = "officeDocument/2006/relationships/footnotes"
    relation = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/{kind}" Target="footnotes.xml"/>'
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{main}"/>'
    changed = {
        "word/_rels/document.xml.rels": ("</Relationships>", relation),
        "[Content_Types].xml": ("</Types>", override),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changed:
                end, more = changed[name]
                content = content.decode().replace(end, more + end).encode()
            new.writestr(name, content)
        new.writestr("word/footnotes.xml", xml)
    return file.getvalue()
