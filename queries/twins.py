"""The SPARQL twins of the queries: `NAME.rq` beside `NAME.cypher` asks the same of the exported RDF.

A twin is a SELECT over the union of all graphs, valid as it stands; only its parameters are written `$name`
and are replaced by terms before it runs: an entity by its IRI, a number by a number, everything else by a
text; an optional parameter that is not given by the empty text. A date has `$name_start` and `$name_end`
besides, its first and last day. The SELECT gives the columns of the header: an entity as its IRI, statements
as their IRIs with a space between them, a list with U+001F between its members.

The markers of `queries.clocks` stand in the group of the statements and documents that they name, or in one
around it; a document that is a parameter is marked by the variable to which it is bound. `# any time: ?s`
says that a statement is asked for without its clock on purpose.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, QuerySolutions, Store

from graph.vocabulary import Iris
from queries.canned import Column, Parameter, Query
from queries.clocks import CLOCKS, PUBLISHED, UNLIMITED, Clocks
from schema.errors import Fault
from schema.model import Schema
from schema.values import SCHEMA_NS, XSD, parse_date

BETWEEN = "\x1f"
_FIRST_DAY, _LAST_DAY = "0000-01-01", "9999-12-31"

_TOKEN = re.compile(
    r"""
    (?P<quoted> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | <[^\s<>"{}|^`\\]*> )
  | (?P<comment>\#[^\n]*)
  | (?P<open>\{)
  | (?P<close>\})
  | \?(?P<statement>\w+)(?=\s+(?:rdf:(?:subject|predicate|object)|a\s+rdf:Statement)\b)
  | prov:wasDerivedFrom\s+(?=[?$](?P<document>\w+))
  | \$(?P<parameter>[A-Za-z]\w*)
    """,
    re.VERBOSE,
)
_MARKER = re.compile(rf"# ({CLOCKS}|{PUBLISHED}|any time):((?: \?\w+)+)\s*")
_OTHER_NAME = re.compile(r"\bBIND\(\$(\w+) AS \?(\w+)\)")
_VERB = re.compile(r"(?:[?$]\w+\s+|[;|/^]\s*):(?P<verb>\w+)")


@dataclass(frozen=True, slots=True)
class Twin:
    """The twin of a query: its text and the variables of its SELECT, which are the columns in their order."""

    query: Query
    text: str
    variables: tuple[str, ...]


def read_twins(queries: Iterable[Query], folder: Path, schema: Schema) -> tuple[dict[str, Twin], list[Fault]]:
    """The twins of the queries by name, and what is at fault with them."""
    twins: dict[str, Twin] = {}
    faults: list[Fault] = []
    for query in queries:
        path = folder / f"{query.name}.rq"
        if not path.is_file():
            faults.append(Fault(path.name, 1, "the query has no twin", "say in SPARQL what its Cypher says"))
            continue
        reader = _File(path, query, schema)
        twins[query.name] = reader.read()
        faults += reader.faults
    for path in sorted(folder.glob("*.rq")):
        if not path.with_suffix(".cypher").is_file():
            faults.append(Fault(path.name, 1, f"there is no {path.stem}.cypher of which it is the twin"))
    return twins, faults


def fill(twin: Twin, parameters: Mapping[str, Any], base_iri: str, clocks: Clocks = UNLIMITED) -> str:
    """The twin with its parameters and clocks filled in: a query that anybody can run.

    `parameters` are those of `queries.run.Table`: an entity as a mapping with its `id`, the rest as text or a
    number, None or nothing where none is given.
    """
    iris, terms = Iris(base_iri), dict[str, str]()
    for parameter in twin.query.parameters:
        terms |= _terms(parameter, parameters.get(parameter.name), iris)
    return _TOKEN.sub(lambda match: terms.get(match["parameter"] or "", match[0]), clocks.sparql(twin.text))


def rows(twin: Twin, found: QuerySolutions, base_iri: str) -> list[dict[str, Any]]:
    """What the filled twin found, as rows that compare with those of `queries.run.Table`.

    Entities are ids; `statements` are ids, sorted; a list holds ids and texts; numbers are numbers. What is
    unbound or empty is None, an empty list in the two kinds of lists.
    """
    iris = Iris(base_iri)
    return [
        {column.name: _cell(column, solution[column.name], iris) for column in twin.query.columns}
        for solution in found
    ]


def _terms(parameter: Parameter, value: Any, iris: Iris) -> dict[str, str]:
    name = parameter.name
    if value is None:
        return dict.fromkeys(_spelled(parameter), '""')
    match parameter.kind:
        case "entity":
            return {name: str(iris.entity(value["id"]))}
        case "integer":
            return {name: str(value)}
        case "date":
            date = parse_date(value)
            days = (str(date.earliest or _FIRST_DAY), str(date.latest or _LAST_DAY))
            return {
                key: str(Literal(text)) for key, text in zip(_spelled(parameter), (value, *days), strict=True)
            }
        case _:
            return {name: str(Literal(value))}


def _spelled(parameter: Parameter) -> tuple[str, ...]:
    """The names under which a parameter may stand in a twin."""
    name = parameter.name
    return (name, f"{name}_start", f"{name}_end") if parameter.kind == "date" else (name,)


def _cell(column: Column, term: Any, iris: Iris) -> Any:
    text = "" if term is None else str(term.value)
    match column.kind:
        case "statements":
            return sorted({_plain(one, iris) for one in text.split()})
        case "list":
            return [_plain(one, iris) for one in text.split(BETWEEN) if one]
        case "entity":
            return _plain(text, iris) or None
        case "number" if text:
            return int(text) if term.datatype.value == XSD + "integer" else float(Decimal(text))
        case _:
            return text or None


def _plain(text: str, iris: Iris) -> str:
    """The id of an entity or a statement for its IRI; any other text as it is."""
    return iris.record_id(text) or text


class _File:
    """One file being read; collects its faults."""

    def __init__(self, path: Path, query: Query, schema: Schema) -> None:
        self.name, self.query = path.name, query
        self.text = path.read_text("utf-8")
        self.faults: list[Fault] = []
        self._verbs = {p.iri.removeprefix(SCHEMA_NS) for p in schema.predicates.values()}

    def read(self) -> Twin:
        variables = self._variables()
        columns = tuple(c.name for c in self.query.columns)
        if variables is not None and variables != columns:
            self._fault(
                0, f"it selects {', '.join(variables)}", f"the columns of the query are {', '.join(columns)}"
            )
        self._check_parameters()
        self._check_clocks()
        self._check_verbs()
        return Twin(self.query, self.text, variables or ())

    def _fault(self, offset: int, message: str, mend: str = "") -> None:
        self.faults.append(Fault(self.name, self.text.count("\n", 0, offset) + 1, message, mend))

    def _variables(self) -> tuple[str, ...] | None:
        try:
            found = Store().query(self.text)
        except SyntaxError as error:
            place = re.search(r"\bat (\d+):\d+", str(error))
            line = int(place[1]) if place else 1
            self.faults.append(Fault(self.name, line, f"it is no SPARQL: {error}"))
            return None
        if not isinstance(found, QuerySolutions):
            self._fault(0, "it is no SELECT")
            return None
        return tuple(v.value for v in found.variables)

    def _check_parameters(self) -> None:
        spelled = {key: p.name for p in self.query.parameters for key in _spelled(p)}
        used = set()
        for match in _TOKEN.finditer(self.text):
            name = match["parameter"]
            if name in spelled:
                used.add(spelled[name])
            elif name:
                self._fault(match.start(), f"the parameter {name} is used, which the query does not have")
        for parameter in self.query.parameters:
            if parameter.name not in used:
                self._fault(0, f"the parameter {parameter.name} is not used")

    def _check_clocks(self) -> None:
        """Every statement and every document is named by a marker of its group or of one around it."""
        groups = [_Group({}, set())]
        parameters = {match[2]: match[1] for match in _OTHER_NAME.finditer(self.text)}
        for match in _TOKEN.finditer(self.text):
            kind = match.lastgroup
            match kind:
                case "open":
                    groups.append(_Group({}, set()))
                case "close" if len(groups) > 1:
                    inner = groups.pop().unmarked()
                    groups[-1].asked = {**inner, **groups[-1].asked}
                case "statement" | "document":
                    marker = CLOCKS if kind == "statement" else PUBLISHED
                    groups[-1].asked.setdefault((marker, match[kind]), match.start())
                case "comment":
                    marked = set(_marked(match[0]))
                    bound = {(kind, parameters[name]) for kind, name in marked if name in parameters}
                    groups[-1].marked |= marked | bound
        for (marker, name), place in groups[0].unmarked().items():
            mend = f"add # {marker}: ?{name} to its group"
            what = "statement" if marker == CLOCKS else "document"
            self._fault(place, f"the {what} ?{name} is not asked for its day", mend)

    def _check_verbs(self) -> None:
        """A triple of a predicate has no clocks; only its statement has."""
        plain = _TOKEN.sub(_blank, self.text)
        for match in _VERB.finditer(plain):
            if match["verb"] in self._verbs:
                message = f":{match['verb']} stands without its statement"
                self._fault(match.start(), message, "ask for the statement with this rdf:predicate")


@dataclass(slots=True)
class _Group:
    """What a group and the groups in it ask for, each with its place, and what has a marker there.

    Both are named by the kind of marker and the variable.
    """

    asked: dict[tuple[str, str], int]
    marked: set[tuple[str, str]]

    def unmarked(self) -> dict[tuple[str, str], int]:
        return {key: place for key, place in self.asked.items() if key not in self.marked}


def _marked(comment: str) -> Iterator[tuple[str, str]]:
    match = _MARKER.fullmatch(comment)
    if match is not None:
        kind = PUBLISHED if match[1] == PUBLISHED else CLOCKS
        yield from ((kind, name.lstrip("?")) for name in match[2].split())


def _blank(match: re.Match[str]) -> str:
    """Texts, IRIs and comments go, the rest stays, each at its place."""
    return " " * len(match[0]) if match.lastgroup in ("quoted", "comment") else match[0]
