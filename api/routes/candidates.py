"""Candidates and decisions about them, for the holder of the token only."""

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api import models
from api.dependencies import NamesDep, SchemaDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from api.paging import PageDep, link_header, next_address
from graph.judgements import read_judgement_file, record
from queries.candidates import Filter, find_candidate, read_candidates
from queries.deciding import Said, decide
from schema.errors import BadParameter, BadSettings, BadToken, DataError, NotFound, SwitchedOff

_PRIVATE = {"Cache-Control": "no-store"}
_bearer = HTTPBearer(auto_error=False, description="The token of the setting CARISEC_TOKEN.")


def _token_holder(
    settings: SettingsDep, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Let only the holder of the token pass; what is compared takes as long for any wrong one."""
    if not settings.token:
        raise SwitchedOff("the review of candidates is switched off here; CARISEC_TOKEN opens it")
    if given is None:
        raise BadToken("this is for the holder of the token: send `Authorization: Bearer` with it")
    # Headers come as Latin-1, which gives the bytes that were sent.
    if not hmac.compare_digest(given.credentials.encode("latin-1"), settings.token.encode()):
        raise BadToken("this is not the token")


_AUTH_ERRORS = (BadToken, SwitchedOff)
router = APIRouter(prefix="/candidates", tags=["review"], dependencies=[Depends(_token_holder)])

Key = Annotated[
    str, Path(description="Id of a candidate: `candidate/…` for a name, else that of a statement.")
]


@router.get(
    "",
    summary="What waits for review",
    responses={
        200: {"model": models.CandidateList},
        **error_responses(*_AUTH_ERRORS, BadParameter, DataError, BadSettings, *ENGINE_ERRORS),
    },
)
def candidates(
    request: Request,
    store: StoreDep,
    schema: SchemaDep,
    settings: SettingsDep,
    wanted: PageDep,
    document: Annotated[
        str | None,
        Query(description="Only from this document.", examples=["document/2023-11-22-joint-statement"]),
    ] = None,
    kind: Annotated[
        str | None,
        Query(
            alias="type",
            description="Only names taken for this type, and statements about it.",
            examples=["Unit"],
        ),
    ] = None,
    predicate: Annotated[
        str | None, Query(description="Only statements of this predicate.", examples=["SUPPORTS"])
    ] = None,
) -> Response:
    """Names that the register does not know, those that stand in most places first; then statements.

    Each comes with its evidence and why it waits. What the judgement file settles already is left out and
    counted as `decided`; the next load brings it about.
    """
    judgements = read_judgement_file(schema, settings.judgement_file)
    found = read_candidates(
        store,
        schema,
        judgements,
        Filter(document, kind, predicate),
        offset=wanted.offset,
        limit=wanted.limit,
    )
    following = next_address(request, wanted, found.truncated)
    answer = {
        "candidates": found.items,
        "total": found.total,
        "decided": found.decided,
        "truncated": found.truncated,
        "next": following,
    }
    return Json(answer, headers={**_PRIVATE, **link_header((), following)})


@router.get(
    "/{key:path}",
    summary="A candidate",
    responses={
        200: {"model": models.CandidateItem},
        **error_responses(*_AUTH_ERRORS, NotFound, BadParameter, *ENGINE_ERRORS),
    },
)
def candidate(key: Key, store: StoreDep, schema: SchemaDep) -> Response:
    """One candidate with its evidence; the beginning of its id is enough where no other begins so."""
    return Json(find_candidate(store, schema, key), headers=_PRIVATE)


@router.post(
    "/{key:path}",
    summary="Decide about a candidate",
    responses={
        200: {"model": models.JudgementAnswer},
        **error_responses(*_AUTH_ERRORS, NotFound, BadParameter, DataError, BadSettings, *ENGINE_ERRORS),
    },
)
def decision(
    key: Key,
    body: models.DecisionBody,
    store: StoreDep,
    schema: SchemaDep,
    settings: SettingsDep,
    names: NamesDep,
) -> Response:
    """Record a decision in the judgement file, in place of an earlier one about the same.

    The graph stays as it is: the next `carisec load` brings the decision about.
    """
    said = Said(body.decision, body.by, body.entity, body.type, body.document, body.note)
    about = find_candidate(store, schema, key)
    judgement = decide(store, schema, names, about, said)
    record(schema, settings.judgement_file, judgement)
    answer: dict[str, Any] = {
        "recorded": judgement.record(schema),
        "entity": judgement.meant(schema),
        "pending": "the next `carisec load` brings it about",
    }
    return Json(answer, headers=_PRIVATE)
