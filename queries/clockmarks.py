"""Checks that a query asks both clocks of all that its answer depends on.

Every relationship of a predicate and every statement must have a name that stands in a marker
`/* clocks: … */`, and every document that evidence leads to one that stands in `/* published: … */`, in the
same block or one inside it. A path or a list of relationships is asked through its members:
`all(r IN relationships(p) WHERE true /* clocks: r */)`. A statement that is found by the id of a relationship
is asked with it.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from queries.clocks import CLOCKS, MARKER, PUBLISHED
from queries.cyphertext import Used

_NO_CODE = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_RELATION = re.compile(
    r"-\[\s*(?P<name>[A-Za-z]\w*)?\s*(?::(?P<types>[A-Za-z][\w|]*))?\s*(?P<many>\*[\d.]*)?\s*(?:\{[^}]*\})?\s*\]-"
)
_BARE = re.compile(r"\)\s*<?--+>?\s*\(")
_STATEMENT = re.compile(
    r"\(\s*(?P<name>[A-Za-z]\w*)?:Statement\b\s*(?:\{(?:[^}]*\bid: (?P<by>[A-Za-z]\w*)\.id)?[^}]*\})?"
)
_FROM = re.compile(
    r"-\[:FROM\]->\(\s*(?P<to>[A-Za-z]\w*)?|\(\s*(?P<from>[A-Za-z]\w*)?(?::[\w:]+)?\s*(?:\{[^}]*\})?\s*\)<-\[:FROM\]-"
)
_PATH = re.compile(r"\b(?P<path>[A-Za-z]\w*)\s*=\s*(?:(?:all)?[sS]hortestPaths?\s*\()?\s*\(")
_MEMBERS = re.compile(
    r"\b(?P<member>[A-Za-z]\w*)\s+IN\s+(?:relationships\(\s*(?P<path>\w+)\s*\)|(?P<list>\w+))\s+WHERE\b", re.I
)
_CONDITION_ENDS = re.compile(
    r"\b(?:MATCH|OPTIONAL\s+MATCH|(?<!STARTS )(?<!ENDS )WITH|RETURN|UNWIND|ORDER\s+BY|UNION|CALL)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    name: str
    at: int


def unclocked(cypher: str, predicates: Set[str]) -> Iterator[tuple[Used, str, str]]:
    """What is not under a marker, each with its line, what is wrong and how to mend it."""
    yield from _Text(cypher, predicates).faults()


class _Text:
    """A query text with its strings and comments blanked at their full length, so that offsets agree."""

    def __init__(self, cypher: str, predicates: Set[str]) -> None:
        self.cypher, self.predicates = cypher, predicates
        self.code = _NO_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), cypher)
        self.marks = [_Mark(m[1], name, m.start()) for m in MARKER.finditer(cypher) for name in m[2].split()]

    def faults(self) -> Iterator[tuple[Used, str, str]]:
        for match in _BARE.finditer(self.code):
            yield self._fault(match.start(), "a relationship has no type", "name the predicates")
        yield from self._relationships()
        yield from self._statements()
        for match in _FROM.finditer(self.code):
            name = match["to"] or match["from"]
            if name is None:
                yield self._fault(match.start(), "a document of evidence has no name", "name it")
            elif not self._marked(PUBLISHED, name, match.start()):
                yield self._fault(
                    match.start(),
                    f"the document {name} is not asked when it was published",
                    _mend(PUBLISHED, name),
                )
        for match in MARKER.finditer(self.cypher):
            if self._beside_or(match.start()):
                yield self._fault(
                    match.start(), "a marker stands in a condition with OR", "put the OR in parentheses"
                )

    def _relationships(self) -> Iterator[tuple[Used, str, str]]:
        for match in _RELATION.finditer(self.code):
            types = set((match["types"] or "").split("|"))
            if match["types"] and types.isdisjoint(self.predicates):
                continue
            what = match["types"] or "any type"
            name = match["name"] if not match["many"] else None
            through = [match["name"]] if match["name"] else []
            through += [path["path"] for path in self._paths_at(match.start())]
            if name and self._marked(CLOCKS, name, match.start()):
                continue
            if any(self._asked_through(one, match.start()) for one in through):
                continue
            if match["many"] or not name:
                mend = "name it or its path, and ask its members"
                yield self._fault(match.start(), f"the relationship {what} is not asked for its clock", mend)
            else:
                message = f"the relationship {name} is not asked for its clock"
                yield self._fault(match.start(), message, _mend(CLOCKS, name))

    def _statements(self) -> Iterator[tuple[Used, str, str]]:
        for match in _STATEMENT.finditer(self.code):
            named = match["name"] is not None and self._marked(CLOCKS, match["name"], match.start())
            if not named and not any(m.kind == CLOCKS and m.name == match["by"] for m in self.marks):
                mend = _mend(CLOCKS, match["name"]) if match["name"] else "name it and ask it"
                yield self._fault(match.start(), "a statement is not asked for its clock", mend)

    def _marked(self, kind: str, name: str, at: int) -> bool:
        """Whether a marker in the block of this place, or inside it, names the variable."""
        start, end = self._block(at)
        return any(m.kind == kind and m.name == name and start <= m.at < end for m in self.marks)

    def _asked_through(self, name: str, at: int) -> bool:
        """Whether the members of a path or list are asked."""
        start, end = self._block(at)
        return any(
            name in (match["path"], match["list"]) and self._marked(CLOCKS, match["member"], match.end())
            for match in _MEMBERS.finditer(self.code, start, end)
        )

    def _paths_at(self, at: int) -> Iterator[re.Match[str]]:
        """The path that the pattern at this place is part of."""
        clause = max(self.code.rfind(word, 0, at) for word in ("MATCH", "WHERE"))
        yield from _PATH.finditer(self.code, max(clause, 0), at)

    def _block(self, at: int) -> tuple[int, int]:
        """Ends of the innermost `{ … }` of a subquery around a place, or of the whole text."""
        depth = 0
        for start in range(at - 1, -1, -1):
            depth += {"}": 1, "{": -1}.get(self.code[start], 0)
            if depth < 0:
                return start, self._closing(start)
        return 0, len(self.code)

    def _closing(self, opening: int) -> int:
        depth = 0
        for end in range(opening, len(self.code)):
            depth += {"{": 1, "}": -1}.get(self.code[end], 0)
            if depth == 0:
                return end
        return len(self.code)

    def _beside_or(self, at: int) -> bool:
        """Whether the condition of a marker has an OR beside it: the marker's AND would bind first."""
        before, after = self._level(at, -1), self._level(at, 1)
        where = [m.end() for m in re.finditer(r"\bWHERE\b", before, re.IGNORECASE)]
        end = _CONDITION_ENDS.search(after)
        condition = before[where[-1] if where else 0 :] + after[: end.start() if end else len(after)]
        return re.search(r"\bX?OR\b", condition, re.IGNORECASE) is not None

    def _level(self, at: int, step: int) -> str:
        """The text on one side of a place up to the bracket around it, without what is in brackets."""
        opening, closing = ("([{", ")]}") if step > 0 else (")]}", "([{")
        depth, found = 0, []
        place = at if step > 0 else at - 1
        while 0 <= place < len(self.code):
            character = self.code[place]
            depth += (character in opening) - (character in closing)
            if depth < 0:
                break
            found.append(character if depth == 0 else " ")
            place += step
        return "".join(found[::step])

    def _fault(self, at: int, message: str, mend: str) -> tuple[Used, str, str]:
        return Used("", self.code.count("\n", 0, at) + 1), message, mend


def _mend(kind: str, name: str) -> str:
    return f"write /* {kind}: {name} */ after a condition"
