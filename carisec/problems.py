"""The errors that a server tells as `application/problem+json`, as errors of `schema.errors` again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schema.errors import BadParameter, CarisecError, DataError, EngineUnavailable, Fault, UsageError


def error_of(status: int, problem: Mapping[str, Any]) -> CarisecError:
    """The error that a problem tells of; one without a name of ours goes by its HTTP status."""
    name = str(problem.get("type", "")).rpartition("/")[2]
    detail = str(problem.get("detail") or problem.get("title") or f"the server answers {status}")
    faults: Sequence[Mapping[str, str]] = problem.get("errors") or ()
    kind = _KINDS.get(name) or _by_status(status)
    if issubclass(kind, BadParameter):
        return _bad_parameter(detail, faults)
    if issubclass(kind, DataError):
        return kind([Fault(f["file"], int(f["line"]), f["detail"], f["mend"]) for f in faults])
    return kind(detail)


def _bad_parameter(detail: str, faults: Sequence[Mapping[str, str]]) -> CarisecError:
    if not faults:
        return UsageError(detail)
    first = faults[0]
    near = first.get("suggestions", "")
    return BadParameter(first["parameter"], first["detail"], near.split("; ") if near else ())


def _by_status(status: int) -> type[CarisecError]:
    if status < 500:
        return UsageError
    # A proxy before the server says so too.
    return EngineUnavailable if status in (502, 503, 504) else CarisecError


def _all(kind: type[CarisecError]) -> Iterator[type[CarisecError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _all(one)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


_KINDS: Mapping[str, type[CarisecError]] = {_kebab(kind.__name__): kind for kind in _all(CarisecError)}
