"""Counts an export in RDF while it is written: triples by property, things by class, links, named graphs.

What is written is counted, not what is known beforehand, so the figures of the description are those of the
files. A counter stands in the place of a file; it takes N-Triples or N-Quads, one line each.
"""

import io
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from graph.vocabulary import RDF

_TYPE = f"<{RDF}type>".encode()
# After so many triples hashes that came twice are thrown away.
_FOLD_AFTER = 1 << 20


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """Triples with a property, and how many different subjects and objects they have."""

    triples: int
    subjects: int
    objects: int


class _Lines(io.RawIOBase):
    """A file that gives every whole line to `_line`, and hands all that is written on to `onward`."""

    def __init__(self) -> None:
        self.onward: BinaryIO | None = None
        self._begun = b""

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        if self.onward is not None:
            self.onward.write(data)
        lines = (self._begun + bytes(data)).split(b"\n")
        self._begun = lines.pop()
        for line in lines:
            if line:
                self._line(line)
        return len(data)

    def _line(self, line: bytes) -> None:
        raise NotImplementedError


class GraphCounts(_Lines):
    """Counts the quads of N-Quads by the IRI of their graph."""

    def __init__(self) -> None:
        super().__init__()
        self._graphs: Counter[bytes] = Counter()

    @property
    def graphs(self) -> Mapping[str, int]:
        """Quads by the IRI of their graph, sorted."""
        return {_iri(name): count for name, count in sorted(self._graphs.items())}

    def _line(self, line: bytes) -> None:
        self._graphs[line.rsplit(b" ", 2)[1]] += 1


class TripleCounts(_Lines):
    """Counts N-Triples in which no triple comes twice.

    `space` is what the IRIs of the things described begin with; those with a fragment are parts of others.
    `elsewhere` are namespaces of other data sets, to which links are counted. Subjects and objects are held
    as hashes, 8 bytes each for every property that they occur with.
    """

    def __init__(self, space: str, elsewhere: Iterable[str]) -> None:
        super().__init__()
        self._space = f"<{space}".encode()
        self._elsewhere = {f"<{namespace}".encode(): namespace for namespace in elsewhere}
        self._classes: Counter[bytes] = Counter()
        self._properties: dict[bytes, _Property] = {}
        self._links: Counter[tuple[bytes, bytes]] = Counter()
        self._entities = _Distinct()
        self._last = b""
        self.triples = 0

    @property
    def classes(self) -> Mapping[str, int]:
        """How many things have a class, by its IRI, sorted."""
        return {_iri(name): count for name, count in sorted(self._classes.items())}

    @property
    def properties(self) -> Mapping[str, PropertyCount]:
        """Counts by the IRI of the property, sorted."""
        return {
            _iri(name): PropertyCount(one.triples, one.subjects.count, one.objects.count)
            for name, one in sorted(self._properties.items())
        }

    @property
    def links(self) -> Mapping[tuple[str, str], int]:
        """Links by the IRI of their property and the namespace that they lead to, sorted."""
        found = sorted(self._links.items())
        return {(_iri(name), self._elsewhere[space]): count for (name, space), count in found}

    @property
    def entities(self) -> int:
        """How many subjects there are in the space."""
        return self._entities.count

    @property
    def subjects(self) -> int:
        return _together(one.subjects for one in self._properties.values())

    @property
    def objects(self) -> int:
        return _together(one.objects for one in self._properties.values())

    def _line(self, line: bytes) -> None:
        subject, predicate, rest = line.split(b" ", 2)
        target = rest[:-2]
        found = self._properties.get(predicate)
        if found is None:
            found = self._properties[predicate] = _Property()
        found.triples += 1
        key = hash(subject)
        found.subjects.fresh.append(key)
        found.objects.fresh.append(hash(target))
        if subject != self._last:
            self._last = subject
            if subject.startswith(self._space) and b"#" not in subject:
                self._entities.fresh.append(key)
        if predicate == _TYPE:
            self._classes[target] += 1
        for space in self._elsewhere:
            if target.startswith(space):
                self._links[predicate, space] += 1
        self.triples += 1
        if self.triples % _FOLD_AFTER == 0:
            self._fold()

    def _fold(self) -> None:
        self._entities.fold()
        for one in self._properties.values():
            one.subjects.fold()
            one.objects.fold()


class _Distinct:
    """Hashes of which equal ones count once."""

    __slots__ = ("_kept", "fresh")

    def __init__(self) -> None:
        self.fresh: array[int] = array("q")
        self._kept: npt.NDArray[np.int64] = np.empty(0, np.int64)

    def fold(self) -> "npt.NDArray[np.int64]":
        """Every hash once."""
        if self.fresh:
            fresh = np.frombuffer(self.fresh, np.int64)
            self._kept, self.fresh = np.unique(np.concatenate((self._kept, fresh))), array("q")
        return self._kept

    @property
    def count(self) -> int:
        return len(self.fold())


class _Property:
    __slots__ = ("objects", "subjects", "triples")

    def __init__(self) -> None:
        self.triples = 0
        self.subjects = _Distinct()
        self.objects = _Distinct()


def _together(several: Iterable[_Distinct]) -> int:
    folded = [one.fold() for one in several]
    return len(np.unique(np.concatenate(folded))) if folded else 0


def _iri(term: bytes) -> str:
    return term[1:-1].decode()
