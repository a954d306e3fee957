"""Texts for tests with their entities marked as `[name](Type)`, turned into a plain text and a register."""

import re

from graph.records import Entity, Statement, slug, text_hash
from loaders.extract import Extraction, extract
from loaders.register import ANY, EXACT, TITLE, Name, Register
from loaders.text import SourceText
from schema.model import load_schema

SCHEMA = load_schema()

_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")


def entity(name: str, kind: str, *aliases: str) -> Entity:
    """An entity whose id is made from its name."""
    return Entity(f"{SCHEMA.types[kind].prefix}/{slug(name)}", (kind,), name, aliases)


def register(*entities: Entity) -> Register:
    """A register; short names in capitals are matched exactly, names without capitals in any case."""
    names = tuple(Name(n, e.id, _case(n)) for e in entities for n in (e.name, *e.aliases))
    places = {e.id: ("test.yaml", 1) for e in entities}
    return Register({e.id: e for e in entities}, names, places)


def _case(name: str) -> str:
    if name.isupper() and " " not in name:
        return EXACT
    return TITLE if any(c.isupper() for c in name) else ANY


def marked(text: str, **properties: str) -> tuple[SourceText, Register]:
    """The document without its marks, and the register of the entities that it marks."""
    found = {e.id: e for e in (entity(name, kind) for name, kind in _MARK.findall(text))}
    return source(_MARK.sub(r"\1", text), **properties), register(*found.values())


def source(text: str, title: str = "Notes of the harbour", **properties: str) -> SourceText:
    """A document with the id document/notes."""
    properties |= {"file": "notes.txt", "sha256": text_hash(text)}
    return SourceText(
        "notes.txt", text, Entity("document/notes", ("Document",), title, properties=properties)
    )


def run(text: str, **properties: str) -> Extraction:
    """What the document with these marks says."""
    document, entities = marked(text, **properties)
    return extract(document, entities, SCHEMA)


def said(extraction: Extraction, predicate: str) -> list[Statement]:
    """Its statements of one predicate."""
    return [s for s in extraction.statements if s.predicate == predicate]
