"""What a notebook shows of results: tables and lists as HTML, everything escaped, no script and no style."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_MOST_SHOWN = 20

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def rows(table: Mapping[str, Any], home: str, base_iri: str) -> str:
    """A page of rows, the first ones of it, with what is left out told.

    `home` stands before links to pages; where it is empty, links go to the identifiers under `base_iri`.
    """
    return _rendered("rows.html", home, base_iri, table=table, most=_MOST_SHOWN)


def answer(answer: Mapping[str, Any], home: str, base_iri: str) -> str:
    """An answer with its clauses, or why there is none and what would do."""
    cited: dict[str, list[Mapping[str, Any]]] = {}
    for citation in answer["citations"]:
        cited.setdefault(citation["statement"], []).append(citation)
    return _rendered("answer.html", home, base_iri, answer=answer, cited=cited, most=_MOST_SHOWN)


def sentences(title: str, says: Sequence[str]) -> str:
    """A heading and a list."""
    return _rendered("sentences.html", "", "", title=title, says=says)


def _rendered(template: str, home: str, base_iri: str, **values: Any) -> str:
    def entity(key: str) -> str:
        return _web(f"{home}/entities/{key}" if home else f"{base_iri}id/{key}")

    def statement(key: str) -> str:
        return _web(f"{home}/statements/{key}" if home else f"{base_iri}id/statement/{key}")

    def clause(address: str) -> str:
        return _web(home + address if address.startswith("/") else address)

    made = _environment.get_template(template)
    return made.render(entity=entity, statement=statement, clause=clause, **values)


def _web(address: str) -> str:
    """The address if it is one of the web, else nothing: a document's own is what its register says."""
    return address if urlsplit(address).scheme in ("http", "https") else ""
