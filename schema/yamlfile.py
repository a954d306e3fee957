"""Strict YAML with line numbers: keys are popped, and what is left over is a fault.

Every scalar is the text that stands in the file, so `2023-11` stays a month, `1.10` a number in a list of
pledges and `NO` the code of Norway. Anchors, aliases, tags and duplicate keys are refused. Faults are
gathered in one list, and `raise_faults` ends the reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml
from rapidfuzz import fuzz, process

from schema.errors import DataError, Fault
from schema.values import XSD, canonical

STRING = XSD + "string"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"
_KINDS = {yaml.ScalarNode: "a text", yaml.SequenceNode: "a list", yaml.MappingNode: "a mapping"}
# Composing recurses, in C too: a file nested some ten thousand deep would end the process.
_DEEPEST = 32
_NEAR = 71.0  # percent: HELD_AT is near HELD_IN, agency/xyz is not near agency/atf


class _Mark(Protocol):
    """What the marks of PyYAML's two parsers share; `line` counts from 0."""

    @property
    def line(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Item:
    """A node of a file with its place; `label` names it in messages. A fault goes to the shared list."""

    node: yaml.Node
    file: str
    label: str
    faults: list[Fault]

    @property
    def line(self) -> int:
        """Line of the file where it begins, from 1."""
        return _line(self.node.start_mark)

    @property
    def place(self) -> tuple[str, int]:
        """File and line."""
        return self.file, self.line

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def fault(self, message: str, mend: str = "") -> None:
        """Note that something is wrong at this place."""
        self.faults.append(Fault(self.file, self.line, message, mend))

    def literal(self, datatype: str = STRING) -> str | None:
        """Canonical text of a scalar, or None after a fault: not a scalar, empty, or not of the datatype."""
        if not isinstance(self.node, yaml.ScalarNode) or self._is_null:
            self._wrong_kind("a text")
        elif not self.node.value.strip():
            self.fault(f"{self.label} is empty", "write its text, or leave the key out")
        else:
            try:
                return canonical(self.node.value, datatype)
            except ValueError as error:
                message, _, mend = str(error).partition("; ")
                self.fault(f"{self.label}: {message}", mend or f"its datatype is {datatype.split('#')[-1]}")
        return None

    def items(self) -> "list[Item]":
        """Elements of a list; nothing, after a fault, for anything else."""
        if not isinstance(self.node, yaml.SequenceNode):
            self._wrong_kind("a list")
            return []
        return [self._child(node, self.label) for node in self.node.value]

    def one_or_many(self) -> "list[Item]":
        """Elements of a list that must not be empty, or the item itself where it is no list."""
        if not self.is_list:
            return [self]
        items = self.items()
        if not items:
            self.fault(f"{self.label} is an empty list", "name at least one")
        return items

    def texts(self) -> tuple[str, ...]:
        """Texts of a list, without those at fault: no text, or there twice, whatever the case."""
        found: dict[str, str] = {}
        for item in self.items():
            text = item.literal()
            if text is not None and text.casefold() in found:
                item.fault(f"{text} stands twice in {self.label}", "keep one of the two")
            elif text is not None:
                found[text.casefold()] = text
        return tuple(found.values())

    def fields(self, label: str) -> "Fields | None":
        """Keys of a mapping; None, after a fault, for anything else. `label` says what the mapping is."""
        if not isinstance(self.node, yaml.MappingNode):
            self._wrong_kind("a mapping", label)
            return None
        return Fields(self, label)

    def pairs(self) -> "Iterator[tuple[str, Item]]":
        """Keys and values of a mapping; a key that is no text or stands there twice is a fault."""
        lines: dict[str, int] = {}
        for key_node, value_node in self.node.value:
            key = self._child(key_node, "key")
            name = key.literal()
            if name is None:
                continue
            if name in lines:
                key.fault(f"the key {name} stands in line {lines[name]} already", "keep one of the two")
                continue
            lines[name] = key.line
            yield name, self._child(value_node, name)

    def _child(self, node: yaml.Node, label: str) -> "Item":
        return Item(node, self.file, label, self.faults)

    @property
    def _is_null(self) -> bool:
        return bool(self.node.tag == _NULL)

    def _wrong_kind(self, wanted: str, label: str | None = None) -> None:
        kind = "empty" if self._is_null else _KINDS[type(self.node)]
        self.fault(f"{label or self.label} is {kind}", f"write {wanted}, or leave the key out")


class Fields:
    """The keys of one mapping: pop those that are known, then `finish`."""

    def __init__(self, item: Item, label: str) -> None:
        self.item = item
        self.label = label
        self._left = dict(item.pairs())
        self._known: list[str] = []

    def pop(self, key: str, *, required: bool = False) -> Item | None:
        """The value of a key, or None; a fault where a required one is missing."""
        self._known.append(key)
        found = self._left.pop(key, None)
        if found is None and required:
            self.item.fault(f"{self.label} has no {key}", f"add {key}: …")
        return found

    def pop_literal(self, key: str, datatype: str = STRING, *, required: bool = False) -> str | None:
        """Canonical text of a scalar, or None where it is missing or at fault."""
        found = self.pop(key, required=required)
        return None if found is None else found.literal(datatype)

    def pop_items(self, key: str, *, required: bool = False) -> list[Item]:
        """Elements of a list, which must not be empty where it is required."""
        found = self.pop(key, required=required)
        if found is None:
            return []
        return found.one_or_many() if required and found.is_list else found.items()

    def pop_texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Texts of a list, which must be there and not be empty where it is required."""
        found = self.pop(key, required=required)
        if found is None:
            return ()
        if required and found.is_list:
            found.one_or_many()
        return found.texts()

    def finish(self) -> None:
        """Make every key that nobody popped a fault."""
        for key, item in self._left.items():
            known = f"known keys: {', '.join(sorted(self._known))}"
            item.fault(f"{self.label} has the unknown key {key}", nearest(key, self._known) or known)


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean …?` with up to three of the known words, or an empty text if none is near."""
    found = process.extract(word, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=_NEAR)
    return f"did you mean {' or '.join(choice for choice, _, _ in found)}?" if found else ""


def at(place: tuple[str, int]) -> str:
    """File and line as messages name them."""
    return f"{place[0]}:{place[1]}"


def raise_faults(faults: Sequence[Fault]) -> None:
    """Raise DataError with all faults by file and line, each once; nothing if there are none."""
    if faults:
        raise DataError(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line)))


