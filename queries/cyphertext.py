"""What a Cypher text uses: parameters, columns, labels, relationship types, clauses; each with its line.

This reads the catalogue's own queries, which keep two habits that make it simple: a space after the colon of
a map entry (`{id: $id}`), none before a label or type (`(n:Agency)`), and every column named with AS.
"""

import re
from dataclasses import dataclass

_STRINGS = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(
    r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|FOREACH|LOAD|GRANT|DENY|REVOKE|ALTER|CALL\s+[A-Za-z][\w.]*)\b",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"\$([A-Za-z]\w*)")
_NAME_AFTER_COLON = re.compile(r"(?<=[\w(\[)|&!]):([A-Za-z]\w*(?:[|&][A-Za-z]\w*)*)")
_ALIAS = re.compile(r"\bAS\s+([A-Za-z]\w*)\s*$", re.IGNORECASE)
_LAST_RETURN = re.compile(r"\bRETURN\b(?!.*\bRETURN\b)", re.IGNORECASE | re.DOTALL)
_PAGING = re.compile(r"\b(?:SKIP|LIMIT)\b", re.IGNORECASE)
_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Used:
    """A name or clause that the text uses and its line, counted from 1 at the start of the text."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class CypherText:
    """What one query uses. `columns` are the aliases after the last RETURN, in order."""

    parameters: tuple[Used, ...]
    columns: tuple[Used, ...]
    unnamed: tuple[Used, ...]
    labels: tuple[Used, ...]
    types: tuple[Used, ...]
    writes: tuple[Used, ...]
    ordered: bool
    paged: bool


def read_cypher(text: str) -> CypherText:
    """Read a query text."""
    plain = _STRINGS.sub(_blank, text)
    labels, types = _names(plain)
    columns, unnamed, tail = _columns(plain)
    return CypherText(
        parameters=_used(_PARAMETER, plain),
        columns=columns,
        unnamed=unnamed,
        labels=labels,
        types=types,
        writes=_used(_WRITES, plain),
        ordered=_ORDER.search(tail) is not None,
        paged=_PAGING.search(tail) is not None,
    )


def _blank(match: re.Match[str]) -> str:
    """Strings and comments go, line numbers stay."""
    return "''" + "\n" * match[0].count("\n")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _used(pattern: re.Pattern[str], text: str) -> tuple[Used, ...]:
    found: dict[str, Used] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[1], Used(match[1], _line(text, match.start())))
    return tuple(found.values())


def _names(text: str) -> tuple[tuple[Used, ...], tuple[Used, ...]]:
    """Labels and relationship types: a name after a colon is a type inside square brackets after a dash."""
    labels: list[Used] = []
    types: list[Used] = []
    for match in _NAME_AFTER_COLON.finditer(text):
        opened = max(text.rfind("[", 0, match.start()), 0)
        inside = text.find("]", opened, match.start()) < 0 and text[:opened].rstrip().endswith("-")
        line = _line(text, match.start())
        target = types if inside else labels
        target.extend(Used(name, line) for name in re.split(r"[|&]", match[1]))
    return tuple(labels), tuple(types)


def _columns(text: str) -> tuple[tuple[Used, ...], tuple[Used, ...], str]:
    """Aliases of the last RETURN, expressions without one, and what follows the column list."""
    found = _LAST_RETURN.search(text)
    if found is None:
        return (), (), ""
    start = found.end()
    order = _ORDER.search(text, start)
    end = order.start() if order else len(text)
    columns: list[Used] = []
    unnamed: list[Used] = []
    for part, offset in _split(text[start:end], start):
        alias = _ALIAS.search(part) or re.fullmatch(r"\s*(?:DISTINCT\s+)?([A-Za-z]\w*)\s*", part)
        line = _line(text, offset + len(part) - len(part.lstrip()))
        (columns if alias else unnamed).append(Used(alias[1] if alias else " ".join(part.split()), line))
    return tuple(columns), tuple(unnamed), text[end:]


def _split(text: str, offset: int) -> list[tuple[str, int]]:
    """Parts between the commas that are in no bracket, each with its offset."""
    parts, depth, begin = [], 0, 0
    for at, character in enumerate(text):
        depth += character in "([{"
        depth -= character in ")]}"
        if character == "," and depth == 0:
            parts.append((text[begin:at], offset + begin))
            begin = at + 1
    parts.append((text[begin:], offset + begin))
    return parts
