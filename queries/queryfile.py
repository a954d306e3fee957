"""Reads one `*.cypher` file: its header is checked, and compared with its text.

A file begins with comment lines that hold YAML: title, purpose, parameters, columns, which columns answer a
question, phrases, an example. What the header declares and what the Cypher uses is compared both ways, so
that a query that loads is documented truly; every fault names file and line.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pydantic
import yaml

from queries.canned import KIND, Compiled, Header, Parameter, Phrase, Query
from queries.clockmarks import unclocked
from queries.clocks import AS_OF, KNOWN_ON, TO
from queries.cyphertext import CypherText, Used, read_cypher
from queries.lexicon import Lexicon
from queries.notation import Class, Sequence_, Slot, expand, parse
from schema.errors import Fault
from schema.model import Schema
from schema.values import parse_date

# Not in the schema, but in the graph: what ties records together.
_INFRASTRUCTURE = frozenset(
    {"SUBJECT", "OBJECT", "EVIDENCE_FOR", "FROM", "BROADER", "Statement", "Evidence", "Meta"}
)
# What running a query adds to its parameters.
_ADDED = ("offset", "limit", AS_OF, KNOWN_ON, TO + AS_OF, TO + KNOWN_ON)
_MOST_SEQUENCES = 3000


class QueryFile:
    """One file being read; collects its faults."""

    def __init__(self, path: Path, schema: Schema, lexicon: Lexicon) -> None:
        self.path, self.schema, self.lexicon = path, schema, lexicon
        self.faults: list[Fault] = []
        self.text = path.read_text("utf-8")
        lines = self.text.splitlines(keepends=True)
        self.header_lines = next((n for n, row in enumerate(lines) if not row.startswith("//")), len(lines))
        self.yaml = "".join(re.sub(r"^// ?", "", row) for row in lines[: self.header_lines])
        body = "".join(lines[self.header_lines :])
        self.cypher = body.strip("\n")
        self.lines_before = self.header_lines + len(body) - len(body.lstrip("\n"))
        self.lines: dict[tuple[str | int, ...], int] = {}

    def read(self) -> Query | None:
        if re.fullmatch(r"[a-z]+(-[a-z]+)*", self.path.stem) is None:
            self.fault(1, f"{self.path.stem!r} cannot be a query's name", "use lower-case words and hyphens")
        header = self._header()
        if header is None:
            return None
        used = read_cypher(self.cypher)
        self._check_cypher(used)
        self._compare("parameter", {p.name for p in header.parameters}, used.parameters)
        self._compare("column", {c.name for c in header.columns}, used.columns)
        for parameter in header.parameters:
            self._check_parameter(parameter)
        for column in header.columns:
            self._check_types(column.types, self.at("columns", column.name))
        self._check_header(header)
        compiled = tuple(self._compile(header, n, phrase) for n, phrase in enumerate(header.phrases))
        fields = {name: getattr(header, name) for name in Header.__dataclass_fields__}
        return Query(name=self.path.stem, cypher=self.cypher, text=self.text, compiled=compiled, **fields)

    def fault(self, line: int, message: str, mend: str = "") -> None:
        self.faults.append(Fault(self.path.name, line, message, mend))

    def at(self, *place: str | int) -> int:
        """Line of a place in the header, or of the nearest place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def _header(self) -> Header | None:
        try:
            loader = yaml.SafeLoader(self.yaml)
            node = loader.get_single_node()
            data = self._plain(node, ()) if node is not None else None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.fault(line, f"the header is not YAML: {error.problem}")
            return None
        if not isinstance(data, dict):
            self.fault(
                1, "the file has no header", "begin it with comment lines that hold YAML: title, purpose …"
            )
            return None
        for name in ("parameters", "columns"):
            if isinstance(data.get(name), dict):
                data[name] = [
                    {"name": k, **(v if isinstance(v, dict) else {})} for k, v in data[name].items()
                ]
        data["phrases"] = [{"say": p} if isinstance(p, str) else p for p in data.get("phrases") or ()]
        try:
            return pydantic.TypeAdapter(Header).validate_python(data)
        except pydantic.ValidationError as error:
            for one in error.errors():
                place = ".".join(map(str, one["loc"]))
                self.fault(self.at(*one["loc"]), f"{place}: {one['msg'].lower()}")
            return None

    def _plain(self, node: yaml.Node, place: tuple[str | int, ...]) -> Any:
        """A node as plain data with all scalars but booleans as text; remembers the line of every place."""
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            made: dict[str, Any] = {}
            for n, (key, value) in enumerate(node.value):
                if key.value in made:
                    self.fault(key.start_mark.line + 1, f"{key.value} stands there twice")
                made[key.value] = self._plain(value, (*place, key.value))
                self.lines[(*place, key.value)] = key.start_mark.line + 1
                if place in (("parameters",), ("columns",)):
                    self.lines[(*place, n)] = key.start_mark.line + 1
            return made
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(value, (*place, n)) for n, value in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:bool" and node.value in ("true", "false"):
            return node.value == "true"
        return node.value

    def _check_cypher(self, used: CypherText) -> None:
        for write in used.writes:
            self._at_cypher(write, f"{write.name.upper()} writes or calls a procedure", "a query only reads")
        known = {*self.schema.types, *_INFRASTRUCTURE}
        for label in used.labels:
            if label.name not in known:
                self._at_cypher(label, f"the schema has no type {label.name}", "see schema/ontology.ttl")
        entity_predicates = {p.name for p in self.schema.predicates.values() if p.datatype is None}
        for type_ in used.types:
            if type_.name not in entity_predicates | _INFRASTRUCTURE:
                self._at_cypher(
                    type_, f"the schema has no relationship {type_.name}", "see schema/ontology.ttl"
                )
        for place, message, mend in unclocked(self.cypher, entity_predicates):
            self._at_cypher(place, message, mend)
        for column in used.unnamed:
            self._at_cypher(column, f"the column {column.name!r} has no name", "write … AS name")
        end = self.lines_before + self.cypher.count("\n") + 1
        if not used.ordered:
            self.fault(end, "the query does not end in ORDER BY", "without an order pages may overlap")
        if used.paged:
            self.fault(
                end, "the query has SKIP or LIMIT after its last RETURN", "paging is added when it runs"
            )

    def _at_cypher(self, used: Used, message: str, mend: str) -> None:
        self.fault(self.lines_before + used.line, message, mend)

    def _compare(self, what: str, declared: set[str], used: Sequence[Used]) -> None:
        for name in sorted(declared - {u.name for u in used}):
            self.fault(self.at(f"{what}s", name), f"the {what} {name} is declared but not used")
        for one in used:
            if one.name not in declared or one.name in _ADDED:
                mend = "it is added when the query runs" if one.name in _ADDED else "declare it in the header"
                self._at_cypher(one, f"the {what} {one.name} is used but not declared", mend)

    def _check_parameter(self, parameter: Parameter) -> None:
        line = self.at("parameters", parameter.name)
        self._check_types(parameter.types, line)
        if (parameter.kind == "choice") != bool(parameter.choices):
            self.fault(line, f"{parameter.name}: a choice has choices, and nothing else has")
        if parameter.types and parameter.kind != "entity":
            self.fault(line, f"{parameter.name}: only an entity has types")
        if parameter.required and parameter.default is not None:
            self.fault(line, f"{parameter.name} is required and yet has a default")
        if parameter.default is not None:
            self._check_value(parameter, parameter.default, line)

    def _check_types(self, types: Sequence[str], line: int) -> None:
        for name in types:
            if name not in self.schema.types:
                self.fault(line, f"the schema has no type {name}")

    def _check_value(self, parameter: Parameter, value: str, line: int) -> None:
        if parameter.kind == "choice" and value not in parameter.choices:
            self.fault(line, f"{parameter.name}: {value!r} is none of {', '.join(parameter.choices)}")
        if parameter.kind == "integer" and re.fullmatch(r"-?\d+", value) is None:
            self.fault(line, f"{parameter.name}: {value!r} is not a whole number")
        if parameter.kind == "date":
            try:
                parse_date(value)
            except ValueError as error:
                self.fault(line, f"{parameter.name}: {error}")

    def _check_header(self, header: Header) -> None:
        parameters = {p.name: p for p in header.parameters}
        for name, value in header.example.items():
            if name in parameters:
                self._check_value(parameters[name], value, self.at("example", name))
            else:
                self.fault(self.at("example", name), f"the example gives {name}, which is no parameter")
        for name, parameter in parameters.items():
            if parameter.required and name not in header.example:
                self.fault(self.at("example"), f"the example lacks the required parameter {name}")
        self._check_columns(header, header.answer, self.at("answer"))
        self._check_columns(header, [header.best] if header.best else [], self.at("best"))
        if [c.name for c in header.columns if c.kind == "statements"] != ["statements"]:
            self.fault(self.at("columns"), "there must be one column statements of the kind statements")

    def _check_columns(self, header: Header, names: Sequence[str], line: int) -> None:
        known = {c.name for c in header.columns}
        for name in names:
            if name not in known:
                self.fault(line, f"the answer names {name}, which is no column")

    def _compile(self, header: Header, n: int, phrase: Phrase) -> Compiled:
        line = self.at("phrases", n)
        parameters = {p.name: p for p in header.parameters}
        self._check_columns(header, phrase.answer, line)
        for name, value in phrase.given.items():
            if name in parameters:
                self._check_value(parameters[name], value, line)
            else:
                self.fault(line, f"the phrase gives {name}, which is no parameter")
        nouns = {KIND, *(p.name for p in header.parameters if p.kind == "choice")}
        try:
            sequences = tuple(dict.fromkeys(_limited(expand(parse(phrase.say)), nouns)))
        except ValueError as error:
            self.fault(line, f"the phrase cannot be read: {error}")
            return Compiled(phrase, ())
        elements = {element for sequence in sequences for element in sequence}
        slots = {*parameters, *(c.name for c in header.columns), KIND}
        for element in sorted(elements, key=str):
            if isinstance(element, Slot) and element.name not in slots:
                self.fault(line, f"the phrase uses {{{element.name}}}, which is no parameter")
            if isinstance(element, Class) and element.name not in self.lexicon.classes:
                self.fault(line, f"the lexicon has no class <{element.name}>")
        for sequence in sequences:
            filled = {e.name for e in sequence if isinstance(e, Slot)} | phrase.given.keys()
            lacking = {p.name for p in header.parameters if p.required} - filled
            if lacking:
                self.fault(line, f"the phrase does not always fill {', '.join(sorted(lacking))}")
                break
        return Compiled(phrase, sequences)


def _limited(sequences: Iterator[Sequence_], nouns: set[str]) -> Iterator[Sequence_]:
    """All sequences, each with at least a word, a class, or a slot that a noun fills."""
    for n, sequence in enumerate(sequences):
        if n == _MOST_SEQUENCES:
            raise ValueError(f"it stands for more than {_MOST_SEQUENCES} sequences; use classes")
        if all(isinstance(e, Slot) and e.name not in nouns for e in sequence):
            raise ValueError("one of its readings has no word at all")
        yield sequence
