"""Writes the human reference of the canned queries, `queries/README.md`, from the catalogue."""

from pathlib import Path
from urllib.parse import urlencode

from queries.canned import Parameter, Query
from queries.catalog import Catalog

README = Path(__file__).with_name("README.md")

_HEAD = """\
# Canned queries

Generated from the `*.cypher` files of this folder by `make docs`; do not edit. Each file is one query: a
header of comment lines that hold YAML, then Cypher that runs on both engines. What a header declares and what
the Cypher uses is compared when the catalogue is loaded.

Run one with `carisec query NAME key=value …` or `GET /queries/NAME?key=value`. An entity is given by its id
or by any of its names, a date in EDTF (`2023-11-16`, `2023-11`, `2023`, `FY2023`). Every row has a column
`statements` with the ids of the statements that it rests on; `GET /statements/ID` shows their clauses.

Every query has two clocks: `as_of` leaves only what may have been true at that time, `known_on` only what
documents say that were published by then (`--as-of`, `--known-on` of `carisec query` and `carisec ask`,
parameters of the same names in the API). The text has markers for them, comments that become conditions
where a clock is given: `/* clocks: r s */` after a condition of a WHERE asks relationships and statements,
`/* published: d */` documents; the catalogue refuses a query that leaves one out.
`GET /queries/NAME/diff?…&to_as_of=…&to_known_on=…` and `carisec query NAME … --to-known-on …` tell what came
and went between two times.

`carisec ask "…"` and `GET /ask?q=…` read plain English by the phrases of the headers and the word classes of
[`lexicon.yaml`](lexicon.yaml). `(a|b)` are alternatives, `[a]` may be missing, `<a>` is a word class, `{a}`
is filled by the question: `{kind}` by the noun that says what is asked, others by the value of a parameter or
by words that a column must show. Articles and other fillers may stand anywhere, and words are compared by
stem. Words that a phrase leaves over must be shown by the answer; otherwise the question is not answered.
"""


def reference(catalog: Catalog) -> str:
    """The reference as Markdown."""
    rows = ["| query | what | example question |", "|---|---|---|"]
    for query in catalog.queries.values():
        rows.append(f"| [`{query.name}`](#{query.name}) | {query.title} | {query.question} |")
    parts = [_HEAD, *rows]
    for query in catalog.queries.values():
        parts += _section(query)
    return "\n".join(parts) + "\n"


def _section(query: Query) -> list[str]:
    texts = f"([text]({query.name}.cypher), [SPARQL]({query.name}.rq))"
    lines = [f"\n## {query.name}\n", f"{query.title}. {query.purpose} {texts}\n"]
    if query.parameters:
        lines += ["| parameter | value | |", "|---|---|---|", *map(_parameter, query.parameters), ""]
    lines += ["| column | value | |", "|---|---|---|"]
    for column in query.columns:
        answers = " **(answers a question)**" if column.name in query.answer else ""
        lines.append(f"| `{column.name}` | {column.kind} | {column.help}{answers} |")
    call = " ".join(f'{name}="{value}"' for name, value in query.example.items())
    address = f"/queries/{query.name}" + (f"?{urlencode(query.example)}" if query.example else "")
    lines += [f"\nExample: `carisec query {query.name} {call}".rstrip() + f"`, `GET {address}`"]
    lines += [f"\nAsk: *{query.question}*"]
    lines += ["\nPhrases:\n", *(f"- `{phrase.say}`" for phrase in query.phrases)]
    return lines


def _parameter(parameter: Parameter) -> str:
    value = " or ".join(parameter.types or parameter.choices) or parameter.kind
    need = (
        "required"
        if parameter.required
        else f"default {parameter.default}"
        if parameter.default
        else "optional"
    )
    return f"| `{parameter.name}` | {value} | {parameter.help} ({need}) |"
