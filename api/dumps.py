"""The dump of the current graph, made once when it is first asked for."""

import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet

from api.snapshot import Snapshots
from graph.dump_index import DumpIndex
from graph.dump_shelf import DumpShelf
from graph.dumps import WholeGraph, made_of, read_loaded
from graph.settings import Settings
from graph.sources import Held
from graph.store import Store
from schema.errors import GraphMoved, TimeLimit
from schema.model import Schema

_TRIES = 5


class Dumps:
    """Dumps that the API gives. Those who ask for one that is being made wait for it together.

    A dump that takes longer than a query may is made to the end all the same, and is there for the next call.
    """

    def __init__(self, settings: Settings, store: Store, schema: Schema, snapshots: Snapshots) -> None:
        self.shelf = DumpShelf(settings)
        self._settings = settings
        self._store = store
        self._schema = schema
        self._snapshots = snapshots
        self._lock = threading.Lock()
        self._being_made: Future[DumpIndex] | None = None

    def current(self) -> DumpIndex:
        """The dump of the graph as it is. Raises one of the engine's errors, TimeLimit or EmptyGraph."""
        found = self.shelf.fitting(made_of(self._settings, self._schema, *read_loaded(self._store)))
        if found is not None:
            return found
        with self._lock:
            if self._being_made is None or self._being_made.done():
                self._being_made = Future()
                threading.Thread(target=self._make, args=(self._being_made,), daemon=True).start()
            waiting = self._being_made
        try:
            return waiting.result(self._settings.query_seconds)
        except NotYet:
            raise TimeLimit("the dump of this graph is being made; ask again in a moment") from None

    def _make(self, promised: "Future[DumpIndex]") -> None:
        try:
            promised.set_result(self.shelf.put(self._whole()))
        except BaseException as error:
            promised.set_exception(error)

    def _whole(self) -> WholeGraph:
        for _ in range(_TRIES):
            version, loaded = read_loaded(self._store)
            held = self._snapshots.of(version)
            if held.version == version:
                made = made_of(self._settings, self._schema, version, loaded)
                source = Held(held.entities.values(), held.statements.values())
                return WholeGraph(self._schema, made, source, lambda: True)
        raise GraphMoved("the graph is being loaded; ask again in a moment")
