"""Writes the human table of the register's links, `loaders/links.md`, from `register/links.yaml`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from loaders.links import CLOSE, EXACT, SAME, Link
from loaders.register import Register, read_register
from schema.model import load_schema

TABLE = Path(__file__).with_name("links.md")

_HEAD = """\
# What the register's entities are elsewhere

Generated from [`register/links.yaml`](register/links.yaml) by `make docs`; do not edit.

{same} entities are one Wikidata item each (`owl:sameAs`), {exact} have an entry in another's list of codes
(`skos:exactMatch`: a term for the thing, so no identity), and {close} links go to what is nearly the same
(`skos:closeMatch`), with what keeps the two apart. An item is here if at least one source has it for a thing
of the same name and kind; for countries two have it for the ISO 3166-1 code. What no source confirmed is left
out, so many agencies have no link, ATF, HSI and ICE among them. Items were compared with these sources, not
with Wikidata itself: what it says by now is not known.
"""

_TITLES = {
    SAME: "The same thing: `owl:sameAs`",
    CLOSE: "Nearly the same: `skos:closeMatch`",
    EXACT: "Another's entry for it: `skos:exactMatch`",
}


@cache
def link_table() -> str:
    """The table of the links that ship, as Markdown."""
    register = read_register(load_schema())
    counts = {name: [link.relation for link in register.links.made].count(name) for name in _TITLES}
    parts = [_HEAD.format(same=counts[SAME], exact=counts[EXACT], close=counts[CLOSE])]
    parts += ["## Sources\n", "| source | what it is |", "|---|---|"]
    parts += [f"| {key} | {_cell(text)} |" for key, text in register.links.sources.items()]
    for relation, title in _TITLES.items():
        parts += [f"\n## {title}\n", *_rows(register, relation)]
    return "\n".join(parts) + "\n"


def _rows(register: Register, relation: str) -> Iterator[str]:
    heads = ["entity", "name", "target", *(["what keeps them apart"] if relation == CLOSE else [])]
    heads += ["what the sources say", "sources", "checked"]
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for link in register.links.made:
        if link.relation == relation:
            yield _row(link, register.entities[link.entity].name)


def _row(link: Link, name: str) -> str:
    target = f"[{link.target if link.is_item else link.target.rpartition('/')[2]}]({link.iri})"
    cells = [f"`{link.entity}`", name, target, *([link.why] if link.why else []), link.says]
    return f"| {' | '.join(map(_cell, cells))} | {', '.join(link.sources)} | {link.checked} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
