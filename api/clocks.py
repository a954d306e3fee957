"""The two clocks as parameters of routes."""

from typing import Annotated

from fastapi import Depends, Query

from queries.clocks import AS_OF, HELP, KNOWN_ON, Clocks

_MOST = 100


def _described(name: str) -> str:
    return f"{HELP[name]}; everything if it is empty."


AsOf = Annotated[str, Query(description=_described(AS_OF), examples=["2023"], max_length=_MOST)]
KnownOn = Annotated[str, Query(description=_described(KNOWN_ON), examples=["2020-12-31"], max_length=_MOST)]


def _clocks(as_of: AsOf = "", known_on: KnownOn = "") -> Clocks:
    return Clocks.read(as_of, known_on)


ClocksDep = Annotated[Clocks, Depends(_clocks)]
