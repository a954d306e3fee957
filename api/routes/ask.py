"""Questions in plain English."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api import models
from api.citing import CitingDep, cited, own_address
from api.clocks import ClocksDep
from api.dependencies import CatalogDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import CITATIONS, HTML, RECORDS, form_of
from api.jsontext import Json
from api.pages import address, page
from queries.answers import answer_json
from queries.ask import ask
from queries.citations import cite_answer
from queries.receipts import receipt_json, receipt_of_answer
from schema.errors import BadParameter, NotAcceptable

router = APIRouter(tags=["queries"])


@router.get(
    "/ask",
    summary="Ask a question",
    responses={
        200: {
            "model": models.AskAnswer,
            "content": {one.media_type: {"schema": {"type": "string"}} for one in (HTML, *CITATIONS)},
        },
        **error_responses(BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
)
@router.get("/ask.json", include_in_schema=False)
@router.get("/ask.html", include_in_schema=False)
@router.get("/ask.txt", include_in_schema=False)
@router.get("/ask.bib", include_in_schema=False)
@router.get("/ask.csl.json", include_in_schema=False)
def ask_question(
    request: Request,
    catalog: CatalogDep,
    store: StoreDep,
    settings: SettingsDep,
    clocks: ClocksDep,
    citing: CitingDep,
    q: Annotated[
        str, Query(description="The question.", examples=["Which agencies support CCGIU?"], max_length=500)
    ] = "",
) -> Response:
    """The answer with the canned query that gave it and the clauses that it rests on.

    What the graph cannot answer gives `answered: false`, an empty answer and suggestions, never a guess.
    """
    form = form_of(request.url.path, request.headers.get("accept"), (*RECORDS, *CITATIONS))
    if not q.strip() and form is not HTML:
        raise BadParameter("q", "ask a question, such as: Which agencies support CCGIU?")
    found = ask(q, catalog, store, clocks)
    if form in CITATIONS:
        at = own_address(request, settings)
        sources = cite_answer(found, catalog, store, settings.base_iri, address=at, accessed=citing.accessed)
        return cited(sources, form, "answer")
    answer = answer_json(found)
    if form is not HTML:
        if citing.receipt:
            answer["receipt"] = receipt_json(receipt_of_answer(found, catalog, store))
        return Json(answer)
    steps = [
        (step, address(settings, f"/queries/{step['name']}", {**_given(step), **clocks.json()}.items()))
        for step in answer["steps"]
    ]
    return page(request, "ask.html", {"answer": answer, "steps": steps})


def _given(step: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as an address gives them: an entity by its id."""
    parameters: Mapping[str, Any] = step["parameters"]
    return {name: value["id"] if isinstance(value, dict) else value for name, value in parameters.items()}
