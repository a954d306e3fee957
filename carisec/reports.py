"""What came and went between two times, and what became of a receipt."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from carisec import html
from carisec.frames import frame
from carisec.source import Json
from queries.verifying import HOLDING_VERDICTS

if TYPE_CHECKING:
    import pandas as pd


class Differences:
    """The rows that a query has under other clocks and not under the first, and the other way round.

    `json` is what the HTTP API gives. It is true if there is any change.

    >>> found = kg.diff("who-established", program="CCGIU", known_on="2022", to_known_on="2024")
    >>> found.counts["removed"]
    0
    """

    def __init__(self, json: Json) -> None:
        self.json = json

    @property
    def changes(self) -> tuple[Json, ...]:
        """Each with its `kind` (added, removed, changed), `sentence`, the rows `before` and `after`."""
        return tuple(self.json["changes"])

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(change["sentence"] for change in self.changes)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows were added, removed, changed."""
        return cast(Mapping[str, int], self.json["counts"])

    @property
    def version(self) -> str:
        return str(self.json["version"])

    def to_df(self) -> "pd.DataFrame":
        """One row a change: its kind, its sentence, and the columns in which a changed row differs."""
        headings = ("kind", "sentence", "columns")
        return frame(headings, [[change[name] for name in headings] for change in self.changes])

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Json]:
        return iter(self.changes)

    def __repr__(self) -> str:
        told = ", ".join(f"{number} {kind}" for kind, number in self.counts.items())
        return f"<Differences of {self.json['query']}: {told}>"

    def _repr_html_(self) -> str:
        told = ", ".join(f"{number} {kind}" for kind, number in self.counts.items())
        return html.sentences(f"{self.json['title']}: {told}", self.sentences)


class Verification:
    """What became of a receipt. `json` is what the HTTP API gives. It is true if the answer is the same now.

    >>> bool(kg.verify(kg.ask("which agencies support CCGIU")))
    True
    """

    def __init__(self, json: Json) -> None:
        self.json = json

    @property
    def verdict(self) -> str:
        """same; same rows, other graph; differs; tampered; cannot be replayed."""
        return str(self.json["verdict"])

    @property
    def holds(self) -> bool:
        """Whether the answer is the same now."""
        return self.verdict in HOLDING_VERDICTS

    @property
    def differences(self) -> tuple[Json, ...]:
        """Each with its `kind`, what it `says`, and the `id` of what it is about."""
        return tuple(self.json["differences"])

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        return f"<Verification of {self.json['asked']!r}: {self.verdict}>"

    def _repr_html_(self) -> str:
        said = [f"{one['kind']}: {one['says']}" for one in self.differences]
        return html.sentences(f"{self.verdict}: {self.json['asked']}", said)
