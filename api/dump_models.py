"""Shapes of answers about dumps."""

from pydantic import BaseModel, Field


class HeldDump(BaseModel):
    version: str = Field(description="Version of the graph that it is of.")
    loaded: str = Field(description="When that graph was loaded.")
    made_with: str
    files: int
    bytes: int = Field(description="Size of all files.")
    address: str
    current: bool = Field(description="Whether it is of the graph as it is.")


class DumpList(BaseModel):
    version: str = Field(description="Version of the graph as it is.")
    latest: str = Field(description="Where its dump is; made when it is first asked for.")
    dumps: list[HeldDump] = Field(description="Those at hand, of the graph that was loaded last first.")
