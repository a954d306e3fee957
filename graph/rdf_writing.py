"""RDF files: the triples of `graph.rdf` in each notation, written as the records come.

The same graph gives the same bytes. N-Triples and N-Quads are sorted as `LC_ALL=C sort` would sort them, so
two exports can be compared line by line. In the other notations each entity stands with its direct triples,
and each statement is followed by its evidence. What is held in memory is a page of records, and for TriG the
statements of one document.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import BinaryIO

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from graph import vocabulary as v
from graph.network import xml_text
from graph.notations import JsonLd, Notation, NTriples, Term, Terms, Turtle, fit_iri, made_triple, quoted
from graph.rdf import REGISTER_GRAPH, Blocks, Describer, Node, by_graph, grouped
from graph.rdf_texts import Texts
from graph.records import Evidence, Statement
from graph.sources import About, Keyed, Source, resting_on
from schema.model import Schema

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written, and whither; `triple_terms` asks for those of RDF 1.2."""

    schema: Schema
    source: Source
    base_iri: str
    out: BinaryIO
    triple_terms: bool = False

    @property
    def prefixes(self) -> Mapping[str, str]:
        return v.prefixes(self.schema, self.base_iri)


def write_ntriples(job: Job) -> None:
    """Sorted lines, each triple once."""
    texts = _texts(job, NTriples(), _lines)
    _write(job.out, _in_line_order(texts, job.source))


def write_nquads(job: Job) -> None:
    """Sorted lines; a triple stands once in each graph that holds it."""
    texts = _GraphLines(_describer(job, NTriples()), v.Iris(job.base_iri))
    _write(job.out, _in_line_order(texts, job.source))


def write_turtle(job: Job) -> None:
    """Prefixed names, one block a subject."""
    texts = _texts(job, Turtle(job.prefixes), _block)
    _write(job.out, itertools.chain([_prefixes(job)], grouped(texts, job.source)))


def write_trig(job: Job) -> None:
    """The same in named graphs: the register's first, then those of the documents."""
    texts = _texts(job, notation := Turtle(job.prefixes), _block)
    iris = v.Iris(job.base_iri)
    graphs = (
        itertools.chain([f"\n{notation.iri(iris.graph(name).value)} {{\n"], blocks, ["}\n"])
        for name, blocks in by_graph(texts, job.source)
    )
    _write(job.out, itertools.chain([_prefixes(job)], itertools.chain.from_iterable(graphs)))


def write_jsonld(job: Job) -> None:
    """Compact JSON-LD with a context of prefixes, one node a line."""
    texts = grouped(_texts(job, JsonLd(job.prefixes), _object), job.source)
    context = ",\n".join(f"  {quoted(prefix)}: {quoted(iri)}" for prefix, iri in job.prefixes.items())
    first = (text.removeprefix(",") for text in itertools.islice(texts, 1))
    head = f'{{"@context":{{\n{context}\n}},\n"@graph":['
    _write(job.out, itertools.chain([head], first, texts, ["\n]}\n"]))


def write_rdfxml(job: Job) -> None:
    """RDF/XML; characters that XML cannot hold are replaced."""
    serialize(_for_xml(job), job.out, RdfFormat.RDF_XML, prefixes=dict(job.prefixes))


def _prefixes(job: Job) -> str:
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in job.prefixes.items())


def _describer(job: Job, notation: Notation[str]) -> Describer[str]:
    return Describer(job.schema, job.base_iri, notation, job.source.languages(), job.triple_terms)


def _texts(job: Job, notation: Notation[str], render: Callable[[Node[str]], str]) -> Texts:
    return Texts(job.schema, _describer(job, notation), _describer(job, notation), notation, render)


def _write(out: BinaryIO, texts: Iterable[str]) -> None:
    held = iter(texts)
    while batch := "".join(itertools.islice(held, _BATCH)):
        out.write(batch.encode())


def _for_xml(job: Job) -> Iterator[Triple]:
    describer = Describer(job.schema, job.base_iri, Terms(), job.source.languages())
    for subject, pairs in itertools.chain.from_iterable(grouped(describer, job.source)):
        for predicate, target in pairs:
            yield made_triple(subject, predicate, _xml_term(target))


