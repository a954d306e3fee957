"""The two clocks of a question: what was true at some time, and what was published by then.

Query texts carry markers that are comments, so that they run as they stand where no clock is given. In Cypher
`/* clocks: r s */` stands after a condition of a WHERE, r and s being relationships or statements, and
`/* published: d */` likewise for documents; in SPARQL `# clocks: ?s` and `# published: ?d` are lines of the
group in which the reified statement or the document is bound.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from graph.records import FIRST_DAY, LAST_DAY, Clock
from graph.vocabulary import KNOWN_FROM, VALID_FROM, VALID_UNTIL
from schema.errors import BadParameter
from schema.values import parse_date

AS_OF, KNOWN_ON = "as_of", "known_on"
# Before the names of the clocks of the second side, where two are compared.
TO = "to_"
# What the two parameters mean, for whoever describes an interface.
HELP: Mapping[str, str] = {
    AS_OF: "Only what may have been true at some time of this date, month, year or interval (EDTF, FY2023)",
    KNOWN_ON: "Only what documents say that were published by the end of this date, month or year (EDTF)",
}
CLOCKS, PUBLISHED = "clocks", "published"
MARKER = re.compile(rf"/\* ({CLOCKS}|{PUBLISHED}):((?: [A-Za-z]\w*)+) \*/")
_SPARQL_MARKER = re.compile(rf"^([ \t]*)# ({CLOCKS}|{PUBLISHED}):((?: \?[A-Za-z]\w*)+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Clocks:
    """`as_of`: true at that time; `known_on`: published by then. Canonical EDTF, or None where it is open."""

    as_of: str | None = None
    known_on: str | None = None

    @classmethod
    def read(cls, as_of: str | None, known_on: str | None, prefix: str = "") -> Self:
        """From what somebody wrote; nothing and white space are none.

        Raises BadParameter, with the prefix before the name of the parameter.
        """
        return cls(_canonical(prefix + AS_OF, as_of), _canonical(prefix + KNOWN_ON, known_on))

    @property
    def given(self) -> bool:
        """Whether there is any limit."""
        return self.as_of is not None or self.known_on is not None

    def json(self) -> dict[str, str | None]:
        """`{as_of, known_on}`, as answers show it."""
        return {AS_OF: self.as_of, KNOWN_ON: self.known_on}

    def published(self, known: str | None) -> bool:
        """Whether a document with this day `known` was published by then."""
        return self.known_on is None or (known or LAST_DAY) <= _days(self.known_on)[1]

    def hold(self, clock: Clock) -> bool:
        """Whether a statement with this clock is within both limits."""
        if self.as_of is None:
            return self.published(clock.known)
        start, end = _days(self.as_of)
        return self.published(clock.known) and clock.since <= end and clock.until >= start

    def values(self) -> dict[str, str | dict[str, str]]:
        """Parameters for Cypher, those that are given: `$as_of` as `{start, end}`, `$known_on` as a day."""
        found: dict[str, str | dict[str, str]] = {}
        if self.as_of is not None:
            found[AS_OF] = dict(zip(("start", "end"), _days(self.as_of), strict=True))
        if self.known_on is not None:
            found[KNOWN_ON] = _days(self.known_on)[1]
        return found

    def cypher(self, text: str) -> str:
        """A query text with its markers made conditions; as it is where no clock is given."""
        return MARKER.sub(lambda m: self._conditions(m[1], m[2].split()), text) if self.given else text

    def sparql(self, text: str) -> str:
        """A SPARQL text with its markers made filters; as it is where no clock is given."""
        return _SPARQL_MARKER.sub(self._filters, text) if self.given else text

    def _conditions(self, kind: str, names: list[str]) -> str:
        made = []
        for name in names:
            if self.known_on is not None:
                made.append(f"{name}.known <= ${KNOWN_ON}")
            if self.as_of is not None and kind == CLOCKS:
                made.append(f"{name}.since <= ${AS_OF}.end AND {name}.until >= ${AS_OF}.start")
        return "".join(f" AND {condition}" for condition in made).lstrip()

    def _filters(self, marker: re.Match[str]) -> str:
        made = []
        for name in marker[3].split():
            if self.known_on is not None and (day := _days(self.known_on)[1]) < LAST_DAY:
                made.append(_exists(name, KNOWN_FROM.value, f'<= "{day}"'))
            if self.as_of is not None and marker[2] == CLOCKS:
                start, end = _days(self.as_of)
                made.append(_exists(name, VALID_FROM.value, f'> "{end}"', "NOT "))
                made.append(_exists(name, VALID_UNTIL.value, f'< "{start}"', "NOT "))
        return "\n".join(marker[1] + one for one in made)


UNLIMITED = Clocks()


def _canonical(name: str, text: str | None) -> str | None:
    text = (text or "").strip()
    if not text:
        return None
    try:
        return parse_date(text).text
    except ValueError as error:
        raise BadParameter(name, str(error)) from None


def _days(text: str) -> tuple[str, str]:
    """First and last day of a date in canonical EDTF."""
    date = parse_date(text)
    return (
        date.earliest.isoformat() if date.earliest else FIRST_DAY,
        date.latest.isoformat() if date.latest else LAST_DAY,
    )


def _exists(variable: str, term: str, compared: str, negated: str = "") -> str:
    day = f"{variable}_{term.rpartition('#')[2]}"
    return f"FILTER({negated}EXISTS {{ {variable} <{term}> {day} FILTER(STR({day}) {compared}) }})"
