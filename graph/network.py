"""GraphML and GEXF 1.3: entities as nodes, accepted statements between entities as edges; no candidates.

networkx has writers for both, but they hold the whole document as a tree, stamp the day of writing into
GEXF, and leave a key of their own on every edge. Here the columns are known from the schema, so nodes and
edges are written as they come, and the same graph gives the same bytes.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from graph.records import ACCEPTED, Entity, Statement, Value
from schema.model import Schema
from schema.values import XSD

_KINDS = {XSD + "decimal": "double", XSD + "integer": "integer", XSD + "boolean": "boolean"}
_GRAPHML_KINDS = {"integer": "int"}
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_Cells = dict[str, str]


def xml_text(text: str) -> str:
    """The text as XML 1.0 can hold it: U+FFFD for form feeds and the like, line feeds for other line ends."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def write_graphml(
    schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement], out: BinaryIO
) -> None:
    """GraphML with one key for each attribute of nodes and edges; ids of edges are those of statements."""
    table, xml = _Columns(schema), _Xml(out)
    xml.open("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    for scope, columns in (("node", table.nodes), ("edge", table.edges)):
        for name, kind in columns.items():
            attributes = {"attr.name": name, "attr.type": _GRAPHML_KINDS.get(kind, kind)}
            xml.empty("key", {"id": f"{scope}.{name}", "for": scope, **attributes})
    xml.open("graph", {"edgedefault": "directed"})
    for entity in _nodes(entities):
        xml.open("node", {"id": entity.id})
        xml.data("node", {"label": entity.name, **table.node(entity)})
        xml.close("node")
    for statement, target in _edges(statements):
        xml.open("edge", {"id": statement.id, "source": statement.subject, "target": target})
        xml.data("edge", {"label": table.label(statement), **table.edge(statement)})
        xml.close("edge")
    xml.close("graph")
    xml.close("graphml")


def write_gexf(
    schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement], out: BinaryIO
) -> None:
    """GEXF 1.3, a static graph; dates are attributes in EDTF, with the precision that they have."""
    table, xml = _Columns(schema), _Xml(out)
    xml.open("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    xml.open("graph", {"defaultedgetype": "directed", "mode": "static"})
    for scope, columns in (("node", table.nodes), ("edge", table.edges)):
        xml.open("attributes", {"class": scope, "mode": "static"})
        for name, kind in columns.items():
            if name != "label":
                xml.empty("attribute", {"id": name, "title": name, "type": kind})
        xml.close("attributes")
    xml.open("nodes", {})
    for entity in _nodes(entities):
        xml.open("node", {"id": entity.id, "label": entity.name})
        xml.attvalues(table.node(entity))
        xml.close("node")
    xml.close("nodes")
    xml.open("edges", {})
    for statement, target in _edges(statements):
        ends = {"id": statement.id, "source": statement.subject, "target": target}
        xml.open("edge", {**ends, "label": table.label(statement)})
        xml.attvalues(table.edge(statement))
        xml.close("edge")
    xml.close("edges")
    xml.close("graph")
    xml.close("gexf")


def _nodes(entities: Iterable[Entity]) -> Iterable[Entity]:
    return (entity for entity in entities if "Candidate" not in entity.types)


def _edges(statements: Iterable[Statement]) -> Iterable[tuple[Statement, str]]:
    return ((s, s.object) for s in statements if s.status == ACCEPTED and s.object is not None)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of nodes and edges with their types, and the cells of one record."""

    schema: Schema

    @property
    def nodes(self) -> Mapping[str, str]:
        fields = {
            name: _KINDS.get(f.datatype, "string")
            for name, f in sorted(self.schema.attributes.items())
            if name != "name"
        }
        return {"label": "string", "type": "string", "types": "string", **fields}

    @property
    def edges(self) -> Mapping[str, str]:
        fields = {
            f.property: "string" for f in sorted(self.schema.qualifiers.values(), key=lambda f: f.property)
        }
        counted = {"documents": "string", "evidence": "integer", "confidence": "double"}
        return {"label": "string", "predicate": "string", **fields, **counted}

    def label(self, statement: Statement) -> str:
        return self.schema.predicates[statement.predicate].label

    def node(self, entity: Entity) -> _Cells:
        """Cells of an entity but its label; several values are joined by semicolons."""
        values = {"aliases": entity.aliases, "acronyms": entity.acronyms, **entity.properties}
        cells = {name: _cell(value) for name, value in sorted(values.items()) if value != ()}
        return {"type": entity.type, "types": "; ".join(entity.types), **cells}

    def edge(self, statement: Statement) -> _Cells:
        """Cells of a statement but its label; confidence is that of its best evidence."""
        cells = {self.schema.qualifiers[n].property: text for n, text in sorted(statement.qualifiers.items())}
        cells |= {"documents": "; ".join(statement.documents), "evidence": str(len(statement.evidence))}
        if statement.evidence:
            cells["confidence"] = str(max(e.confidence for e in statement.evidence))
        return {"predicate": statement.predicate, **cells}


def _cell(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else value


def _attributes(texts: Mapping[str, str]) -> "AttributesImpl[str]":
    return AttributesImpl({name: xml_text(text) for name, text in texts.items()})


class _Xml:
    """Elements, one a line, written at once."""

    def __init__(self, out: BinaryIO) -> None:
        self._generator = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
        self._generator.startDocument()

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        self._generator.startElement(name, _attributes(attributes))
        self._generator.ignorableWhitespace("\n")

    def close(self, name: str) -> None:
        self._generator.endElement(name)
        self._generator.ignorableWhitespace("\n")

    def empty(self, name: str, attributes: Mapping[str, str]) -> None:
        self._generator.startElement(name, _attributes(attributes))
        self.close(name)

    def data(self, scope: str, cells: _Cells) -> None:
        """GraphML's values of a node or edge."""
        for name, text in cells.items():
            self._generator.startElement("data", _attributes({"key": f"{scope}.{name}"}))
            self._generator.characters(xml_text(text))
            self.close("data")

    def attvalues(self, cells: _Cells) -> None:
        """GEXF's values of a node or edge."""
        self.open("attvalues", {})
        for name, text in cells.items():
            self.empty("attvalue", {"for": name, "value": text})
        self.close("attvalues")
