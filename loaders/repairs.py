"""Rewrites pointers in the curated files where their clause stands at another place now.

Only the numbers and hashes are replaced, where they stand: comments, order and style of a file stay. What has
more than one possible place, or another wording, is for a curator.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from graph.anchors import Anchor, Anchored
from graph.records import SHIFTED

Pointer = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Repair:
    """What was rewritten at a place: `before` and `after` are `79–164` for a clause, or hashes."""

    file: str
    line: int
    before: str
    after: str


def repairable(found: Iterable[Anchored]) -> Mapping[Pointer, Anchor]:
    """The places of shifted clauses by document, start, end and sha256; only where there is one place."""
    return {
        (one.pointer.document, one.pointer.start, one.pointer.end, one.pointer.sha256): one.anchor
        for one in found
        if one.state == SHIFTED and one.anchor.unique
    }


def repair_facts(folder: Path, places: Mapping[Pointer, Anchor]) -> list[Repair]:
    """Rewrite the clauses in all `*.yaml` of a folder that have moved; says what was done, in order."""
    return _rewritten(folder, lambda root: _clauses(root, places))


def repair_hash(folder: Path, document: str, sha256: str) -> list[Repair]:
    """Write the sha256 of a document's text into its entry in the register's folder."""
    return _rewritten(folder, lambda root: _hashes(root, document, sha256))


@dataclass(frozen=True, slots=True)
class _Edit:
    """Scalars with their new texts, and what the edit is called."""

    values: tuple[tuple[yaml.ScalarNode, str], ...]
    before: str
    after: str


def _rewritten(folder: Path, edits_in: Callable[[yaml.Node | None], Iterable[_Edit]]) -> list[Repair]:
    done: list[Repair] = []
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_bytes().decode()
        # The parser in C counts bytes; this one counts characters.
        edits = list(edits_in(yaml.compose(text, yaml.SafeLoader)))
        values = [pair for edit in edits for pair in edit.values]
        for node, value in sorted(values, key=lambda pair: _index(pair[0])[0], reverse=True):
            start, end = _index(node)
            text = text[:start] + value + text[end:]
        if edits:
            partial = path.with_name(path.name + ".part")
            partial.write_bytes(text.encode())
            partial.replace(path)
        done += [
            Repair(f"{folder.name}/{path.name}", _line(edit.values[0][0]), edit.before, edit.after)
            for edit in edits
        ]
    return done


def _clauses(root: yaml.Node | None, places: Mapping[Pointer, Anchor]) -> Iterator[_Edit]:
    """The clauses of a file of facts that have another place."""
    document = _scalar(_entries(root).get("document"))
    facts = _entries(root).get("facts")
    clauses = (c for fact in _elements(facts) for c in _elements(_entries(fact).get("clauses")))
    for clause in clauses:
        fields = _entries(clause)
        nodes = [_scalar(fields.get(key)) for key in ("start", "end", "sha256")]
        start, end, sha256 = nodes
        if document is None or start is None or end is None or sha256 is None:
            continue
        anchor = places.get((document.value, int(start.value), int(end.value), sha256.value))
        if anchor is not None and anchor.sha256 is not None:
            values = (start, str(anchor.start)), (end, str(anchor.end)), (sha256, anchor.sha256)
            yield _Edit(values, f"{start.value}–{end.value}", f"{anchor.start}–{anchor.end}")


def _hashes(root: yaml.Node | None, document: str, sha256: str) -> Iterator[_Edit]:
    """The hash of one document in a file of the register."""
    for element in _elements(root):
        fields = _entries(element)
        key, known = _scalar(fields.get("id")), _scalar(fields.get("sha256"))
        if key is not None and known is not None and key.value == document and known.value != sha256:
            yield _Edit(((known, sha256),), known.value, sha256)


def _entries(node: yaml.Node | None) -> Mapping[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _elements(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _scalar(node: yaml.Node | None) -> yaml.ScalarNode | None:
    return node if isinstance(node, yaml.ScalarNode) else None


def _index(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
