import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from schema.errors import SchemaError
from schema.model import ONTOLOGY, Schema, load_schema, relationship_type
from schema.values import SCHEMA_NS

# Section 3 and 4 of the project's design; renaming one is a break for every consumer.
TYPES = [
    "Event",
    "Dialogue",
    "Organization",
    "Agency",
    "IntergovernmentalOrganization",
    "Unit",
    "OtherOrganization",
    "Program",
    "Instrument",
    "Operation",
    "Country",
    "Place",
    "Person",
    "Topic",
    "Commitment",
    "Observation",
    "Document",
]
PREDICATES = [
    "PARTICIPATED_IN",
    "HELD_IN",
    "UNDER",
    "MEMBER_OF",
    "PART_OF",
    "SUPPORTS",
    "OPERATES",
    "ESTABLISHED",
    "DEVELOPED",
    "COOPERATES_WITH",
    "SIGNED",
    "ADOPTED",
    "FUNDS",
    "CONDUCTED",
    "RESULTED_IN",
    "HOLDS_POSITION",
    "ADDRESSES",
    "USES",
    "LOCATED_IN",
    "AUTHORIZED_BY",
    "COMMITS_TO",
    "INVOLVES",
    "PRECEDES",
    "MENTIONS",
]


def test_the_published_names_are_there(schema: Schema) -> None:
    assert set(TYPES) <= schema.types.keys()
    assert set(PREDICATES) <= schema.predicates.keys()


def test_a_type_bears_the_labels_of_its_supertypes(schema: Schema) -> None:
    assert schema.types["Unit"].labels == ("Entity", "Organization", "Unit")
    assert schema.labels_of(["Unit", "Program"]) == ("Entity", "Organization", "Program", "Unit")
    assert schema.fits(["Unit"], ["Organization"])
    assert not schema.fits(["Organization"], ["Unit"])
    assert schema.subtypes("Event") == ("Dialogue", "Event")


def test_only_cooperation_is_symmetric(schema: Schema) -> None:
    assert [p.name for p in schema.predicates.values() if p.symmetric] == ["COOPERATES_WITH"]


def test_no_name_is_both_a_label_and_a_relationship_type(schema: Schema) -> None:
    """One engine keeps both in one table."""
    assert not {t.upper() for t in schema.types} & set(schema.predicates)


@pytest.mark.parametrize(("name", "expected"), [("participatedIn", "PARTICIPATED_IN"), ("uses", "USES")])
def test_relationship_type(name: str, expected: str) -> None:
    assert relationship_type(name) == expected


def test_every_term_of_the_ontology_is_labelled_and_of_a_known_namespace() -> None:
    graph = Graph().parse(ONTOLOGY)
    terms = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(SCHEMA_NS)}
    assert len(terms) > 80
    assert [t for t in terms if graph.value(t, RDFS.label) is None] == []
    declared = tuple(re.findall(r"^@prefix \w*: <(.+)> \.$", ONTOLOGY.read_text("utf-8"), re.MULTILINE))
    used = {str(o) for o in graph.objects() if isinstance(o, URIRef) and "carisec/schema/" not in o}
    assert [u for u in used if not u.startswith((*declared, "https://www.apache.org/"))] == []
    assert len(set(graph.subjects(RDF.type, OWL.ObjectProperty))) == len(PREDICATES)


def test_faults_name_term_file_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "ontology.ttl"
    text = ONTOLOGY.read_text("utf-8")
    text = text.replace("rdfs:domain :Person ; rdfs:range", "rdfs:domain :Persom ; rdfs:range")
    text = text.replace(":identifiedBy :role .", ":identifiedBy :rôle .", 1)
    broken.write_text(text, "utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schema(broken)
    messages = str(caught.value)
    assert ":holdsPosition names the type Persom" in messages
    assert ":participatedIn is identified by rôle" in messages
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith(":holdsPosition "))
    assert f"ontology.ttl:{line}:" in messages
