"""The difference between two graphs as RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html)."""

import io
import uuid
from collections.abc import Iterator
from typing import BinaryIO

from graph.changes import Content
from graph.export import export
from schema.model import Schema

# Of ids of patches: the same two graphs have the same patch wherever it is made.
_PATCHES = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/carisec/patches")


def write_patch(schema: Schema, before: Content, after: Content, base_iri: str, out: BinaryIO) -> None:
    """One transaction that turns the quads of the first graph into those of the second.

    Headers tell the versions of both; deletions come before additions, each sorted. Nothing is written for
    graphs with the same quads. Both are held in memory.
    """
    old, new = (set(_quads(schema, content, base_iri)) for content in (before, after))
    if old == new:
        return
    versions = (before.version, after.version)
    out.write(f"H id <urn:uuid:{uuid.uuid5(_PATCHES, ' '.join((*versions, base_iri)))}> .\n".encode())
    for name, version in zip(("from", "to"), versions, strict=True):
        out.write(f'H {name} "{version}" .\n'.encode())
    out.write(b"TX .\n")
    out.writelines(b"D " + line + b"\n" for line in sorted(old - new))
    out.writelines(b"A " + line + b"\n" for line in sorted(new - old))
    out.write(b"TC .\n")


def _quads(schema: Schema, content: Content, base_iri: str) -> Iterator[bytes]:
    file = io.BytesIO()
    export("nquads", schema, content.entities, content.statements, base_iri, file)
    return (line for line in file.getvalue().split(b"\n") if line)
