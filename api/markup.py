"""Pages in schema.org's words as JSON-LD, for search engines.

Types and properties are those that the ontology aligns ours to, close ones among them: what a reader of
`schema/ontology.ttl` finds there is what stands here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from api.pages import description_path
from graph.dataset import DESCRIPTION, TITLE
from graph.records import ACCEPTED
from graph.settings import Settings
from graph.vocabulary import LICENCE, WIKIDATA
from schema.model import Schema

Node = dict[str, Any]
Record = Mapping[str, Any]

_SCHEMA_ORG = "https://schema.org/"
_ADDRESSES = ("url", "sameAs", "license", "inDefinedTermSet", "mainEntityOfPage")
_ISO_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_CONTEXT: Node = {"@vocab": _SCHEMA_ORG, **{name: {"@type": "@id"} for name in _ADDRESSES}}
# A topic is aligned to SKOS only.
_OTHERWISE = {"Topic": ("DefinedTerm",)}


class Markup:
    """Makes the JSON-LD of pages. `settings` say where IRIs and addresses begin."""

    def __init__(self, schema: Schema, settings: Settings) -> None:
        self._schema = schema
        self._settings = settings
        self._home = settings.public_url or settings.base_iri.rstrip("/")

    def entity(self, record: Record, statements: Iterable[Record]) -> Node:
        """An entity with what accepted statements that came about say of it."""
        node = self._thing(record["id"], record["name"], record["types"])
        properties = record["properties"]
        others = [name for name in (*record["acronyms"], *record["aliases"]) if name != record["name"]]
        if others:
            node["alternateName"] = list(dict.fromkeys(others))
        if "summary" in properties:
            node["description"] = properties["summary"]
        if "wikidata" in properties:
            node["sameAs"] = WIKIDATA + properties["wikidata"]
        if "Topic" in record["types"]:
            node["inDefinedTermSet"] = f"{self._settings.base_iri}topics"
        for name in ("value", "unit", "measure"):
            if name in properties:
                self._add(node, self._names(self._schema.attributes[name].iri), properties[name])
        node["url"] = properties.get("website", node["mainEntityOfPage"])
        for statement in statements:
            self._say(node, record["id"], statement)
        return self._document(node)

    def document(self, record: Record) -> Node:
        """A source document, as the publisher's work that it is."""
        properties = record["properties"]
        node = self._thing(record["id"], record["name"], record["types"])
        told = {"datePublished": "published", "inLanguage": "language", "genre": "kind"}
        node |= {name: properties[key] for name, key in told.items() if key in properties}
        node["url"] = properties.get("url", node["mainEntityOfPage"])
        if "publisher" in properties:
            node["publisher"] = {"@type": "Organization", "name": properties["publisher"]}
        return self._document(node)

    def statement(self, record: Record, text: str) -> Node:
        """A statement as a claim that appears in documents; `text` is the statement in words."""
        node: Node = {
            "@type": "Claim",
            "@id": self._iri(f"statement/{record['id']}"),
            "mainEntityOfPage": self._address(f"statement/{record['id']}", record["id"]),
            "name": text,
            "text": text,
            "about": [self._cell(cell) for cell in (record["subject"], record["object"]) if cell],
            "appearance": [self._source(one) for one in record["evidence"]],
        }
        return self._document(node)

    def topics(self, topics: Iterable[Record]) -> Node:
        """The concept scheme with its topics, narrower ones after broader ones."""
        node = {
            "@type": "DefinedTermSet",
            "@id": f"{self._settings.base_iri}topics",
            "name": "Topics",
            "url": f"{self._home}/topics",
            "hasDefinedTerm": [{**self._cell(one), "@type": "DefinedTerm"} for one in topics],
        }
        return self._document(node)

    def _document(self, node: Node) -> Node:
        node["isPartOf" if node["@type"] == "Claim" else "subjectOf"] = {
            "@type": "Dataset",
            "@id": f"{self._settings.base_iri}dataset#carisec",
            "name": TITLE,
            "description": DESCRIPTION,
            "url": f"{self._home}/dataset",
            "license": LICENCE,
        }
        return {"@context": _CONTEXT, **node}

    def _say(self, node: Node, key: str, statement: Record) -> None:
        """Add what an accepted statement says, unless it says what is planned only."""
        if statement["status"] != ACCEPTED or "status" in statement["qualifiers"]:
            return
        iri = self._schema.predicates[statement["predicate"]].iri
        if statement["object"] is None:
            if "startDate" in self._names(iri):
                self._date(node, statement["value"])
        elif statement["subject"]["id"] == key:
            self._add(node, self._names(iri), self._cell(statement["object"]))
        else:
            inverse = self._schema.terms[iri.rpartition("#")[2]].inverse
            self._add(node, self._names("#" + inverse) if inverse else (), self._cell(statement["subject"]))

    def _date(self, node: Node, text: str) -> None:
        """The ends of an interval, or of a day both, as far as ISO 8601 can write them."""
        first, _, last = text.partition("/")
        for name, day in (("startDate", first), ("endDate", last or first)):
            if _ISO_DATE.fullmatch(day):
                node[name] = day

    def _add(self, node: Node, names: Iterable[str], value: Any) -> None:
        for name in names:
            found = node.setdefault(name, [])
            if isinstance(found, list) and value not in found:
                found.append(value)

    def _source(self, evidence: Record) -> Node:
        document = evidence["document"]
        node: Node = {"@type": "CreativeWork", "@id": self._iri(document["id"]), "name": document["name"]}
        if document["url"]:
            node["url"] = document["url"]
        if document["published"]:
            node["datePublished"] = document["published"]
        if document["publisher"]:
            node["publisher"] = {"@type": "Organization", "name": document["publisher"]}
        quote = {"@type": "Quotation", "text": evidence["quote"]} if evidence["quote"] else {}
        clip = {"@type": "CreativeWork", "@id": self._iri(f"evidence/{evidence['id']}")}
        return {**clip, **quote, "isPartOf": node}

    def _thing(self, key: str, name: str, types: Iterable[str]) -> Node:
        kinds = self._types(types)
        return {
            "@type": kinds[0] if len(kinds) == 1 else kinds,
            "@id": self._iri(key),
            "name": name,
            "mainEntityOfPage": self._address(key, key),
        }

    def _cell(self, cell: Record) -> Node:
        kinds = self._types((cell["type"],))
        return {"@type": kinds[0], "@id": self._iri(cell["id"]), "name": cell["name"]}

    def _types(self, types: Iterable[str]) -> list[str]:
        """Types of schema.org: of each of ours those that it, or the next type above that has any, is."""
        found: dict[str, None] = {}
        for name in types:
            found.update(dict.fromkeys(self._types_of(name)))
        return list(found) or ["Thing"]

    def _types_of(self, name: str) -> tuple[str, ...]:
        kind = self._schema.types[name]
        own = self._names(kind.iri) or _OTHERWISE.get(name, ())
        return own or tuple(one for parent in kind.parents for one in self._types_of(parent))

    def _names(self, iri: str) -> tuple[str, ...]:
        """Terms of schema.org that one of ours is aligned to."""
        term = self._schema.terms[iri.rpartition("#")[2]]
        return tuple(
            one.iri.removeprefix(_SCHEMA_ORG) for one in term.alignments if one.iri.startswith(_SCHEMA_ORG)
        )

    def _iri(self, key: str) -> str:
        return f"{self._settings.base_iri}id/{key}"

    def _address(self, named: str, key: str) -> str:
        """The public address of a page; where none is known the IRI, which leads to it."""
        public = self._settings.public_url
        return f"{public}{description_path(key)}" if public else self._iri(named)
