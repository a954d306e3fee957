"""Writes the human reference of the schema, `schema/README.md`, from the ontology."""

from collections.abc import Iterable
from pathlib import Path

from schema.model import Field, Schema, Term

REFERENCE = Path(__file__).with_name("README.md")

_HEAD = """\
# Schema

Generated from [`ontology.ttl`](ontology.ttl) by `make docs`; do not edit. That file is the only definition of
types and predicates; [`shapes.ttl`](shapes.ttl) and the JSON-LD context in [`contexts`](contexts) are made
from it. Version {version}. `carisec serve` shows the same at `/schema`, with pictures and an anchor for each
term.

A type is a label in the graph and a class in RDF. A node bears the labels of its types and of all their
supertypes. A predicate is a relationship type in the graph and a property in RDF (`PARTICIPATED_IN` is
`:participatedIn`). What stands in brackets under "aligned to" only comes near; the ontology says beside each
term why. Inverses are for reasoners and for reading: exports hold the predicate only.
"""


def reference(schema: Schema) -> str:
    """The reference as Markdown."""
    parts = [_HEAD.format(version=schema.version), *_types(schema), *_predicates(schema)]
    parts += ["\n## Qualifiers of statements\n", *_fields(schema.qualifiers.values())]
    parts += ["\n## Attributes of entities\n", *_fields(schema.attributes.values())]
    parts += ["\n## Notes and examples\n", *_notes(schema)]
    return "\n".join(parts) + "\n"


def _types(schema: Schema) -> list[str]:
    rows = ["## Types\n", "| type | under | ids | what | aligned to |", "|---|---|---|---|---|"]
    for kind in sorted(schema.types.values(), key=lambda t: t.name):
        ids = f"`{kind.prefix}/…`" if kind.prefix else ""
        aligned = _aligned(schema.terms[kind.name])
        rows.append(f"| `{kind.name}` | {_names(kind.parents)} | {ids} | {kind.comment} | {aligned} |")
    return rows


def _predicates(schema: Schema) -> list[str]:
    rows = [
        "\n## Predicates\n",
        "Two statements with one subject and object are told apart by the qualifiers in the fourth column. A",
        "state is over when the interval that dates it is; everything else, once it was so, stays so.\n",
        "| predicate | subject → object | says | told apart by | state | inverse | aligned to |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in sorted(schema.predicates.values(), key=lambda p: p.name):
        target = _names(one.range) or f"*{_datatype(one.datatype or '')}*"
        arrow = "↔" if one.symmetric else "→"
        term = schema.terms[one.iri.rpartition("#")[2]]
        inverse = f"`{term.inverse}`" if term.inverse else ""
        cells = (", ".join(one.identified_by), "yes" if one.state else "", inverse, _aligned(term))
        rows.append(
            f"| `{one.name}` | {_names(one.domain)} {arrow} {target} | {one.comment} | {' | '.join(cells)} |"
        )
    return rows


def _fields(fields: Iterable[Field]) -> list[str]:
    rows = ["| name | value | what |", "|---|---|---|"]
    for one in sorted(fields, key=lambda f: f.name):
        of = f" of {_names(one.domain)}" if one.domain and one.domain != ("Entity",) else ""
        property_ = f" (`{one.property}` in the graph)" if one.property != one.name else ""
        rows.append(f"| `{one.name}`{property_} | {_datatype(one.datatype)} | {one.comment}{of} |")
    return rows


def _notes(schema: Schema) -> list[str]:
    """What helps a curator to decide, a line for each term that has it."""
    rows = []
    for term in sorted(schema.terms.values(), key=lambda t: t.name.lower()):
        examples = f"For example: {'; '.join(term.examples)}." if term.examples else ""
        if told := " ".join((*term.notes, examples)).strip():
            rows.append(f"- `{term.name}`: {told}")
    return rows


def _aligned(term: Term) -> str:
    """Terms of others above it, and in brackets those that only come near."""
    above = [f"`{a.name}`" for a in term.alignments if a.relation.startswith("sub")]
    near = [f"`{a.name}`" for a in term.alignments if not a.relation.startswith("sub")]
    return ", ".join(above) + (f" ({', '.join(near)})" if near else "")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _datatype(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
