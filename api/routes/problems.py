"""What the types of problems mean: the address at which each of them ends."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.dependencies import SettingsDep
from api.errors import error_responses, problem_name
from api.formats import HTML, RECORDS, negotiate, split_suffix
from api.jsontext import Json
from api.pages import page
from api.representations import Representation
from schema.errors import CarisecError, NotAcceptable, NotFound

router = APIRouter(prefix="/problems", tags=["service"])

# Those that are no errors of ours: see `api.errors.problem_of`.
_OTHERS = {
    "method-not-allowed": ("Method Not Allowed", 405, "The address takes other methods; Allow names them."),
    "internal-error": ("carisec failed", 500, "Something went wrong inside carisec; its log says what."),
}


class ProblemType(BaseModel):
    """A type of problem."""

    type: str
    title: str
    status: int
    meaning: str = Field(examples=["Nothing has that name or id."])


@router.get(
    "/{name}",
    summary="A type of problem",
    responses={200: {"model": ProblemType}, **error_responses(NotFound, NotAcceptable)},
)
def problem_type(
    request: Request, name: Annotated[str, Path(examples=["not-found"])], settings: SettingsDep
) -> Response:
    """What a problem of this type says; the IRI of the type leads here."""
    name, by_suffix = split_suffix(name, RECORDS)
    form = by_suffix or negotiate(request.headers.get("accept"), RECORDS)
    known = {problem_name(kind): (kind.title, kind.status, _meaning(kind)) for kind in _kinds(CarisecError)}
    known |= _OTHERS
    if name not in known:
        raise NotFound(f"there is no type of problem {name}; there are {', '.join(sorted(known))}")
    iri = f"{settings.base_iri}problems/{name}"
    title, status, meaning = known[name]
    answer = {"type": iri, "title": title, "status": status, "meaning": meaning}
    sent = Representation(request, form, RECORDS, describes=iri)
    if form is not HTML:
        return Json(answer, headers=sent.headers())
    return page(request, "problem.html", {"problem": answer, **sent.head}, headers=sent.headers())


def _kinds(kind: type[CarisecError]) -> Iterator[type[CarisecError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)


def _meaning(kind: type[CarisecError]) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())
