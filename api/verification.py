"""The shape of what `POST /verify` answers, for OpenAPI."""

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ThenAndNow(_Part):
    """A value of the receipt, and the one that was found now; null where nothing was asked again."""

    then: str | int
    now: str | int | None


class Difference(_Part):
    """One thing that is otherwise than the receipt has it."""

    kind: str = Field(examples=["statement gone"])
    id: str | None = Field(description="The statement, query or parameter that it is about.")
    says: str = Field(examples=["“ATF supports CCGIU” is not in the graph any more"])


class VerificationAnswer(_Part):
    """What became of an answer since its receipt was given."""

    verdict: str = Field(
        description="same; same rows, other graph; differs; tampered (the receipt or the answer around it "
        "was changed); cannot be replayed (the query or what a parameter named is gone).",
        examples=["same"],
    )
    receipt: str = Field(description="The receipt's own hash.")
    kind: str = Field(examples=["query"])
    asked: str = Field(examples=["members-of-program (program = program/cbsi)"])
    graph: ThenAndNow = Field(description="Versions of the graph.")
    result: ThenAndNow = Field(description="Hashes of the rows.")
    rows: ThenAndNow = Field(description="How many rows there are.")
    differences: list[Difference]
