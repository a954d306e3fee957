"""One text for each JSON value, after RFC 8785, and its hash: so that equal answers have equal hashes.

Members are sorted by the UTF-16 form of their names, nothing stands between the signs, text is UTF-8 with
only those escapes that JSON demands, and a number is written as ECMAScript writes it: 446.0 is `446`,
whichever engine it came from. Whole numbers are written in full, where RFC 8785 stops at 2^53.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

# From here on, and from below the smaller one on, ECMAScript writes an exponent.
_LARGE, _SMALL = 1e21, 1e-6


def canonical_json(value: Any) -> bytes:
    """The canonical form of None, booleans, numbers, text, lists, tuples and mappings with text as keys.

    Raises ValueError for a number that is not finite and for text that is no Unicode, TypeError for any other
    value.
    """
    return _written(value).encode()


def canonical_hash(value: Any) -> str:
    """Hex sha256 of the canonical form."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _written(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case int():
            return str(value)
        case float():
            return _number(value)
        case Mapping():
            members = sorted(value.items(), key=lambda member: _utf16(member[0]))
            return "{" + ",".join(f"{_written(name)}:{_written(held)}" for name, held in members) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_written, value)) + "]"
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _utf16(name: Any) -> bytes:
    if not isinstance(name, str):
        raise TypeError(f"{type(name).__name__} is no name of a JSON member")
    return name.encode("utf-16-be")


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} is no JSON number")
    if value == 0:
        return "0"
    # Python finds the same shortest digits as ECMAScript, but sets the point and the exponent elsewhere.
    mantissa, _, exponent = f"{value!r}e".partition("e")
    sign = "-" if value < 0 else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    fraction = fraction.rstrip("0")
    power = int(exponent.rstrip("e") or 0) + len(whole)
    digits = whole + fraction
    power -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    if _SMALL <= abs(value) < _LARGE:
        return sign + _positional(digits, power)
    point = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{point}e{power - 1:+d}"


def _positional(digits: str, power: int) -> str:
    """Digits of which `power` stand before the point."""
    if power <= 0:
        return "0." + "0" * -power + digits
    if power >= len(digits):
        return digits + "0" * (power - len(digits))
    return f"{digits[:power]}.{digits[power:]}"