def _xml_term(term: Term) -> Term:
    if not isinstance(term, Literal) or (text := xml_text(term.value)) == term.value:
        return term
    if term.language:
        return Literal(text, language=term.language)
    return Literal(text, datatype=term.datatype)


# --- a node as text -------------------------------------------------------------------------------------


def _lines(node: Node[str]) -> str:
    """A subject in N-Triples, its lines sorted."""
    subject, pairs = node
    return "".join(sorted({f"{subject} {predicate} {target} .\n" for predicate, target in pairs}))


def _block(node: Node[str]) -> str:
    """A subject with its predicates in Turtle, one a line, the objects of one predicate after commas."""
    subject, pairs = node
    rows = []
    before = ""
    for predicate, target in pairs:
        rows.append(f", {target}" if predicate == before else f" ;\n    {predicate} {target}")
        before = predicate
    return f"\n{subject} {''.join(rows)[7:]} .\n"


def _object(node: Node[str]) -> str:
    """A subject with its predicates as JSON on a line, behind a comma; several objects make a list."""
    subject, pairs = node
    rows = [f",\n{subject[:-1]}"]
    for predicate, found in itertools.groupby(pairs, key=itemgetter(0)):
        targets = [target for _, target in found]
        listed = targets[0] if len(targets) == 1 else f"[{','.join(targets)}]"
        rows.append(f"{predicate}:{listed}")
    return ",".join(rows) + "}"


class _GraphLines:
    """Records as the lines of N-Quads."""

    def __init__(self, describer: Describer[str], iris: v.Iris) -> None:
        self._describer = describer
        self._graph = lru_cache(maxsize=1000)(lambda name: f" <{fit_iri(iris.graph(name).value)}> .\n")

    def subject(self, about: About) -> str:
        [(subject, pairs)] = self._describer.subject(replace(about, said=()))
        found = self._tails(pairs, REGISTER_GRAPH)
        for statement in about.said:
            for document in statement.documents or (REGISTER_GRAPH,):
                found |= self._tails(self._describer.direct([statement]), document)
        return _behind(subject, found)

    def scheme(self) -> str:
        [(subject, pairs)] = self._describer.scheme()
        return _behind(subject, self._tails(pairs, REGISTER_GRAPH))

    def statement(self, statement: Statement, keyed: Keyed) -> str:
        found: set[str] = set()
        for document in statement.documents or ("",):
            part = [(key, one) for key, one in keyed if one.document == document]
            [(subject, pairs)] = self._describer.statement(resting_on(statement, document), part)
            found |= self._tails(pairs, document or REGISTER_GRAPH)
        return _behind(subject, found)

    def evidence(self, key: str, statement: str, evidence: Evidence) -> str:
        nodes = self._describer.evidence(key, statement, evidence)
        return "".join(_behind(subject, self._tails(pairs, evidence.document)) for subject, pairs in nodes)

    def _tails(self, pairs: Iterable[tuple[str, str]], graph: str) -> set[str]:
        end = self._graph(graph)
        return {f" {predicate} {target}{end}" for predicate, target in pairs}


def _behind(subject: str, tails: Iterable[str]) -> str:
    return "".join([subject + tail for tail in sorted(tails)])


# --- the order of lines ---------------------------------------------------------------------------------


def _in_line_order(texts: Blocks[str], source: Source) -> Iterator[str]:
    """All of a source by the IRI of the subject, evidence and statements among the kinds of entities."""
    waiting = {
        "evidence/": (texts.evidence(*one) for one in source.evidence()),
        "statement/": (texts.statement(s, keyed) for s, keyed in source.statements()),
    }
    topics = False
    for about in _by_line(source.subjects()):
        topics = topics or about.is_full_topic
        for first in [first for first in waiting if first < about.id]:
            yield from waiting.pop(first)
        yield texts.subject(about)
    for rest in waiting.values():
        yield from rest
    if topics:
        yield texts.scheme()


def _by_line(subjects: Iterable[About]) -> Iterator[About]:
    """From the order of ids to that of lines, where `>` follows an id: hyphen and digits sort before it."""
    held: list[About] = []
    for about in subjects:
        while held and not _sorts_before(about.id, held[-1].id):
            yield held.pop()
        held.append(about)
    yield from reversed(held)


def _sorts_before(key: str, other: str) -> bool:
    return key.startswith(other) and key[len(other)] < ">"
