"""The RDF files of a load: those kept before, with those that are given now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.anchors import Source
from graph.imports import ImportStore, Kept
from graph.rdf_nodes import Nodes
from graph.records import Entity
from loaders.rdf.files import keep_file, rdf_suffix, read_nodes
from loaders.rdf.reading import Imported, read_imports
from schema.errors import DataError, Fault, NotFound
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Gathered:
    """What RDF files say in a load.

    `wanted` are the files to keep, by id, `said` what those without fault say, `given` the ids of those that
    the call named and that were read. `faults` tells of the files that were left out, `notes` where a file
    says something other than the register, which stands. `documents` are those that the files bring or rest
    on, and that those before this load did.
    """

    wanted: Mapping[str, Kept]
    said: tuple[Imported, ...] = ()
    given: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    documents: frozenset[str] = frozenset()

    @property
    def notes(self) -> tuple[Fault, ...]:
        return tuple(note for one in self.said for note in one.notes)

    @property
    def restored(self) -> frozenset[str]:
        """Documents of the files that the call named: they are back where they had been withdrawn."""
        return frozenset().union(*(one.documents for one in self.said if one.kept.id in self.given))


def is_rdf(path: Path) -> bool:
    """Whether a path that a call names is taken for an RDF file. Raises NotFound for a missing one."""
    if rdf_suffix(path) is None or path.is_dir():
        return False
    if not path.exists():
        raise NotFound(f"{path}: there is no such file; check the path")
    return True


def take_files(
    paths: Sequence[Path], store: ImportStore, base_iri: str
) -> tuple[dict[str, Kept], tuple[Fault, ...]]:
    """Files into the store, by id, and the faults of those that cannot be read at all."""
    kept: dict[str, list[Kept]] = {}
    faults: list[Fault] = []
    for path in dict.fromkeys(paths):
        try:
            one = keep_file(path, store, base_iri)
        except DataError as error:
            faults += error.faults
        else:
            kept.setdefault(one.id, []).append(one)
    for key, same in kept.items():
        for one in same[1:]:
            message = f"gives the id {key} as {same[0].file} does; neither is read"
            faults.append(Fault(one.file, 1, message, "imports are known by their file names; rename one"))
    return {key: same[0] for key, same in kept.items() if len(same) == 1}, tuple(faults)


def gather(
    schema: Schema,
    store: ImportStore,
    given: Mapping[str, Kept],
    known: Mapping[str, Entity],
    texts: Mapping[str, Source],
    kept_before: Mapping[str, Kept] | None = None,
) -> Gathered:
    """What the kept files and the given ones say; one that is at fault leaves its former version in place.

    `known` are all entities that are there without these files, `texts` the texts at hand, `kept_before` the
    kept files that stay, all by default.
    """
    there = store.read_all()
    before = there if kept_before is None else kept_before
    opened: dict[str, Nodes | DataError] = {}

    def read(files: Mapping[str, Kept]) -> dict[str, Imported]:
        for kept in files.values():
            if kept.sha256 not in opened:
                opened[kept.sha256] = _opened(store, kept)
        nodes = {key: (kept, opened[kept.sha256]) for key, kept in files.items()}
        whole = {key: (kept, one) for key, (kept, one) in nodes.items() if isinstance(one, Nodes)}
        broken = {
            key: Imported(kept, faults=one.faults)
            for key, (kept, one) in nodes.items()
            if isinstance(one, DataError)
        }
        return {**read_imports(schema, whole, known, texts), **broken}

    said = read({**before, **given})
    refused = {key for key in given if said[key].faults}
    faults = [fault for key in sorted(refused) for fault in said[key].faults]
    wanted = {**before, **{key: kept for key, kept in given.items() if key not in refused}}
    if refused & before.keys():
        said = read(wanted)
    faults += [f for key in sorted(wanted) for f in said[key].faults]
    good = {key: said[key] for key in sorted(wanted) if not said[key].faults}
    brought = {d for one in good.values() for d in one.documents}
    return Gathered(
        {key: _counted(kept, good.get(key)) for key, kept in wanted.items()},
        tuple(good.values()),
        tuple(key for key in good if key in given),
        tuple(dict.fromkeys(faults)),
        frozenset(brought.union(*(kept.documents for kept in there.values()))),
    )


def _opened(store: ImportStore, kept: Kept) -> Nodes | DataError:
    try:
        return read_nodes(store, kept)
    except DataError as error:
        return error


def _counted(kept: Kept, said: Imported | None) -> Kept:
    if said is None:
        return kept
    documents = tuple(sorted(said.documents))
    return replace(kept, documents=documents, entities=len(said.entities), statements=len(said.statements))
