"""The topics: a SKOS concept scheme, as a tree for people and programs and as RDF."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.dependencies import SettingsDep, SnapshotDep
from api.descriptions import rdf
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, JSON, LINKED, RDF_EXPORTS, form_of
from api.jsontext import Json
from api.markup import Markup
from api.pages import page
from api.representations import Representation
from api.snapshot import Snapshot
from api.topic_models import TopicScheme
from graph.records import ACCEPTED
from schema.errors import NotAcceptable

router = APIRouter(tags=["linked data"])

_ADDRESSES = "ADDRESSES"


@router.get(
    "/topics",
    summary="The topics",
    responses={
        200: {
            "model": TopicScheme,
            "content": {one.media_type: {} for one in LINKED if one is not JSON},
        },
        **error_responses(NotAcceptable, *ENGINE_ERRORS),
    },
)
@router.get("/topics.json", include_in_schema=False)
@router.get("/topics.html", include_in_schema=False)
@router.get("/topics.ttl", include_in_schema=False)
@router.get("/topics.jsonld", include_in_schema=False)
@router.get("/topics.nt", include_in_schema=False)
@router.get("/topics.rdf", include_in_schema=False)
def topics(request: Request, settings: SettingsDep, snapshot: SnapshotDep) -> Response:
    """The concept scheme with all topics, the narrower ones under the broader ones."""
    form = form_of(request.url.path, request.headers.get("accept"), LINKED)
    iri = f"{settings.base_iri}topics"
    sent = Representation(request, form, LINKED, describes=iri)
    headers = sent.headers()
    if form.suffix in RDF_EXPORTS:
        content = rdf(snapshot, form, snapshot.topics, ())
        return Response(content, headers=headers, media_type=form.content_type)
    tree = _tree(snapshot, settings.base_iri)
    if form is not HTML:
        return Json({"iri": iri, "name": "Topics", "topics": tree}, headers=headers)
    markup = Markup(snapshot.schema, settings).topics([{**one, "type": "Topic"} for one in _flat(tree)])
    context = {"topics": tree, "iri": iri, "markup": markup, **sent.head}
    return page(request, "topics.html", context, headers=headers)


def _tree(snapshot: Snapshot, base_iri: str) -> list[dict[str, Any]]:
    """The top concepts with what is under them, by name."""
    addressed = Counter(
        s.object for s in snapshot.statements.values() if s.predicate == _ADDRESSES and s.status == ACCEPTED
    )

    def under(parent: str | None) -> list[dict[str, Any]]:
        return [
            {
                "id": e.id,
                "iri": f"{base_iri}id/{e.id}",
                "name": e.name,
                "aliases": list(e.aliases),
                "addressed_by": addressed[e.id],
                "narrower": under(e.id),
            }
            for e in snapshot.topics
            if e.properties.get("parent") == parent
        ]

    return under(None)


def _flat(tree: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for topic in tree:
        yield topic
        yield from _flat(topic["narrower"])