def read_folder(folder: Path, faults: list[Fault]) -> list[Item]:
    """Roots of all `*.yaml` files of a folder, by name; a file's name in faults is `folder/file.yaml`."""
    if not folder.is_dir():
        faults.append(Fault(str(folder), 1, "the folder does not exist", "name a folder of .yaml files"))
        return []
    for path in sorted(folder.glob("*.yml")):
        faults.append(
            Fault(f"{folder.name}/{path.name}", 1, "ends in .yml and is not read", "end it in .yaml")
        )
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        faults.append(Fault(str(folder), 1, "the folder holds no .yaml file", "add one"))
    roots = [read_yaml(path, f"{folder.name}/{path.name}", faults) for path in paths]
    return [root for root in roots if root is not None]


def read_yaml(path: Path, name: str, faults: list[Fault]) -> Item | None:
    """Root of a file that goes by `name` in faults; None, after a fault, if the file cannot be read."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        faults.append(Fault(name, 1, f"cannot be read: {error.strerror}", "mend its permissions"))
        return None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(Fault(name, line, "is not UTF-8 text", "save it as UTF-8"))
        return None
    try:
        refused = list(_refused(text, name))
        faults.extend(refused)
        node = None if refused else yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        faults.append(_broken(error, text, name))
        return None
    if node is None:
        if not refused:
            faults.append(Fault(name, 1, "the file is empty", "write its content or remove it"))
        return None
    return Item(node, name, "file", faults)


@contextmanager
def fields_of(path: Path, label: str) -> Iterator[Fields]:
    """Keys of a file that is one mapping, which `label` names; the block under `with` pops all of them.

    Raises DataError with every fault at its end, or before it if there is no such file.
    """
    faults: list[Fault] = []
    root = read_yaml(path, f"{path.parent.name}/{path.name}", faults)
    fields = None if root is None else root.fields(label)
    if fields is None:
        raise DataError(faults)
    yield fields
    fields.finish()
    raise_faults(faults)


def _refused(text: str, name: str) -> Iterator[Fault]:
    """Faults of what a composed tree no longer shows: anchors, aliases, tags, and depth."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            yield Fault(name, line, f"has the alias *{event.anchor}", "write the value out")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            yield Fault(name, line, f"has the anchor &{event.anchor}", "leave it out")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            yield Fault(name, line, f"has the tag {event.tag}", "leave it out and quote the value if need be")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            yield Fault(
                name, line, f"is nested more than {_DEEPEST} deep", "lists and mappings need few levels"
            )
            return


def _line(mark: _Mark | None) -> int:
    return 1 if mark is None else mark.line + 1


def _broken(error: yaml.YAMLError, text: str, name: str) -> Fault:
    mend = "mend the YAML; quote texts that hold a colon, a # or a leading quote"
    if isinstance(error, yaml.MarkedYAMLError):
        line = _line(error.problem_mark or error.context_mark)
        return Fault(name, line, f"broken YAML: {error.problem}", mend)
    if isinstance(error, yaml.reader.ReaderError):
        line = text[: text.find(chr(error.character))].count("\n") + 1
        return Fault(name, line, f"holds the character U+{error.character:04X}: {error.reason}", "remove it")
    return Fault(name, 1, f"broken YAML: {error}", mend)
