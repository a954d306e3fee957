"""What a file says in terms of the ontology besides records: triples without evidence, and terms unknown."""

from pyoxigraph import Literal, NamedNode, Triple

from graph import vocabulary as v
from graph.rdf_nodes import Nodes, Term, key_of
from graph.rdf_reading import RecordReader
from graph.rdf_values import Wrong, short
from schema.model import Schema
from schema.values import SCHEMA_NS, canonical
from schema.yamlfile import nearest

_OWN_TERMS = (
    v.STATEMENT,
    v.EVIDENCE,
    v.STATUS,
    v.HAS_EVIDENCE,
    v.RULE,
    v.CONFIDENCE,
    v.CLAUSE_SHA256,
    v.ANCHOR,
    v.KNOWN_FROM,
    v.VALID_FROM,
    v.VALID_UNTIL,
)


def statement_keys(schema: Schema, nodes: Nodes) -> list[str]:
    """Keys of the resources that are statements of ours, sorted.

    These are what has our class or our evidence, and what reifies a triple with a predicate of ours.
    """
    predicates = {p.iri for p in schema.predicates.values()}
    found = set(nodes.instances(v.STATEMENT))
    for key in nodes:
        if nodes.objects(key, v.HAS_EVIDENCE.value):
            found.add(key)
        reified = [t.predicate for t in nodes.objects(key, v.REIFIES.value) if isinstance(t, Triple)]
        for term in (*nodes.objects(key, v.PREDICATE.value), *reified):
            if key_of(term) in predicates:
                found.add(key)
    return sorted(found)


def bare_triples(schema: Schema, nodes: Nodes, reader: RecordReader) -> None:
    """A fault for each triple with a predicate of ours that no statement of the file says."""
    predicates = {p.iri: p for p in schema.predicates.values()}
    said: set[tuple[str, ...]] = set()
    for key in statement_keys(schema, nodes):
        # One that is at fault has been told.
        try:
            subject, predicate, target = reader.said(key)
        except Wrong:
            continue
        rule = predicates.get(key_of(predicate) or "")
        datatype = rule.datatype if rule else None
        ends = (_end(reader, subject, None), _end(reader, target, datatype))
        said.add((ends[0], str(predicate), ends[1]))
        if rule is not None and rule.symmetric:
            said.add((ends[1], str(predicate), ends[0]))
    for key in nodes:
        subject_id = reader.id_of(key) or key
        for iri in predicates.keys() & set(nodes.predicates(key)):
            for term in nodes.objects(key, iri):
                target_id = _end(reader, term, predicates[iri].datatype)
                if (subject_id, f"<{iri}>", target_id) in said:
                    continue
                with reader.telling(key):
                    raise Wrong(
                        f"<{iri}> {_short_term(term)} has no evidence",
                        "add a :Statement of it (rdf:subject, rdf:predicate, rdf:object) with :evidence, "
                        "whose oa:hasTarget names the document and the clause",
                        nodes.line(key, iri, term),
                    )


def _end(reader: RecordReader, term: Term, datatype: str | None) -> str:
    """An end of a triple by which it can be compared."""
    key = key_of(term)
    if key is not None:
        return reader.id_of(key) or key
    if isinstance(term, Literal) and datatype is not None:
        try:
            return canonical(term.value, datatype)
        except ValueError:
            return term.value
    return str(term)


def _short_term(term: Term) -> str:
    return "a blank node" if (key_of(term) or "").startswith("_:") else short(str(term))


def unknown_terms(schema: Schema, nodes: Nodes, reader: RecordReader) -> None:
    """A fault for each term in the ontology's namespace that the ontology does not have."""
    fields = (*schema.attributes.values(), *schema.qualifiers.values())
    classes = {*(t.iri for t in schema.types.values()), v.STATEMENT.value, v.EVIDENCE.value}
    properties = {*(p.iri for p in schema.predicates.values()), *(f.iri for f in fields)}
    properties |= {term.value for term in _OWN_TERMS}
    for key in nodes:
        if key.startswith(SCHEMA_NS):
            continue  # the ontology itself, which may stand beside the data
        used = [(iri, iri, properties) for iri in nodes.predicates(key)]
        used += [
            (term.value, v.TYPE.value, classes)
            for term in nodes.objects(key, v.TYPE.value)
            if isinstance(term, NamedNode)
        ]
        for iri, predicate, known in used:
            if iri.startswith(SCHEMA_NS) and iri not in known:
                names = [one.removeprefix(SCHEMA_NS) for one in known]
                mend = nearest(iri.removeprefix(SCHEMA_NS), names) or "see /schema for what there is"
                term = NamedNode(iri) if predicate == v.TYPE.value else None
                with reader.telling(key):
                    line = nodes.line(key, predicate, term)
                    raise Wrong(f"has <{iri}>, which is not in the ontology", mend, line)
