"""The sample graph of the RDF tests, to be dumped."""

from collections.abc import Callable

from graph.dump_index import Made
from graph.dumps import WholeGraph
from graph.sources import Held
from tests.rdf_samples import BASE, ENTITIES, SCHEMA, STATEMENTS

VERSION = "0123456789abcdef"
ADDRESS = "https://graph.example"


def sample(
    version: str = VERSION,
    loaded: str = "2024-05-06T07:08:09+00:00",
    base: str = BASE,
    stays: Callable[[], bool] = lambda: True,
) -> WholeGraph:
    made = Made(version, loaded, SCHEMA.version, "carisec 0", base, ADDRESS)
    return WholeGraph(SCHEMA, made, Held(ENTITIES, STATEMENTS), stays)
