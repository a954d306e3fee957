"""Pages that begin after the last row seen, whatever lies before it.

A query's last RETURN is written anew as `WITH … WHERE <comes after that row> RETURN … LIMIT`, so that no row
before it is sent or counted. The keys of the order are the ORDER BY expressions, each a column, a member of
one (`agency.id`) or an item of one (`statements[0]`); a query with any other order has no such pages and
keeps positions. Null comes last in ascending order and first in descending order, on both engines.

Where one goes on is a token: base64url of JSON `[version of the graph, hash of the query and its parameters,
values of the keys]`. It holds only for the same version, text and parameters.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from queries.canned import Query
from schema.errors import BadParameter

AFTER = "after"
Scalar = str | int | float | bool | None
# No engine holds a larger number.
LARGEST = 2**63 - 1

# Whatever is no code: strings, comments.
_NO_CODE = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_LAST_RETURN = re.compile(r"\bRETURN\b(?!.*\bRETURN\b)", re.IGNORECASE | re.DOTALL)
_ORDER_BY = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_KEY = re.compile(
    r"(?P<column>[A-Za-z]\w*)(?:\.(?P<member>[A-Za-z]\w*)|\[(?P<item>\d+)\])?"
    r"(?:\s+(?P<way>ASC|ASCENDING|DESC|DESCENDING))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Key:
    """One expression of an order: a column, or `member` of the map or list that the column holds."""

    column: str
    member: str | int | None
    descending: bool

    @property
    def expression(self) -> str:
        match self.member:
            case str():
                return f"`{self.column}`.`{self.member}`"
            case int():
                return f"`{self.column}`[{self.member}]"
            case _:
                return f"`{self.column}`"

    def of(self, row: Mapping[str, Any]) -> Any:
        """The key's value in a row, as the engine orders by it."""
        cell = row[self.column]
        match self.member:
            case str():
                return cell[self.member] if cell is not None else None
            case int():
                return cell[self.member] if cell is not None and self.member < len(cell) else None
            case _:
                return cell


@dataclass(frozen=True, slots=True)
class Seek:
    """A query text taken apart at its last RETURN: what stands before it, its list, its order as keys."""

    head: str
    returned: str
    columns: tuple[str, ...]
    keys: tuple[Key, ...]

    def page(self, after: Sequence[Scalar] | None, limit: int) -> tuple[str, dict[str, Any]]:
        """Text and parameters of the page of `limit` rows after the row with these keys; None: the first.

        The parameters come beside those of the query itself.
        """
        kept = ", ".join(f"`{name}`" for name in self.columns)
        order = ", ".join(key.expression + (" DESC" if key.descending else "") for key in self.keys)
        where, values = ("", {}) if after is None else self._after(after)
        text = f"{self.head}WITH {self.returned}\n{where}RETURN {kept}\nORDER BY {order}\nLIMIT $limit"
        return text, {**values, "limit": limit}

    def _after(self, after: Sequence[Scalar]) -> tuple[str, dict[str, Scalar]]:
        """The condition that a row comes after the one with these keys."""
        equal: list[str] = []
        ways: list[str] = []
        for n, (key, value) in enumerate(zip(self.keys, after, strict=True)):
            if (later := _later(key, f"$after{n}", value is None)) is not None:
                ways.append(" AND ".join((*equal, later)))
            equal.append(f"{key.expression} {'IS NULL' if value is None else f'= $after{n}'}")
        given: dict[str, Scalar] = {f"after{n}": value for n, value in enumerate(after) if value is not None}
        # Nothing comes after a row whose keys are all null.
        return f"WHERE {' OR '.join(f'({way})' for way in ways) or 'false'}\n", given

    def takes(self, after: Sequence[Scalar]) -> bool:
        """Whether these can be the keys of a row."""
        return len(after) == len(self.keys) and all(map(_is_scalar, after))

    def keys_of(self, row: Mapping[str, Any]) -> list[Any]:
        """The values of the keys in a row."""
        return [key.of(row) for key in self.keys]


def _later(key: Key, parameter: str, null: bool) -> str | None:
    """The condition that a key is later in the order than a value; None where nothing is."""
    if key.descending:
        return f"{key.expression} IS NOT NULL" if null else f"{key.expression} < {parameter}"
    return None if null else f"({key.expression} > {parameter} OR {key.expression} IS NULL)"


@lru_cache(maxsize=512)
def seek(cypher: str, columns: tuple[str, ...]) -> Seek | None:
    """A query text for paging along its order; None where that is not told by its columns alone."""
    plain = _NO_CODE.sub(lambda found: " " * len(found[0]), cypher)
    returned = _LAST_RETURN.search(plain)
    order = _ORDER_BY.search(plain, returned.end()) if returned else None
    if returned is None or order is None:
        return None
    keys = [_key(part.strip(), columns) for part in plain[order.end() :].split(",")]
    if not all(keys):
        return None
    whole = tuple(key for key in keys if key is not None)
    listed = cypher[returned.end() : order.start()].strip()
    return Seek(cypher[: returned.start()], listed, tuple(columns), whole)


def _key(text: str, columns: Sequence[str]) -> Key | None:
    found = _KEY.fullmatch(text)
    if found is None or found["column"] not in columns:
        return None
    item = found["item"]
    descending = (found["way"] or "").upper().startswith("DESC")
    return Key(found["column"], int(item) if item else found["member"], descending)


def fingerprint(query: Query, parameters: Mapping[str, Any]) -> str:
    """Hash of a query's name, text and parameters as understood, clocks among them."""
    said = orjson.dumps([query.name, query.cypher, dict(parameters)], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(said, digest_size=9).hexdigest()


def write_token(version: str, print_: str, keys: Sequence[Any]) -> str:
    """The token that goes on after a row with these keys."""
    said = orjson.dumps([version, print_, list(keys)])
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def read_token(token: str, version: str, print_: str, keys: Sequence[Key]) -> list[Scalar]:
    """The values of the keys in a token. Raises BadParameter naming `after` and the mend.

    `version` is that of the graph now, `print_` the fingerprint of the call that bears the token.
    """
    of_version, of_call, values = _token(token)
    if of_call != print_ or len(values) != len(keys):
        raise BadParameter(
            AFTER, "it was given for another query or other parameters; begin without it, at the first page"
        )
    if of_version != version:
        raise BadParameter(
            AFTER, "the graph was loaded anew since it was given; begin without it, at the first page"
        )
    return values


def _token(token: str) -> tuple[str, str, list[Scalar]]:
    damaged = BadParameter(AFTER, "it is no token of ours; take it as `next` has it, or begin without it")
    try:
        said = orjson.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        raise damaged from None
    match said:
        case [str() as version, str() as print_, list() as values] if all(map(_is_scalar, values)):
            return version, print_, values
    raise damaged


def _is_scalar(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) <= LARGEST
    return value is None or isinstance(value, str | float)
