"""Shapes of counts and lists of values, for OpenAPI."""

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FacetValue(_Shape):
    """A value and how many rows have it; an entity's value is its id."""

    value: str | float | bool | None = Field(examples=["SUPPORTS"])
    name: str | None = Field(None, description="Name of the entity.")
    type: str | None = Field(None, description="Type of the entity.")
    count: int = Field(examples=[12])


class Facet(_Shape):
    """How often each value occurs over all rows, the most frequent first."""

    name: str = Field(examples=["relation"])
    values: list[FacetValue]
    distinct: int = Field(description="How many different values there are.")
    truncated: bool = Field(description="Whether there are more values, or rows that were not counted.")


class ParameterValue(_Shape):
    """Something that may be given for a parameter."""

    value: str = Field(examples=["program/etrace"])
    name: str = Field(examples=["eTrace"])
    type: str | None = Field(examples=["Program"])
    rows: int | None = Field(
        description="In how many of the query's rows it occurs, where these were counted."
    )


class ValueList(_Shape):
    """A page of what may be given for a parameter of a query."""

    query: str = Field(examples=["who-operates"])
    parameter: str = Field(examples=["program"])
    kind: str = Field(examples=["entity"])
    basis: str = Field(
        description="What the values are: `choices`; `entities` that occur in statements; those in the "
        "query's `rows`; `free`: anything of the kind may be given, and nothing is listed.",
        examples=["entities"],
    )
    values: list[ParameterValue]
    truncated: bool
    next: str | None
