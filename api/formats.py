"""In which form an answer goes out: by the suffix of its path, else by the Accept header."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import mimeparse

from graph.export import FORMATS as EXPORTS
from schema.errors import NotAcceptable


@dataclass(frozen=True, slots=True)
class Format:
    """A representation: its suffix with the dot, its media type, and the label of links to it."""

    suffix: str
    media_type: str
    label: str

    @property
    def content_type(self) -> str:
        textual = self.media_type.startswith("text/") and "charset" not in self.media_type
        return self.media_type + ("; charset=utf-8" if textual else "")


JSON = Format(".json", "application/json", "JSON")
CSV = Format(".csv", "text/csv", "CSV")
NDJSON = Format(".ndjson", "application/x-ndjson", "NDJSON")
HTML = Format(".html", "text/html", "page")
BIBTEX = Format(".bib", "application/x-bibtex", "BibTeX")
CSL = Format(".csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON")
REFERENCES = Format(".txt", "text/plain", "references")
PROBLEM = "application/problem+json"

# The names by which graph.export knows the RDF formats, by suffix.
RDF_EXPORTS: Mapping[str, str] = {
    EXPORTS[name].suffix: name for name in ("turtle", "jsonld", "ntriples", "rdfxml")
}
RDF = tuple(
    Format(suffix, EXPORTS[name].media_type, EXPORTS[name].label) for suffix, name in RDF_EXPORTS.items()
)

TABLES = (JSON, CSV, NDJSON, HTML)
RECORDS = (JSON, HTML)
CITATIONS = (REFERENCES, BIBTEX, CSL)
LINKED = (JSON, HTML, *RDF)


# A member of an Accept header, and a part of a media type.
_RANGE = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*"?)+')
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")


def split_suffix(path: str, offered: Sequence[Format]) -> tuple[str, Format | None]:
    """The path without the suffix of an offered format, and that format; None where it has none.

    Of two that fit, `.csl.json` and `.json`, it is the longer one.
    """
    for one in sorted(offered, key=lambda one: -len(one.suffix)):
        if path.endswith(one.suffix) and len(path) > len(one.suffix):
            return path.removesuffix(one.suffix), one
    return path, None


def form_of(path: str, accept: str | None, offered: Sequence[Format]) -> Format:
    """The format that the suffix of a path says, else the one that an Accept header wants."""
    return split_suffix(path, offered)[1] or negotiate(accept, offered)


def negotiate(accept: str | None, offered: Sequence[Format]) -> Format:
    """The offered format that an Accept header wants most; the first one where it leaves the choice.

    Raises NotAcceptable that lists what there is.
    """
    said = _RANGE.findall(accept or "")
    if not any(one.strip() for one in said):
        return offered[0]
    ranges = sorted(_ranges(said), key=lambda one: -float(one[2]["q"]))
    # Of equals `max` gives the first one.
    (quality, _), best = max(
        ((mimeparse.quality_and_fitness_parsed(one.media_type, ranges), one) for one in offered),
        key=lambda found: found[0],
    )
    if not quality:
        listed = ", ".join(f"{one.media_type} ({one.suffix})" for one in offered)
        types = {one.media_type: one.suffix for one in offered}
        raise NotAcceptable(f"There is no representation as {accept!r}; there are {listed}.", types)
    return best


def _ranges(said: Iterable[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Media ranges with their parameters; what is none is passed over."""
    for one in said:
        try:
            kind, subtype, parameters = mimeparse.parse_media_range(one.strip().lower())
        except mimeparse.MimeTypeParseException:
            continue
        if _TOKEN.fullmatch(kind) and _TOKEN.fullmatch(subtype) and (kind != "*" or subtype == "*"):
            yield kind, subtype, parameters
