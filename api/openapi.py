"""What OpenAPI says beyond the routes: the problem shape, and one path for each canned query."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from api.errors import ENGINE_ERRORS, error_responses
from api.models import Problem, TableAnswer
from queries.canned import Parameter, Query
from queries.catalog import Catalog
from schema.errors import BadParameter, NotAcceptable

DESCRIPTION = """
A knowledge graph of US–Caribbean security cooperation in which every statement points to the clause of the
document that says so.

* Answers come as JSON, and where it makes sense as CSV, NDJSON, RDF or a page: by suffix, else by `Accept`.
* Every answer about the graph bears an `ETag`; sent back as `If-None-Match` it gives a 304.
* Rows come in pages: `truncated` says that there are more, `next` and the `Link` header say where.
* Every IRI in the data leads here to a description of the thing; `Link` names the other forms of an answer.
* Errors are `application/problem+json`; a wrong parameter is told with the nearest right ones.
* Only reviewed queries run, and no endpoint writes to the graph. The holder of a token may read what waits
  for review and record decisions about it.
""".strip()

TAGS = [
    {"name": "queries", "description": "Canned queries and questions in plain English."},
    {"name": "entities", "description": "Things, statements about them, and paths between them."},
    {"name": "documents", "description": "Source documents with their marked clauses."},
    {"name": "linked data", "description": "RDF: identifiers, the whole graph, SPARQL."},
    {"name": "review", "description": "What waits for review, and decisions; for the holder of the token."},
    {"name": "pictures", "description": "Stand-alone interactive pictures."},
    {"name": "explorer", "description": "What the explorer draws."},
    {"name": "service", "description": "Liveness and readiness."},
]

_TYPES = {"integer": {"type": "integer"}, "date": {"type": "string", "format": "edtf"}}


def describe(app: FastAPI, catalog: Catalog) -> None:
    """Let the application's OpenAPI document say all this."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            _, shapes = models_json_schema(
                [(model, "serialization") for model in (Problem, TableAnswer)],
                ref_template="#/components/schemas/{model}",
            )
            document["components"]["schemas"] |= shapes["$defs"]
            for shape in ("HTTPValidationError", "ValidationError"):
                document["components"]["schemas"].pop(shape, None)
            for operation in _operations(document):
                _tell_validation(operation)
            _give_examples(document, catalog)
            rows = document["paths"]["/queries/{name}"]["get"]
            for query in catalog.queries.values():
                document["paths"][f"/queries/{query.name}"] = {"get": _operation(query, rows)}
            app.openapi_schema = document
        return app.openapi_schema

    # FastAPI's documented way to extend the document.
    app.openapi = described  # type: ignore[method-assign]


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _tell_validation(operation: dict[str, Any]) -> None:
    """A parameter that FastAPI refuses comes out as a problem like any other."""
    if "422" in operation["responses"]:
        operation["responses"]["422"] = error_responses(BadParameter)[422]


def _give_examples(document: dict[str, Any], catalog: Catalog) -> None:
    """The names of the queries as examples of the parameter that names one."""
    for parameter in document["paths"]["/queries/{name}"]["get"]["parameters"]:
        if parameter["name"] == "name":
            parameter["examples"] = {
                query.name: {"value": query.name, "summary": query.title}
                for query in catalog.queries.values()
            }


def _operation(query: Query, rows: dict[str, Any]) -> dict[str, Any]:
    """The operation of one query; paging and forms are those of `rows`, the operation of any query."""
    raised = error_responses(BadParameter, NotAcceptable, *ENGINE_ERRORS)
    paging = [parameter for parameter in rows["parameters"] if parameter["in"] == "query"]
    return {
        "tags": ["queries"],
        "summary": query.title,
        "description": query.purpose,
        "operationId": f"query-{query.name}",
        "parameters": [*(_parameter(query, p) for p in query.parameters), *paging],
        "responses": {
            "200": {"description": "A page of rows.", "content": rows["responses"]["200"]["content"]},
            **{str(status): response for status, response in raised.items()},
        },
    }


def _parameter(query: Query, parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_TYPES.get(parameter.kind, {"type": "string"}))
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.kind == "integer" else parameter.default
    types = f" Any name or id of: {', '.join(parameter.types)}." if parameter.types else ""
    described = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.help + types,
        "schema": schema,
    }
    if parameter.name in query.example:
        described["example"] = query.example[parameter.name]
    return described
