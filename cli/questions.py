"""Commands that ask the graph: query and ask."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table as TextTable

from cli.console import emit, notes
from cli.verifying import CiteAs, ReceiptFile, emit_citations, today, write_receipt
from graph.reading import require_loaded
from graph.settings import Settings
from graph.store import connect
from queries.answers import Answer, answer_json
from queries.ask import ask
from queries.between import Between, between, between_json
from queries.catalog import load_catalog
from queries.citations import cite_answer, cite_table
from queries.clocks import AS_OF, HELP, KNOWN_ON, TO, Clocks
from queries.names import names_for
from queries.receipts import receipt_of_answer, receipt_of_table
from queries.run import Table, run
from schema.errors import BadParameter


class AnswerFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


Format = Annotated[AnswerFormat, typer.Option(help="Readable text, or one JSON object.")]
AsOf = Annotated[str, typer.Option(help=HELP[AS_OF], metavar="DATE")]
KnownOn = Annotated[str, typer.Option(help=HELP[KNOWN_ON], metavar="DATE")]
ToAsOf = Annotated[str, typer.Option(help="Compare: what came and went by this date", metavar="DATE")]
ToKnownOn = Annotated[
    str, typer.Option(help="Compare: what came and went with what was published by then", metavar="DATE")
]


def query_command(
    name: Annotated[str, typer.Argument(help="Name of a canned query; queries/README.md lists them.")],
    parameters: Annotated[
        list[str] | None, typer.Argument(help="key=value; entities by any of their names.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Most rows to give.")] = 100,
    offset: Annotated[int, typer.Option(help="Rows to pass over.")] = 0,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    to_as_of: ToAsOf = "",
    to_known_on: ToKnownOn = "",
    receipt: ReceiptFile = None,
    cite: CiteAs = None,
    format: Format = AnswerFormat.TEXT,
) -> None:
    """Run a canned query: `carisec query members-of-program program=CBSI`.

    With --to-as-of or --to-known-on it tells what came and went between the two times.
    """
    query = load_catalog().get(name)
    given = dict(map(_pair, parameters or []))
    clocks, others = Clocks.read(as_of, known_on), Clocks.read(to_as_of, to_known_on, prefix=TO)
    settings = Settings.from_environment()
    with connect(settings) as store:
        require_loaded(store)
        if others.given:
            _compare(between(query, given, store, names_for(store), (clocks, others)), format)
            return
        table = run(query, given, store, names_for(store), clocks, limit=limit, offset=offset)
        if receipt is not None:
            write_receipt(receipt, receipt_of_table(table, store))
        if cite is not None:
            emit_citations(cite_table(table, store, settings.base_iri, accessed=today()), cite)
            return
    if format is AnswerFormat.JSON:
        record = {
            "query": query.name,
            "parameters": table.parameters,
            "columns": table.columns,
            "rows": table.rows,
            "clocks": table.clocks.json(),
            "truncated": table.truncated,
            "version": table.version,
        }
        emit(orjson.dumps(record, option=orjson.OPT_INDENT_2).decode())
        return
    _draw(table)
    if table.truncated:
        notes.print(f"More rows follow: add --offset {offset + limit}.")


def _compare(found: Between, form: AnswerFormat) -> None:
    if form is AnswerFormat.JSON:
        emit(orjson.dumps(between_json(found), option=orjson.OPT_INDENT_2).decode())
        return
    for sentence in found.sentences:
        emit(sentence)
    notes.print(", ".join(f"{number} {kind}" for kind, number in found.counts.items()))


def ask_command(
    question: Annotated[str, typer.Argument(help="A question in plain English.")],
    as_of: AsOf = "",
    known_on: KnownOn = "",
    receipt: ReceiptFile = None,
    cite: CiteAs = None,
    format: Format = AnswerFormat.TEXT,
) -> None:
    """Answer a question, each item with the clauses it rests on. Exit code 1 if there is no answer."""
    settings, catalog = Settings.from_environment(), load_catalog()
    with connect(settings) as store:
        require_loaded(store)
        answer = ask(question, catalog, store, Clocks.read(as_of, known_on))
        if receipt is not None:
            write_receipt(receipt, receipt_of_answer(answer, catalog, store))
        sources = cite and cite_answer(answer, catalog, store, settings.base_iri, accessed=today())
    if cite and sources:
        emit_citations(sources, cite)
    elif format is AnswerFormat.JSON:
        emit(orjson.dumps(answer_json(answer), option=orjson.OPT_INDENT_2).decode())
    elif answer.answered:
        _tell(answer)
    else:
        _tell_why_not(answer)
    if not answer.answered:
        raise typer.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise BadParameter(text, "a parameter is given as key=value")
    return key, value


def _draw(table: Table) -> None:
    drawn = TextTable(title=table.query.title, title_justify="left")
    for column in table.query.columns:
        drawn.add_column(column.name, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_cell(row[name]) for name in table.columns))
    Console(markup=False, highlight=False).print(drawn)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value["name"])
    return ", ".join(map(_cell, value)) if isinstance(value, list) else str(value)


def _tell(answer: Answer) -> None:
    cited: dict[str, list[Mapping[str, Any]]] = {}
    for citation in answer.citations:
        cited.setdefault(citation["statement"], []).append(citation)
    emit(answer.reading)
    for item in answer.items:
        emit(f"- {item.get('name') or item.get('label') or item['value']}")
        for statement in item["statements"]:
            clauses = cited.get(statement, [])
            for line in map(_said, clauses[:1]):
                emit(f"  {line}")
            # A clause that both a curator and a rule point to is shown once.
            for line in dict.fromkeys(map(_clause, clauses)):
                emit(f"    {line}")


def _said(citation: Mapping[str, Any]) -> str:
    target = citation["object"]["name"] if citation["object"] else citation["value"]
    return f"{citation['subject']['name']} {citation['relation']} {target}"


def _clause(citation: Mapping[str, Any]) -> str:
    said = f"“{citation['quote']}”" if citation["quote"] else citation["summary"]
    return f"{said} ({citation['locator']}; {citation['address']})"


def _tell_why_not(answer: Answer) -> None:
    notes.print(f"No answer: {answer.reason}.", markup=False)
    if answer.reading:
        notes.print(f"Read as: {answer.reading}", markup=False)
    if answer.ignored:
        notes.print(f"Not understood: {', '.join(answer.ignored)}", markup=False)
    if answer.candidates:
        notes.print(f"Did you mean: {', '.join(answer.candidates)}?", markup=False)
    for suggestion in answer.suggestions:
        notes.print(f"  try: {suggestion}", markup=False)
