"""The command for curators: what waits for review, and decisions about it."""

import getpass
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table as TextTable

from cli.console import emit, notes
from cli.loading import load_command
from graph.captures import CaptureStore
from graph.judgements import ALIAS, DECISIONS, DISTINCT, Judgement, read_judgement_file, record
from graph.reading import require_loaded
from graph.records import text_hash
from graph.settings import Settings
from graph.store import Store, connect
from queries.candidates import ENTITY, Candidates, Filter, find_candidate, read_candidates
from queries.deciding import Said, decide
from queries.names import names_for
from schema.errors import BadParameter, NotFound, UsageError
from schema.model import Schema, load_schema

Decision = StrEnum("Decision", {name: name for name in DECISIONS})  # type: ignore[misc]

# Widths of the table: where output is no terminal, and where a clause is cut.
_WIDE = 200
_CLAUSE = 90
# Code points shown on either side of a clause.
_CONTEXT = 300
_SHORT_ID = 8
_MOST_LISTED = 50


class ReviewFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


Keys = Annotated[
    list[str] | None,
    typer.Argument(help="Ids from the list or their beginnings; for alias and distinct also a name itself."),
]
EntityOption = Annotated[
    str | None, typer.Option(help="Entity that the name is, or is not: id or name; with accept its new id.")
]
TypeOption = Annotated[
    str | None, typer.Option(help="List: only of this type. Accept: the type that the name gets.")
]
DocumentOption = Annotated[
    str | None, typer.Option(help="List: only from this document. Names: decided for this document only.")
]
# None where they are not given, so that a decision can refuse what is for the list.
Limit = Annotated[
    int | None, typer.Option(min=1, help="List: most candidates.", show_default=str(_MOST_LISTED))
]
Offset = Annotated[int | None, typer.Option(min=0, help="List: candidates to pass over.", show_default="0")]
Format = Annotated[
    ReviewFormat | None, typer.Option(help="List: a table, or one JSON object.", show_default="table")
]
Next = Annotated[bool, typer.Option("--next", help="List: the first candidate with the text around it.")]
Load = Annotated[bool, typer.Option("--load", help="Decisions: load at once, so that the graph follows.")]


def review_command(
    decision: Annotated[Decision | None, typer.Argument(help="What to decide; without it, list.")] = None,
    keys: Keys = None,
    entity: EntityOption = None,
    type: TypeOption = None,
    document: DocumentOption = None,
    predicate: Annotated[str | None, typer.Option(help="List: only statements of this predicate.")] = None,
    limit: Limit = None,
    offset: Offset = None,
    format: Format = None,
    next: Next = False,
    note: Annotated[str | None, typer.Option(help="Why, for those who read the file.")] = None,
    by: Annotated[str | None, typer.Option(help="Who decides; default the user's login name.")] = None,
    load: Load = False,
) -> None:
    """List what waits for review, or decide: accept, reject, merge, alias, distinct.

    Decisions go to the judgement file (CARISEC_JUDGEMENTS, else judgements.yaml of the data folder), which
    every load reads. `accept` makes a statement or a name count, `reject` drops it for good, `merge` says
    that a name is the --entity, `alias` that the text form as it is written stands for it, `distinct` that it
    never does.
    """
    settings = Settings.from_environment()
    if decision is None:
        _refuse("the list of `review`", {"entity": entity, "by": by, "note": note, "load": load or None})
        if next:
            _refuse("--next", {"limit": limit})
        found = _found(
            settings, Filter(document, type, predicate), offset or 0, 1 if next else limit or _MOST_LISTED
        )
        as_json = format is ReviewFormat.JSON
        if next:
            _show_next(found, CaptureStore(settings.data_dir), as_json=as_json)
        else:
            _show(found, offset or 0, limit or _MOST_LISTED, as_json=as_json)
        return
    for_lists = {"predicate": predicate, "limit": limit, "offset": offset, "format": format}
    _refuse(f"`review {decision.value}`", {**for_lists, "next": next or None})
    if not keys:
        raise UsageError(f"{decision.value} needs at least one id; `carisec review` lists them")
    _decide(settings, keys, Said(decision.value, by or _login(), entity, type, document, note))
    if load:
        load_command([])
    else:
        emit("`carisec load` brings it about")


def _refuse(what: str, given: Mapping[str, object]) -> None:
    """Raise UsageError for options that are given and mean nothing there."""
    if useless := [f"--{name}" for name, value in given.items() if value is not None]:
        raise UsageError(f"{what} takes no {' and no '.join(useless)}; leave it out")


def _found(settings: Settings, wanted: Filter, offset: int, limit: int) -> Candidates:
    schema = load_schema()
    judgements = read_judgement_file(schema, settings.judgement_file)
    with connect(settings) as store:
        require_loaded(store)
        return read_candidates(store, schema, judgements, wanted, offset=offset, limit=limit)


