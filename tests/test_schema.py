from pathlib import Path

import pytest

from schema.errors import SchemaError
from schema.model import ONTOLOGY, Schema, load_schema, relationship_type
from schema.values import EDTF, ENTITY_ID, LANG_STRING, canonical

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


def test_inverses_are_no_predicates(schema: Schema) -> None:
    assert len([p for p in schema.predicates.values() if p.datatype is None]) == len(PREDICATES)
    assert schema.terms["supportedBy"].kind == "inverse"
    assert schema.predicates["SUPPORTS"].inverse_label == schema.terms["supportedBy"].label
    assert schema.predicates["COOPERATES_WITH"].inverse_label == "cooperates with"


def test_values_have_the_datatype_of_records(schema: Schema) -> None:
    """An entity is its id, a date of whatever precision is EDTF, our own words are texts of a language."""
    assert schema.attributes["country"].datatype == ENTITY_ID
    assert schema.qualifiers["onBehalfOf"].datatype == ENTITY_ID
    assert schema.predicates["HELD_ON"].datatype == schema.qualifiers["date"].datatype == EDTF
    in_our_words = {f.name for f in schema.attributes.values() if f.datatype == LANG_STRING}
    assert in_our_words == {"name", "aliases", "summary"}
    assert schema.qualifiers["scope"].datatype == schema.predicates["DESCRIBED_AS"].datatype == LANG_STRING
    assert canonical("  two \n words ", LANG_STRING) == "two words"


def test_terms_tell_what_the_reference_shows(schema: Schema) -> None:
    person, member = schema.terms["Person"], schema.terms["memberOf"]
    assert person.kind == "class"
    assert person.parents == ("Entity",)
    assert [(a.relation, a.name) for a in person.alignments] == [
        ("subclass of", "foaf:Person"),
        ("subclass of", "schema:Person"),
    ]
    assert {"Country", "Organization"} <= set(person.disjoint)
    assert ("close to", "org:memberOf") in {(a.relation, a.name) for a in member.alignments}
    assert member.examples
    assert schema.terms["confidence"].range == ("xsd:decimal",)
    assert schema.terms["heldOn"].range == ("PartialDate",)


def test_faults_name_term_file_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "ontology.ttl"
    text = ONTOLOGY.read_text("utf-8")
    text = text.replace("rdfs:domain :Person ; rdfs:range", "rdfs:domain :Persom ; rdfs:range")
    text = text.replace(":identifiedBy :role ;", ":identifiedBy :rôle ;", 1)
    broken.write_text(text, "utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schema(broken)
    messages = str(caught.value)
    assert ":holdsPosition names the type Persom" in messages
    assert ":participatedIn is identified by rôle" in messages
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith(":holdsPosition "))
    assert f"ontology.ttl:{line}:" in messages
