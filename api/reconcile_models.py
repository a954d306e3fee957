"""Shapes of the Reconciliation Service API 0.2, for OpenAPI and as a check of what goes out."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TypeCell(_Shape):
    id: str = Field(examples=["Agency"])
    name: str = Field(examples=["Agency"])


class ReconcileType(TypeCell):
    """A type; `broader` are the types right above it."""

    description: str | None = None
    broader: list[TypeCell] | None = None


class ReconcileProperty(_Shape):
    id: str = Field(examples=["country"])
    name: str = Field(examples=["country"])
    description: str | None = None


class Feature(_Shape):
    id: str = Field(examples=["likeness"])
    value: bool | int | float = Field(examples=[87.5])


class ReconcileCandidate(_Shape):
    """An entity that a query may mean."""

    id: str = Field(examples=["agency/atf"], min_length=1)
    name: str = Field(min_length=1)
    description: str | None = None
    type: list[TypeCell]
    score: float = Field(ge=0, le=100)
    features: list[Feature]
    match: bool


class ReconcileResult(_Shape):
    """Candidates, the best first."""

    result: list[ReconcileCandidate]


class _Place(_Shape):
    service_url: str = Field(pattern=r"^https?://[^{}]+$")
    service_path: str = Field(pattern=r"^/")


class _Template(_Shape):
    url: str = Field(pattern=r"^https?://.*\{\{id\}\}")


class _Preview(_Template):
    width: int
    height: int


class _Suggest(_Shape):
    entity: _Place
    property: _Place
    type: _Place


class _Setting(_Shape):
    name: str
    label: str
    type: Literal["number"]
    default: int
    help_text: str


class _Extend(_Shape):
    propose_properties: _Place
    property_settings: list[_Setting]


class Manifest(_Shape):
    """What the service is and offers."""

    versions: list[Literal["0.2"]] = Field(min_length=1)
    name: str
    identifierSpace: str = Field(pattern=r"^https?://")  # noqa: N815
    schemaSpace: str = Field(pattern=r"^https?://")  # noqa: N815
    documentation: str = Field(pattern=r"^https?://")
    serviceVersion: str  # noqa: N815
    logo: str = Field(pattern=r"^https?://")
    defaultTypes: list[ReconcileType]  # noqa: N815
    view: _Template
    preview: _Preview
    suggest: _Suggest
    extend: _Extend
    batchSize: int  # noqa: N815


class SuggestedEntity(_Shape):
    id: str
    name: str
    description: str | None = None
    notable: list[TypeCell]


class SuggestedEntities(_Shape):
    result: list[SuggestedEntity]


class SuggestedTypes(_Shape):
    result: list[ReconcileType]


class SuggestedProperties(_Shape):
    result: list[ReconcileProperty]


class ProposedProperties(_Shape):
    """Properties that something of a type may have."""

    type: str | None = None
    limit: int | None = None
    properties: list[ReconcileProperty]


class _EntityValue(_Shape):
    id: str
    name: str


class _Text(_Shape):
    str_: str = Field(alias="str")


class _Whole(_Shape):
    int_: int = Field(alias="int")


class _Decimal(_Shape):
    float_: float = Field(alias="float")


class _Meta(_Shape):
    id: str
    name: str
    type: TypeCell | None = None


class Extended(_Shape):
    """Values of properties by entity and property."""

    meta: list[_Meta]
    rows: dict[str, dict[str, list[_EntityValue | _Text | _Whole | _Decimal]]]


# What comes back for a batch: a result for each query, by the name that the query has in the batch.
Batch = dict[str, ReconcileResult]
Answer = Manifest | Batch | ReconcileResult | Extended
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "queries": {
                            "type": "string",
                            "description": "Reconciliation queries by name, as JSON.",
                        },
                        "query": {"type": "string", "description": "One query, as JSON or the name alone."},
                        "extend": {"type": "string", "description": "A data extension query, as JSON."},
                    },
                },
                "examples": {
                    "queries": {
                        "value": {
                            "queries": '{"q0": {"query": "ATF", "type": "Agency", '
                            '"properties": [{"pid": "country", "v": "United States"}]}}'
                        }
                    }
                },
            }
        },
    }
}
