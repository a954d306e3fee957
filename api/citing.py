"""What goes with an answer on request: its receipt, and its references in forms for citing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from api.formats import BIBTEX, CITATIONS, CSL, REFERENCES, Format, split_suffix
from api.pages import located, own_path
from graph.settings import Settings
from queries.bibliographies import CitationForm, written
from queries.citations import Citations

# Parameters of an address that are none of the query.
CITING = ("receipt", "accessed")
_FORMS: Mapping[Format, CitationForm] = {
    REFERENCES: CitationForm.TEXT,
    BIBTEX: CitationForm.BIBTEX,
    CSL: CitationForm.CSL,
}


@dataclass(frozen=True, slots=True)
class Citing:
    """Whether an answer comes with its receipt, and when it was looked up by whoever cites it."""

    receipt: bool
    accessed: dt.date | None


async def _citing(
    receipt: Annotated[
        bool, Query(description="`1`: the JSON holds a receipt, which `POST /verify` replays.")
    ] = False,
    accessed: Annotated[
        dt.date | None, Query(description="The day that references call the day of access.")
    ] = None,
) -> Citing:
    return Citing(receipt, accessed)


CitingDep = Annotated[Citing, Depends(_citing)]


def own_address(request: Request, settings: Settings) -> str | None:
    """The absolute address of what is asked, whatever its form; None where we do not know our host."""
    if not settings.public_url:
        return None
    path, _ = split_suffix(own_path(request), CITATIONS)
    given = [(k, v) for k, v in request.query_params.multi_items() if k not in CITING]
    return located(settings, path, given)


def cited(
    citations: Citations, form: Format, name: str, headers: Mapping[str, str] | None = None
) -> Response:
    """References in one of the forms of CITATIONS; `name` is that of a file to keep them in."""
    content = written(citations, _FORMS[form])
    disposition = {"Content-Disposition": f'inline; filename="{name}{form.suffix}"'}
    return Response(content, headers={**(headers or {}), **disposition}, media_type=form.content_type)
