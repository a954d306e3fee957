"""References as people and programs read them: a list in plain text, CSL-JSON, BibTeX."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import quote

import orjson

from queries.citations import AnswerReference, Citations, Reference
from queries.language import spoken_date


class CitationForm(StrEnum):
    """How references are written."""

    TEXT = "text"
    CSL = "csl"
    BIBTEX = "bibtex"


# What CSL calls a document of a kind, by a word of the kind; anything else is a `document`.
_CSL_TYPES = {
    "agreement": "treaty",
    "article": "article-newspaper",
    "law": "legislation",
    "news": "article-newspaper",
    "remarks": "speech",
    "report": "report",
    "speech": "speech",
    "treaty": "treaty",
}
# What TeX takes for more than a sign. A brace counts for BibTeX even behind a backslash, so it gets a name.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PLAIN_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)
# Signs that an address may have as they are; braces and blanks would end a field of BibTeX, or a line.
_ADDRESS_SIGNS = "%/:?#[]@!$&'()*+,;=~"


def written(citations: Citations, form: CitationForm) -> str:
    """The references in a form, with a newline at the end."""
    match form:
        case CitationForm.TEXT:
            return "\n".join(_text_lines(citations)) + "\n"
        case CitationForm.CSL:
            return orjson.dumps(csl(citations), option=orjson.OPT_INDENT_2).decode() + "\n"
        case CitationForm.BIBTEX:
            return "\n".join(_bibtex_entries(citations))


# --- text -----------------------------------------------------------------------------------------------


def _text_lines(citations: Citations) -> Iterator[str]:
    accessed = f" (accessed {_day(citations.accessed)})" if citations.accessed else ""
    for n, one in enumerate(citations.documents, 1):
        when = spoken_date(one.published) if one.published else None
        parts = (one.title, ", ".join(filter(None, (one.publisher, when))), one.address + accessed)
        yield f"[{n}] " + " ".join(f"{part}." for part in parts if part)
        for place in one.places:
            yield f"    {place}"
    answer = citations.answer
    where = f". {answer.address}" if answer.address else ""
    yield f"[{len(citations.documents) + 1}] {_told(answer)}{where}{accessed}."


def _told(answer: AnswerReference) -> str:
    return (
        f"carisec {answer.carisec}: “{answer.title}”. Graph {answer.graph}, receipt sha256 {answer.receipt}"
    )


def _day(date: dt.date) -> str:
    return spoken_date(date.isoformat())


# --- CSL-JSON -------------------------------------------------------------------------------------------


def csl(citations: Citations) -> list[dict[str, Any]]:
    """The references as CSL-JSON items; `note` holds the clauses."""
    answer = citations.answer
    made = [
        *(_csl_document(one) for one in citations.documents),
        {
            "id": answer.key,
            "type": "dataset",
            "title": answer.title,
            "publisher": f"carisec {answer.carisec}",
            "version": answer.graph,
            "URL": answer.address,
            "note": f"receipt sha256 {answer.receipt}",
        },
    ]
    if citations.accessed:
        date = citations.accessed
        accessed = {"date-parts": [[date.year, date.month, date.day]]}
        made = [{**item, "accessed": accessed} for item in made]
    return [{name: value for name, value in item.items() if value is not None} for item in made]


def _csl_document(one: Reference) -> dict[str, Any]:
    words = (one.kind or "").lower().split()
    kind = next((_CSL_TYPES[word] for word in words if word in _CSL_TYPES), "document")
    return {
        "id": one.key,
        "type": kind,
        "title": one.title,
        "publisher": one.publisher,
        "issued": _csl_date(one.published) if one.published else None,
        "genre": one.kind,
        "language": one.language,
        "URL": one.address,
        "note": " | ".join(map(str, one.places)),
    }


def _csl_date(text: str) -> dict[str, Any]:
    """An EDTF date as CSL has it; what is uncertain or open keeps its own words."""
    ends = [_PLAIN_DATE.fullmatch(end) for end in text.split("/")]
    if len(ends) > 2 or not all(ends):
        return {"literal": text}
    return {"date-parts": [[int(part) for part in end.groups() if part] for end in ends if end]}


# --- BibTeX ---------------------------------------------------------------------------------------------


def _bibtex_entries(citations: Citations) -> Iterator[str]:
    urldate = citations.accessed.isoformat() if citations.accessed else None
    for one in citations.documents:
        plain = _PLAIN_DATE.fullmatch(one.published or "")
        fields = {
            "title": f"{{{_tex(one.title)}}}",
            "howpublished": _tex(one.publisher) if one.publisher else None,
            "date": one.published,
            "year": plain[1] if plain else None,
            "month": _MONTHS[int(plain[2]) - 1] if plain and plain[2] else None,
            "type": _tex(one.kind) if one.kind else None,
            "language": one.language,
            "url": _tex_address(one.address),
            "urldate": urldate,
            "note": _tex(" | ".join(map(str, one.places))),
        }
        yield _entry(one.key, fields)
    answer = citations.answer
    fields = {
        "title": f"{{{_tex(answer.title)}}}",
        "howpublished": f"carisec {_tex(answer.carisec)}",
        "version": answer.graph,
        "url": _tex_address(answer.address) if answer.address else None,
        "urldate": urldate,
        "note": f"receipt sha256 {answer.receipt}",
    }
    yield _entry(answer.key, fields)


def _entry(key: str, fields: Mapping[str, str | None]) -> str:
    """An entry; month names are macros of every style and stand without braces."""
    given = {name: value for name, value in fields.items() if value is not None}
    lines = (f"  {name} = {v if name == 'month' else f'{{{v}}}'},\n" for name, v in given.items())
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _tex(text: str) -> str:
    """Text on one line for TeX; letters beyond ASCII stay, since files are UTF-8."""
    plain = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cs"))
    return plain.translate(_TEX)


def _tex_address(address: str) -> str:
    """An address as the field `url` has it, which is taken to the letter: no sign of it is escaped."""
    return quote(address, safe=_ADDRESS_SIGNS)
