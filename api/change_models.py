"""Shapes of the changes that loads made, for OpenAPI."""

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ChangeLine(_Shape):
    """One change in words."""

    kind: str = Field(description="`entity` or `statement`.", examples=["statement"])
    id: str = Field(examples=["program/etrace"])
    text: str
    about: list[str] = Field(description="Ids of the entities that it is about.")


class ChangeSection(_Shape):
    """Changes of one sort."""

    title: str = Field(examples=["new statements"])
    count: int = Field(description="How many there are; of many only the first are kept as lines.")
    lines: list[ChangeLine]


class ChangeCounts(_Shape):
    """How many records of a kind came, changed and went."""

    added: int
    changed: int
    removed: int


class LoadTold(_Shape):
    """A load that changed the graph."""

    number: int = Field(description="1 is the first one.")
    version: str = Field(description="Of the graph that it made.")
    previous: str = Field(description="Of the graph that it found; empty for the first load.")
    at: str = Field(examples=["2023-11-22T10:00:00+00:00"])
    title: str = Field(examples=["Statements: 3 added, 1 removed; evidence: 4 added"])
    first: bool = Field(description="It found no entities: it has counts and no lines.")
    counts: dict[str, ChangeCounts] = Field(description="By `entities`, `statements`, `evidence`.")
    sections: list[ChangeSection]


class LoadList(_Shape):
    """A page of loads, newest first."""

    entity: str | None = Field(description="The entity that the lines are about, where one was asked for.")
    loads: list[LoadTold]
    next: str | None = Field(description="Address of the page with older ones.")
