"""Where what is at fault comes from: file and line of YAML or RDF, or the clause of a document."""

from collections.abc import Callable, Iterable, Mapping

from graph.findings import Finding
from graph.imports import ImportStore
from graph.records import Entity, Evidence, Statement
from graph.settings import Settings
from graph.vocabulary import Iris
from loaders.load import read_curated
from loaders.rdf.files import read_nodes
from schema.model import Schema
from schema.yamlfile import at

_WORDS = 8


class Places:
    """Places of entities, statements and evidence by id.

    `lines` has those in files. `text_of` gives the text of a document by id, or None where it is not at hand.
    """

    def __init__(
        self,
        lines: Mapping[str, str],
        entities: Iterable[Entity],
        statements: Iterable[Statement],
        text_of: Callable[[str], str | None],
    ) -> None:
        self._lines = lines
        self._text_of = text_of
        self._documents = {e.id: str(e.properties.get("file", "")) for e in entities if "Document" in e.types}
        self._clauses: dict[str, Evidence] = {}
        for statement in statements:
            for evidence in statement.evidence:
                self._clauses[evidence.id_for(statement.id)] = evidence
                for key in (statement.id, statement.object or "", statement.subject):
                    self._clauses.setdefault(key, evidence)

    def of(self, finding: Finding) -> str:
        """File and line, else the document and clause that say it, else the focus itself."""
        keys = (finding.focus, finding.owner)
        line = next((self._lines[key] for key in keys if key in self._lines), "")
        document = next((self._documents[key] for key in keys if self._documents.get(key)), "")
        clause = next((self._clauses[key] for key in keys if key in self._clauses), None)
        if line or document or clause is None:
            return line or document or finding.focus
        return self._told(clause)

    def _told(self, evidence: Evidence) -> str:
        text = self._text_of(evidence.document)
        clause = evidence.quote if text is None else text[max(evidence.start, 0) : max(evidence.end, 0)]
        return clause_told(evidence.document, evidence.start, evidence.end, clause or "")


def clause_told(document: str, start: object, end: object, clause: str) -> str:
    """`document/x 10–90 “its first words …”`, the words where the clause is at hand."""
    words = clause.split()
    shown = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
    place = f"{document} {start}–{end}"
    return f"{place} “{shown}”" if shown else place


def lines_of(settings: Settings, schema: Schema) -> Mapping[str, str]:
    """File and line of all that the curated files and the loaded RDF files define, by id."""
    curated = read_curated(settings, schema)
    found: dict[str, str] = {}
    store = ImportStore(settings.data_dir)
    for kept in store.read_all().values():
        nodes, iris = read_nodes(store, kept), Iris(kept.base_iri)
        keys = ((key, iris.record_id(key)) for key in nodes)
        found |= {id_: f"{kept.file}:{nodes.line(key)}" for key, id_ in keys if id_}
    places = {**curated.register.places, **curated.facts.places}
    return found | {key: at(place) for key, place in places.items()}
