"""PDF files written for tests, byte by byte: lines of text at given places, pictures, and encryption."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 612, 792
# Widths of the font Courier: every character has 0.6 of its size, so a test knows where a line ends.
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
_FONTS = b"<< /F1 " + _FONT % b"Courier" + b" /F2 " + _FONT % b"Courier-Bold" + b" >>"
_PICTURE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `x` and `y` are where its baseline begins, from the lower left corner, in points."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def column(
    lines: Sequence[str], x: float = 72, y: float = 700, step: float = 12, size: float = 10
) -> list[Line]:
    """Lines one below the other; an empty one leaves its place empty."""
    return [Line(x, y - step * n, text, size) for n, text in enumerate(lines) if text]


def pdf(
    pages: Sequence[Sequence[Line]],
    info: Mapping[str, str] | None = None,
    *,
    picture: bool = False,
    encrypted: bool = False,
    language: str | None = None,
    packed: bytes | None = None,
) -> bytes:
    """A PDF file with these pages; `picture` puts one on every page, as scanners do.

    `packed` takes the place of what is on the pages.
    """
    lang = f" /Lang ({language})".encode() if language else b""
    objects = [b"<< /Type /Catalog /Pages 2 0 R" + lang + b" >>", b""]
    kids = []
    for page in pages:
        content = b"".join(map(_shown, page)) + (b"q 612 0 0 792 0 0 cm /P1 Do Q\n" if picture else b"")
        first = len(objects) + 1
        kids.append(b"%d 0 R" % first)
        resources = b"<< /Font " + _FONTS + b" /XObject << /P1 %d 0 R >> >>" % (first + 2)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources %s >>"
            % (WIDTH, HEIGHT, first + 1, resources),
            _stream(b"", content) if packed is None else _stream(b"/Filter /FlateDecode", packed),
            _stream(_PICTURE, b"\x80"),
        ]
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    trailer = b"/Root 1 0 R"
    if info:
        objects.append(
            b"<< %s >>" % b" ".join(b"/%s (%s)" % (k.encode(), _escaped(v)) for k, v in info.items())
        )
        trailer += b" /Info %d 0 R" % len(objects)
    if encrypted:
        key = b"<" + b"5a" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (key, key))
        trailer += b" /Encrypt %d 0 R /ID [<0001> <0001>]" % len(objects)
    return _written(objects, trailer)


def _shown(line: Line) -> bytes:
    font = b"F2" if line.bold else b"F1"
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font, line.size, line.x, line.y, _escaped(line.text))


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _written(objects: Sequence[bytes], trailer: bytes) -> bytes:
    file = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        file
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(file))
    )
