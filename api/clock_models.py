"""What answers under the clocks look like."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClocksGiven(_Shape):
    """Under which clocks an answer stands; null where one is open."""

    as_of: str | None = Field(description="True at that time.", examples=["2023"])
    known_on: str | None = Field(description="Published by then.", examples=["2020-12-31"])


class ClockedSide(ClocksGiven):
    """One side of a comparison."""

    rows: int


class RowChange(_Shape):
    """A row that is on one side only, or other on the two; `columns` are those in which it differs."""

    kind: str = Field(description="`added`, `removed` or `changed`.", examples=["added"])
    sentence: str = Field(examples=["Added: IMPACS established CCGIU (date: November 2022)."])
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    columns: list[str]


class QueryDifference(_Shape):
    """What a query answers under one pair of clocks and not under another."""

    query: str
    title: str
    parameters: dict[str, Any]
    source: ClockedSide = Field(alias="from")
    target: ClockedSide = Field(alias="to")
    counts: dict[str, int] = Field(examples=[{"added": 1, "removed": 0, "changed": 0}])
    changes: list[RowChange]
    version: str = Field(description="Version of the graph.")
