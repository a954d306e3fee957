"""One canned query: its parameters, columns and phrases as its header declares them, and its Cypher."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

import pydantic
from pydantic.dataclasses import dataclass as checked

from queries.notation import Sequence_

KIND = "kind"
_STRICT = pydantic.ConfigDict(extra="forbid")

Text = Annotated[str, pydantic.StringConstraints(strip_whitespace=True, min_length=1)]


@checked(frozen=True, slots=True, config=_STRICT)
class Parameter:
    """A parameter. An entity is given by any of its names, a date as EDTF, a choice as one of `choices`."""

    name: Text
    kind: Literal["entity", "text", "integer", "date", "choice"]
    help: Text
    types: tuple[Text, ...] = ()
    required: bool = False
    default: str | None = None
    choices: tuple[Text, ...] = ()


@checked(frozen=True, slots=True, config=_STRICT)
class Column:
    """A column. Entity cells are `{id, name, type}` with one of `types`, statements lists of ids."""

    name: Text
    kind: Literal["entity", "text", "number", "date", "list", "statements"]
    help: Text
    types: tuple[Text, ...] = ()


@checked(frozen=True, slots=True, config=_STRICT)
class Phrase:
    """A way to ask; `given` holds fixed parameters, `answer` the answering columns where they are others.

    Of two readings that fit alike that of a `general` phrase comes second.
    """

    say: Text
    given: dict[str, str] = field(default_factory=dict)
    answer: tuple[str, ...] = ()
    general: bool = False


@checked(frozen=True, slots=True, config=_STRICT)
class Header:
    """The YAML of a file.

    Words of a question that no phrase says must be found: in a row or the evidence of its statements
    (`evidence`), there but in quotes only if no row says them otherwise (`own`), in the row itself (`row`),
    or in any of the rows (`any`). `best` names a column of which only the largest value answers. Answers of
    a `countable` query may be counted; of two readings that fit alike that of a `general` query comes second.
    Phrases are in the order of preference.
    """

    title: Text
    purpose: Text
    question: Text
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    answer: tuple[Text, ...]
    phrases: tuple[Phrase, ...]
    example: dict[str, str]
    wording: Literal["evidence", "own", "row", "any"] = "evidence"
    best: Text | None = None
    countable: bool = True
    general: bool = False


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase as plain sequences of words, classes and slots."""

    phrase: Phrase
    sequences: tuple[Sequence_, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One canned query: its header, its Cypher without the header, and the file as it is."""

    name: str
    title: str
    purpose: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    answer: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    example: Mapping[str, str]
    wording: str
    best: str | None
    countable: bool
    general: bool
    cypher: str
    text: str
    compiled: tuple[Compiled, ...] = field(repr=False, default=())

    def parameter(self, name: str) -> Parameter | None:
        return next((p for p in self.parameters if p.name == name), None)

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)
