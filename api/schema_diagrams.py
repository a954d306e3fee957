"""What the pictures of the schema show, and where it stands; templates/schema_diagrams.html draws them.

Coordinates are units of the SVG, x to the right and y downwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schema.model import Schema, Term

ROW = 30
INDENT = 26
CELL = 34
# Room for the names beside and above the cells.
LEFT, TOP = 112, 120


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in the tree: its depth, its row, and the row of the class above it (None at the top)."""

    term: Term
    depth: int
    row: int
    above: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The relationships from a class (row) to a class (column)."""

    subject: str
    object: str
    column: int
    row: int
    predicates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which classes stand at the ends of relationships; a class stands for all below it."""

    subjects: Sequence[str]
    objects: Sequence[str]
    cells: Sequence[Cell]

    @property
    def width(self) -> int:
        return LEFT + CELL * len(self.objects) + 70

    @property
    def height(self) -> int:
        return TOP + CELL * len(self.subjects) + 6

    @property
    def by_subject(self) -> Mapping[str, list[Cell]]:
        """The cells of each row: the picture in words."""
        return {name: [c for c in self.cells if c.subject == name] for name in self.subjects}


def class_tree(schema: Schema) -> list[ClassRow]:
    """All classes, each below the one that it is a kind of, beginning with those that are under none."""
    classes = [t for t in schema.terms.values() if t.kind == "class"]
    rows: list[ClassRow] = []

    def add(term: Term, depth: int, above: int | None) -> None:
        mine = len(rows)
        rows.append(ClassRow(term, depth, mine, above))
        for child in (c for c in classes if term.name in c.parents):
            add(child, depth + 1, mine)

    for top in (c for c in classes if not c.parents):
        add(top, 0, None)
    return rows


def matrix(schema: Schema) -> Matrix:
    """The relationships by the classes at their ends, in the order of the tree."""
    found: dict[tuple[str, str], list[str]] = {}
    for term in (t for t in schema.terms.values() if t.kind == "relationship"):
        for subject in term.domain:
            for target in term.range:
                found.setdefault((subject, target), []).append(term.name)
    order = [row.term.name for row in class_tree(schema)]
    subjects = [name for name in order if any(name == pair[0] for pair in found)]
    objects = [name for name in order if any(name == pair[1] for pair in found)]
    cells = [
        Cell(subject, target, column, row, tuple(found[subject, target]))
        for row, subject in enumerate(subjects)
        for column, target in enumerate(objects)
        if (subject, target) in found
    ]
    return Matrix(subjects, objects, cells)
