"""The one exception tree of carisec.

    CarisecError                    500  exit 1
    ├── UsageError                  400  exit 2   the call is at fault
    │   ├── BadToken                401  exit 2   the token is missing or wrong
    │   ├── SwitchedOff             403  exit 2   a setting keeps this part closed
    │   ├── BadParameter            422  exit 2   a parameter has the wrong value (may suggest names)
    │   ├── NotFound                404  exit 2   no such query, entity, statement, document, format
    │   ├── Gone                    410  exit 2   an id that was withdrawn; says why
    │   ├── NotAcceptable           406  exit 2   no representation of the wanted type
    │   └── BadSettings             500  exit 2   a setting or environment variable is wrong
    ├── DataError                   422  exit 1   the data is at fault; knows file and line
    │   └── SchemaError             500  exit 1   the schema's own files are at fault
    ├── EngineUnavailable           503  exit 1   the graph engine cannot be reached or started
    ├── EngineFailure               502  exit 1   the graph engine refused a statement
    │   └── GraphMoved              503  exit 1   another load came between
    ├── EmptyGraph                  503  exit 1   nothing has been loaded yet
    ├── TimeLimit                   503  exit 1   a query ran into its time limit
    └── NotInstalled                501  exit 1   an optional package is missing

Each class says its HTTP status and its exit code; `api.errors` and `cli.main` read them from there, and
nothing else decides either. Messages name what is wrong, where, and the mend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


class CarisecError(Exception):
    """Base of every error that carisec raises on purpose."""

    status = 500
    exit_code = 1
    title = "carisec failed"

    @property
    def details(self) -> list[dict[str, str]]:
        """Machine-readable parts of the error, one object for each fault."""
        return []


class UsageError(CarisecError):
    """The call is at fault."""

    status = 400
    exit_code = 2
    title = "The call is at fault"


class BadParameter(UsageError):
    """A parameter has a value that cannot be used; `suggestions` holds the nearest that can."""

    status = 422
    title = "A parameter has a wrong value"

    def __init__(self, parameter: str, message: str, suggestions: Sequence[str] = ()) -> None:
        self.parameter = parameter
        self.suggestions = tuple(suggestions)
        hint = f" Nearest: {'; '.join(self.suggestions)}." if self.suggestions else ""
        super().__init__(f"{parameter}: {message}{hint}")
        self.message = message

    @property
    def details(self) -> list[dict[str, str]]:
        return [
            {"parameter": self.parameter, "detail": self.message, "suggestions": "; ".join(self.suggestions)}
        ]


class NotFound(UsageError):
    """Nothing has that name or id."""

    status = 404
    title = "Not found"


class Gone(UsageError):
    """What had that id was withdrawn, and nothing stands for it now."""

    status = 410
    title = "Withdrawn"


class BadToken(UsageError):
    """What was asked for is for the holder of a token; `headers` say how to show it."""

    status = 401
    title = "The token is missing or wrong"
    headers: Mapping[str, str] = MappingProxyType({"WWW-Authenticate": 'Bearer realm="carisec"'})


class SwitchedOff(UsageError):
    """A setting keeps this part closed to everyone."""

    status = 403
    title = "This is switched off"


class NotAcceptable(UsageError):
    """No representation of the wanted media type exists; `offered` tells which do, by type and suffix."""

    status = 406
    title = "No such format"

    def __init__(self, message: str, offered: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(message)
        self.offered = offered

    @property
    def details(self) -> list[dict[str, str]]:
        return [{"type": kind, "suffix": suffix} for kind, suffix in self.offered.items()]


class TooLarge(UsageError):
    """A request or a result goes beyond its limit of bytes."""

    status = 413
    title = "Too large"


class BadMediaType(UsageError):
    """The body of a request is of a type that is not read here."""

    status = 415
    title = "The body has a type that is not read"


class BadSettings(UsageError):
    """A setting or an environment variable has a value that cannot be used."""

    status = 500
    title = "A setting is wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a data file: where it is, what is wrong, and how to mend it. `line` counts from 1."""

    file: str
    line: int
    message: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f" ({self.mend})" if self.mend else "")


class DataError(CarisecError):
    """Input data is at fault. Carries every fault that was found, not only the first."""

    status = 422
    title = "The data is at fault"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

    @property
    def details(self) -> list[dict[str, str]]:
        return [
            {"file": f.file, "line": str(f.line), "detail": f.message, "mend": f.mend} for f in self.faults
        ]


class SchemaError(DataError):
    """The schema's own files contradict themselves; names the term."""

    status = 500
    title = "The schema is at fault"


class EngineUnavailable(CarisecError):
    """The graph engine cannot be reached or started."""

    status = 503
    title = "The graph engine is away"


class EngineFailure(CarisecError):
    """The graph engine refused or failed a statement."""

    status = 502
    title = "The graph engine failed"


class GraphMoved(EngineFailure):
    """Another load changed the graph between our reading and our writing; nothing of ours was written."""

    status = 503
    title = "The graph was changed meanwhile"


class EmptyGraph(CarisecError):
    """Nothing has been loaded yet."""

    status = 503
    title = "The graph is empty"


class TimeLimit(CarisecError):
    """A query was stopped because it ran into its time limit."""

    status = 503
    title = "The query took too long"


class NotInstalled(CarisecError):
    """What was asked for needs an optional package that is not installed."""

    status = 501
    title = "An optional package is missing"
