"""Writes the generated files again: `make docs`. Tests compare each with what it is made from."""

import sys
from pathlib import Path

from graph.shapes import shapes_text
from loaders.linktable import TABLE as LINKS
from loaders.linktable import link_table
from loaders.load import mentions_in
from loaders.pointers import POINTERS, pointer_lines
from loaders.reference import README as READING
from loaders.reference import reference as reading_reference
from queries.catalog import load_catalog
from queries.reference import README
from queries.reference import reference as queries_reference
from schema.context import context_file, context_text
from schema.model import SHAPES, Schema, load_schema
from schema.reference import REFERENCE, reference


def generated(schema: Schema) -> dict[Path, str]:
    """Every generated file that needs no document, with its content."""
    return {
        REFERENCE: reference(schema),
        context_file(schema.version): context_text(schema),
        SHAPES: shapes_text(schema),
        README: queries_reference(load_catalog()),
        READING: reading_reference(),
        LINKS: link_table(),
    }


def main(paths: list[str]) -> None:
    """Write the files; with paths of documents the pointers to mentions in them too."""
    schema = load_schema()
    for path, text in generated(schema).items():
        path.write_text(text, "utf-8")
    if paths:
        POINTERS.parent.mkdir(exist_ok=True)
        POINTERS.write_bytes(pointer_lines(mentions_in(schema, [Path(p) for p in paths])))


if __name__ == "__main__":
    main(sys.argv[1:])