def _decide(settings: Settings, keys: Sequence[str], said: Said) -> None:
    """Write the decisions; all are understood before the first one is written."""
    schema = load_schema()
    with connect(settings) as store:
        require_loaded(store)
        made = [_decided(store, schema, key, said) for key in dict.fromkeys(keys)]
    for judgement in made:
        record(schema, settings.judgement_file, judgement)
        emit(f"{judgement.decision}: {_about(schema, judgement)}")
    emit(f"written to {settings.judgement_file}")


def _decided(store: Store, schema: Schema, key: str, said: Said) -> Judgement:
    names = names_for(store)
    try:
        about: Mapping[str, Any] | str = find_candidate(store, schema, key)
    except (BadParameter, NotFound):
        if said.decision not in (ALIAS, DISTINCT) or "/" in key:
            raise
        about = key
    return decide(store, schema, names, about, said)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # A container may run as a user without a name.
        return "unknown"


def _about(schema: Schema, judgement: Judgement) -> str:
    said = {k: v for k, v in judgement.record(schema).items() if k not in ("decision", "by", "date", "note")}
    means = judgement.meant(schema)
    told = ", ".join(f"{key} {value}" for key, value in said.items())
    return f"{told} → {means}" if means and means != judgement.entity else told


# --- showing --------------------------------------------------------------------------------------------


def _show(found: Candidates, offset: int, limit: int, *, as_json: bool) -> None:
    if as_json:
        emit(_json({"candidates": found.items, "offset": offset, "limit": limit, **_counts(found)}))
        return
    if found.items:
        _draw(found.items)
    last = offset + len(found.items)
    shown = f"{offset + 1}–{last} of {found.total}" if found.items else f"{found.total}"
    notes.print(f"candidates: {shown}", markup=False)
    if found.decided:
        notes.print(f"{found.decided} more are decided: `carisec load` brings that about", markup=False)
    if found.truncated:
        notes.print(f"more follow: add --offset {last}", markup=False)


def _counts(found: Candidates) -> dict[str, Any]:
    return {"total": found.total, "decided": found.decided, "truncated": found.truncated}


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _draw(items: Sequence[Mapping[str, Any]]) -> None:
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=_WIDE)
    drawn = TextTable()
    for column in ("id", "says", "clause", "document", "rule", "confidence", "why"):
        drawn.add_column(column, overflow="fold", no_wrap=column == "id")
    short = _short_ids([item["id"] for item in items])
    for item in items:
        drawn.add_row(short[item["id"]], item["says"], *_first_place(item), item["why"])
    console.print(drawn)


def _short_ids(ids: Sequence[str]) -> dict[str, str]:
    """Ids of statements cut to what tells those of the list apart; names are read and stay whole."""
    length = _SHORT_ID
    statements = [id_ for id_ in ids if "/" not in id_]
    while len({id_[:length] for id_ in statements}) < len(set(statements)):
        length += 1
    return {id_: id_ if "/" in id_ else id_[:length] for id_ in ids}


def _first_place(item: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Clause, document, rule and confidence of the first evidence."""
    if not item["evidence"]:
        return "", "", "", ""
    first = item["evidence"][0]
    more = f" (+{item['places'] - 1})" if item["places"] > 1 else ""
    clause = " ".join((first["quote"] or first["summary"] or "").split())
    cut = clause if len(clause) <= _CLAUSE else clause[: _CLAUSE - 1] + "…"
    return cut, first["document"]["id"].partition("/")[2] + more, first["rule"], f"{first['confidence']:g}"


def _show_next(found: Candidates, captures: CaptureStore, *, as_json: bool) -> None:
    shown = [{**item, "context": _context(item, captures)} for item in found.items]
    if as_json:
        emit(_json({"candidates": shown, **_counts(found)}))
        return
    for item in shown:
        emit(f"{item['id']}\n{item['says']}\nwhy it waits: {item['why']}")
        for first in item["evidence"][:1]:
            emit(f"rule {first['rule']}, confidence {first['confidence']:g}; {first['locator']}")
        emit(f"\n{item['context']}\n" if item["context"] else "\n(the text is not at hand)\n")
        for line in _ways(item):
            emit(f"  carisec review {line}")
    notes.print(f"{found.total} candidates wait, {found.decided} are decided", markup=False)


def _ways(item: Mapping[str, Any]) -> list[str]:
    key = item["id"]
    ways = [f"accept {key}", f"reject {key}"]
    return [*ways, f"merge {key} --entity ID"] if item["kind"] == ENTITY else ways


def _context(item: Mapping[str, Any], captures: CaptureStore) -> str | None:
    """The first clause between » and « with the text around it, where the text meant is at hand."""
    for place in item["evidence"][:1]:
        text = captures.text(place["document"]["id"])
        start, end = place["start"], place["end"]
        if text is not None and text_hash(text[start:end]) == place["sha256"]:
            before = text[max(0, start - _CONTEXT) : start]
            after = text[end : end + _CONTEXT]
            if start > _CONTEXT:
                before = "…" + before.partition(" ")[2]
            if end + _CONTEXT < len(text):
                after = after.rpartition(" ")[0] + "…"
            return f"{before}»{text[start:end]}«{after}".strip()
    return None
