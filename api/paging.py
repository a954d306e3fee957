"""Pages of rows: `after` or `offset`, `limit`, links to the next page and to other forms of the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request

from api.dependencies import SettingsDep
from api.formats import Format, split_suffix
from api.pages import address, own_path
from graph.settings import Settings
from queries.keyset import AFTER
from schema.errors import BadParameter

PAGING = ("offset", "limit", AFTER)


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows are wanted: `limit` of them after the first `offset`."""

    offset: int
    limit: int


After = Annotated[
    str | None,
    Query(max_length=4000, description="Where the page before ended, as its `next` says; not with `offset`."),
]


async def _page(
    settings: SettingsDep,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="Rows to leave out from the start.")] = 0,
    limit: Annotated[
        int | None, Query(ge=1, description="Most rows to give; CARISEC_PAGE_SIZE if not said.")
    ] = None,
) -> Page:
    most = settings.max_page_size
    if limit is not None and limit > most:
        raise BadParameter("limit", f"{limit} rows are too many for one page; ask for at most {most}")
    return Page(offset, min(limit or settings.page_size, most))


PageDep = Annotated[Page, Depends(_page)]


def next_address(request: Request, page: Page, truncated: bool, after: str | None = None) -> str | None:
    """Address of the next page in the form of this one, by token if there is one; None if there is none."""
    if not truncated:
        return None
    given = [(k, v) for k, v in request.query_params.multi_items() if k not in PAGING]
    begin = ("offset", page.offset + page.limit) if after is None else (AFTER, after)
    following = [*given, begin, ("limit", page.limit)]
    return address(_settings(request), own_path(request), following)


def alternates(request: Request, formats: Sequence[Format]) -> list[tuple[Format, str]]:
    """The same answer in each of the formats, with its address."""
    path, _ = split_suffix(own_path(request), formats)
    parameters = request.query_params.multi_items()
    return [(one, address(_settings(request), path + one.suffix, parameters)) for one in formats]


def link_header(others: Iterable[tuple[Format, str]], following: str | None = None) -> dict[str, str]:
    """The Link header for them; none where there is nothing to link."""
    links = [f'<{target}>; rel="alternate"; type="{one.media_type}"' for one, target in others]
    if following is not None:
        links.append(f'<{following}>; rel="next"')
    return {"Link": ", ".join(links)} if links else {}


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found
