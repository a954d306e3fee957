"""Value types of literals: reading, checking, and their XSD or EDTF datatypes.

Every literal in the graph is kept as text in its canonical form; `literal_datatype` says as what it goes
out in RDF, so that a partial date is never an ill-typed `xsd:date`.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser import parser_classes
from edtf.parser.edtf_exceptions import EDTFParseException

XSD = "http://www.w3.org/2001/XMLSchema#"
# Of texts in our own words, which go out in RDF with their language.
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
# It prints what it trips over, among the answers of a command.
parser_classes.print = lambda *_said: None  # type: ignore[attr-defined]

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
SCHEMA_NS = "https://w3id.org/carisec/schema#"
AMOUNT = SCHEMA_NS + "Amount"
ENTITY_ID = SCHEMA_NS + "EntityId"

_FISCAL_YEAR = re.compile(r"FY ?(\d{4})")
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)
_ENTITY_ID = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")
# The library takes too long for longer lists of dates, and minutes for the year of `Y1E70000000`.
_LONGEST = 100
_PRECISIONS = {4: ("year", "gYear"), 7: ("month", "gYearMonth"), 10: ("day", "date")}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, month, year or interval in EDTF with the days that it covers at the outside."""

    text: str
    earliest: dt.date | None
    latest: dt.date | None

    @property
    def precision(self) -> str:
        """`day`, `month`, `year`, or `interval` for everything that has two ends or is uncertain."""
        return _PRECISIONS[len(self.text)][0] if _is_plain(self.text) else "interval"

    @property
    def datatype(self) -> str:
        """IRI of the XSD datatype that fits the precision, else of EDTF."""
        return XSD + _PRECISIONS[len(self.text)][1] if _is_plain(self.text) else EDTF


def _is_plain(text: str) -> bool:
    return re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", text) is not None


@lru_cache(maxsize=4096)
def parse_date(text: str) -> PartialDate:
    """Read an EDTF date or a US fiscal year (`FY2023`: October 2022 to September 2023).

    Raises ValueError naming the text.
    """
    if match := _FISCAL_YEAR.fullmatch(text):
        year = int(match[1])
        text = f"{year - 1}-10-01/{year}-09-30"
    date = _plain(text) or _edtf(text)
    if date is None:
        raise ValueError(
            f"{text!r} is not a date; write EDTF such as 2023-11-16, 2023-11, 2023, 2022-10/2023-09 or FY2023"
        )
    if date.earliest is None and date.latest is None:
        raise ValueError(f"{text!r} is not a date: it has neither a beginning nor an end")
    if date.earliest and date.latest and date.latest < date.earliest:
        raise ValueError(f"{text!r} is not a date: the interval ends before it begins")
    return date


def _plain(text: str) -> PartialDate | None:
    """The date for the plainest forms, which the library needs some 20 ms for; None for all others."""
    ends = [_PLAIN.fullmatch(end) for end in text.split("/")]
    if len(ends) > 2 or not all(ends):
        return None
    try:
        days = [_days(end) for end in ends if end]
    except ValueError:
        return None
    return PartialDate(text, days[0][0], days[-1][1]) if days[0][0] <= days[-1][1] else None


def _edtf(text: str) -> PartialDate | None:
    """The date for all other forms; None for what is no date."""
    if "E" in text or len(text) > _LONGEST:
        return None
    try:
        parsed = parse_edtf(text)
        return PartialDate(text, _as_date(parsed.lower_strict()), _as_date(parsed.upper_strict()))
    # The library trips in many ways over what is nearly a date.
    except (EDTFParseException, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None


def _days(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    """First and last day of a year, month or day. Raises ValueError for what is not in the calendar."""
    year, month, day = int(match[1]), match[2], match[3]
    if day:
        return (one := dt.date(year, int(month), int(day))), one
    if month:
        return dt.date(year, int(month), 1), dt.date(year, int(month), monthrange(year, int(month))[1])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _as_date(moment: object) -> dt.date | None:
    """The edtf library gives a struct_time, or an infinity for an open end."""
    if isinstance(moment, tuple) and 1 <= moment[0] <= 9999:
        return dt.date(moment[0], moment[1], moment[2])
    return None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: decimal value and ISO 4217 code."""

    value: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.value} {self.currency}"


def parse_amount(text: str) -> Amount:
    """Read `391132.00 USD`. Raises ValueError naming the text."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ([A-Z]{3})", text)
    if match is None:
        raise ValueError(f"{text!r} is not an amount; write it as '391132.00 USD'")
    return Amount(Decimal(match[1]), match[2])


def _decimal(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a decimal number; write it without separators") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a finite number")
    return format(value, "f")


def _integer(text: str) -> str:
    if re.fullmatch(r"-?\d+", text) is None:
        raise ValueError(f"{text!r} is not a whole number")
    return str(int(text))


def _boolean(text: str) -> str:
    lowered = text.lower()
    if lowered not in ("true", "false"):
        raise ValueError(f"{text!r} is neither true nor false")
    return lowered


def _uri(text: str) -> str:
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text) is None:
        raise ValueError(f"{text!r} is not a web address")
    return text


def _entity_id(text: str) -> str:
    if _ENTITY_ID.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not an id; ids look like agency/atf: lower case, digits and hyphens")
    return text


def _string(text: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise ValueError("the text is empty")
    return cleaned


_READERS: dict[str, Callable[[str], str]] = {
    XSD + "string": _string,
    LANG_STRING: _string,
    XSD + "decimal": _decimal,
    XSD + "integer": _integer,
    XSD + "boolean": _boolean,
    XSD + "anyURI": _uri,
    EDTF: lambda text: parse_date(text).text,
    AMOUNT: lambda text: str(parse_amount(text)),
    ENTITY_ID: _entity_id,
}


def is_datatype(iri: str) -> bool:
    """Whether carisec knows how to read literals of this datatype."""
    return iri in _READERS


def canonical(text: str, datatype: str) -> str:
    """The canonical text of a literal. Raises ValueError that names the text and the mend."""
    return _READERS[datatype](text)


def literal_datatype(text: str, datatype: str) -> str:
    """IRI of the datatype under which a canonical literal goes out in RDF."""
    return parse_date(text).datatype if datatype == EDTF else datatype
