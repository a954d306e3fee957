"""Shape of the topics as JSON."""

from pydantic import BaseModel, Field


class Topic(BaseModel):
    """A topic with those under it."""

    id: str = Field(examples=["topic/firearms-trafficking"])
    iri: str
    name: str
    aliases: list[str]
    addressed_by: int = Field(description="How many accepted statements say that something addresses it.")
    narrower: list["Topic"]


class TopicScheme(BaseModel):
    """The concept scheme of the topics, its top concepts first."""

    iri: str
    name: str
    topics: list[Topic]
