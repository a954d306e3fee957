"""The catalogue: every `*.cypher` file beside this module with its twin; all faults are found at load."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz import process

from queries.canned import Phrase, Query
from queries.lexicon import load_lexicon
from queries.notation import Element, Sequence_, Slot
from queries.queryfile import QueryFile
from queries.twins import Twin, read_twins
from schema.errors import DataError, Fault, NotFound
from schema.model import load_schema

QUERIES = Path(__file__).parent


@dataclass(frozen=True)
class Catalog:
    """All queries by name, sorted, and their twins."""

    queries: Mapping[str, Query]
    twins: Mapping[str, Twin] = field(default_factory=dict)

    @cached_property
    def _by_words(self) -> list[tuple[frozenset[Element], list[tuple[Query, Phrase, Sequence_]]]]:
        """Sequences of all phrases by the words and classes that they say."""
        found: dict[frozenset[Element], list[tuple[Query, Phrase, Sequence_]]] = defaultdict(list)
        for query in self.queries.values():
            for compiled in query.compiled:
                for sequence in compiled.sequences:
                    said = frozenset(e for e in sequence if not isinstance(e, Slot))
                    found[said].append((query, compiled.phrase, sequence))
        return list(found.items())

    @cached_property
    def _by_rarest(self) -> Mapping[Element | None, list[int]]:
        """Places in `_by_words` by that word or class of each which the fewest have; None: it says none."""
        often = Counter(itertools.chain.from_iterable(wanted for wanted, _ in self._by_words))
        found: dict[Element | None, list[int]] = defaultdict(list)
        for n, (wanted, _) in enumerate(self._by_words):
            found[min(wanted, key=lambda element: often[element], default=None)].append(n)
        return found

    def sayable(self, said: Set[Element]) -> Iterator[tuple[Query, Phrase, Sequence_]]:
        """Sequences of which every word and class is said, each with its query and phrase."""
        for n in sorted(n for element in (None, *said) for n in self._by_rarest.get(element, ())):
            wanted, sequences = self._by_words[n]
            if wanted <= said:
                yield from sequences

    def get(self, name: str) -> Query:
        """The query of that name. Raises NotFound with the nearest names."""
        if name in self.queries:
            return self.queries[name]
        near = [
            choice for choice, _, _ in process.extract(name, list(self.queries), limit=3, score_cutoff=50)
        ]
        hint = f"; nearest: {', '.join(near)}" if near else ""
        raise NotFound(f"there is no query {name!r}{hint}")


def load_catalog(folder: Path = QUERIES) -> Catalog:
    """Read the queries of a folder and then their twins. Raises DataError with every fault of either."""
    faults: list[Fault] = []
    queries: dict[str, Query] = {}
    for path in sorted(folder.glob("*.cypher"), key=lambda path: path.stem):
        reader = QueryFile(path, load_schema(), load_lexicon())
        query = reader.read()
        faults.extend(reader.faults)
        if query is not None:
            queries[query.name] = query
    twins, at_fault = ({}, faults) if faults else read_twins(queries.values(), folder, load_schema())
    if at_fault:
        raise DataError(at_fault)
    return Catalog(queries, twins)
