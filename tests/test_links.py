"""Links of the register's entities to what they are elsewhere: every check, and the links that ship."""

from pathlib import Path

import pycountry
import pytest

from graph.records import fold
from loaders.register import Register, read_register
from schema.errors import DataError
from schema.model import load_schema

SCHEMA = load_schema()

ENTITIES = """\
- {id: agency/lamps, types: [Agency], name: Lamp Office}
- {id: agency/oil, types: [Agency], name: Oil Office}
- {id: topic/light, types: [Topic], name: light}
"""
HEAD = "sources:\n  atlas: An atlas of lamps.\nlinks:\n"
ROW = "  - {{entity: {}, relation: {}, target: {}, sources: [atlas], says: Lamps, checked: 2031-05-04{}}}\n"


def row(entity: str, relation: str, target: str, more: str = "") -> str:
    return ROW.format(entity, relation, target, more)


LAMPS = row("agency/lamps", "sameAs", "Q7")


def register(folder: Path, *rows: str) -> Register:
    (folder / "all.yaml").write_text(ENTITIES, "utf-8")
    (folder / "links.yaml").write_text(HEAD + "".join(rows), "utf-8")
    return read_register(SCHEMA, folder)


def faults(folder: Path, *rows: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        register(folder, *rows)
    return [str(f).removeprefix(f"{folder.name}/") for f in caught.value.faults]


def test_links_become_properties_of_their_entities(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        LAMPS,
        row("agency/oil", "closeMatch", "Q8", ", why: It sells candles too."),
        row("agency/oil", "exactMatch", "https://codes.example/oil"),
        row("agency/oil", "exactMatch", "https://codes.example/lamp-oil"),
        row("topic/light", "exactMatch", "Q9"),
    )
    assert {key: dict(entity.properties) for key, entity in found.entities.items()} == {
        "agency/lamps": {"wikidata": "Q7"},
        "agency/oil": {
            "closeMatch": ("http://www.wikidata.org/entity/Q8",),
            "exactMatch": ("https://codes.example/lamp-oil", "https://codes.example/oil"),
        },
        "topic/light": {"wikidata": "Q9"},
    }
    assert found.links.made[1].why == "It sells candles too."
    assert found.links.made[0].checked == "2031-05-04"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            row("agency/lamp", "sameAs", "Q7"),
            "4: entity: there is no agency/lamp (did you mean agency/lamps",
        ),
        (row("agency/lamps", "same", "Q7"), "4: relation: there is no same (one of sameAs,"),
        (row("agency/lamps", "sameAs", "q7"), "4: target: 'q7' is neither a Wikidata id nor an address"),
        (
            row("agency/lamps", "exactMatch", "http://www.wikidata.org/entity/Q7"),
            "4: target: http://www.wikidata.org/entity/Q7 is a Wikidata item (write Q7)",
        ),
        (row("agency/lamps", "exactMatch", '"https://a b"'), "4: target: 'https://a b' is not a web address"),
        (row("agency/lamps", "sameAs", "https://a.example/"), "4: relation: sameAs goes to a Wikidata item"),
        (row("agency/lamps", "exactMatch", "Q7"), "4: relation: agency/lamps is no topic"),
        (row("topic/light", "sameAs", "Q7"), "4: relation: topic/light is a topic, and no item is one"),
        (row("agency/lamps", "closeMatch", "Q7"), "4: why: closeMatch needs one (say what keeps the two"),
        (row("agency/lamps", "sameAs", "Q7", ", why: It is."), "4: why: sameAs has one (leave it out"),
        (LAMPS.replace("2031-05-04", "2031-05"), "4: checked: 2031-05 is no day"),
        (LAMPS.replace(", checked: 2031-05-04", ""), "4: link has no checked (add checked: …)"),
        (LAMPS.replace("sources: [atlas], ", ""), "4: link has no sources"),
        (LAMPS.replace("says: Lamps, ", ""), "4: link has no says"),
        (LAMPS.replace("[atlas]", "[atlass]"), "4: sources: there is no source atlass (did you mean atlas?)"),
        (LAMPS.replace("says", "sais"), "4: link has the unknown key sais"),
        (LAMPS + LAMPS, "5: agency/lamps and Q7 are linked already: FOLDER/links.yaml:4 (keep one"),
        (
            LAMPS + row("agency/oil", "sameAs", "Q7"),
            "5: two things are not one item, and Q7 is another entity's already: FOLDER/links.yaml:4",
        ),
        (
            LAMPS + row("agency/lamps", "sameAs", "Q8"),
            "5: one thing is not two items, and agency/lamps has one already: FOLDER/links.yaml:4",
        ),
    ],
)
def test_a_wrong_link_has_file_line_and_mend(text: str, wanted: str, tmp_path: Path) -> None:
    found = faults(tmp_path, text)
    assert any(f.startswith("links.yaml:" + wanted.replace("FOLDER", tmp_path.name)) for f in found), found


def test_a_source_that_confirms_nothing_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, LAMPS.replace("  - ", "  - ", 1) + "extra: 1\n")
    assert "unknown key extra" in fault
    (tmp_path / "links.yaml").write_text(HEAD.replace("links:", "  idle: Idle.\nlinks:") + LAMPS, "utf-8")
    with pytest.raises(DataError, match="the source idle confirms no link"):
        read_register(SCHEMA, tmp_path)


@pytest.fixture(scope="module")
def shipped() -> Register:
    return read_register(SCHEMA)


def test_every_country_has_the_code_and_name_of_iso_3166(shipped: Register) -> None:
    countries = {key: e for key, e in shipped.entities.items() if "Country" in e.types}
    assert len(countries) >= 200
    unlike = set()
    for key, entity in countries.items():
        country = pycountry.countries.get(alpha_2=str(entity.properties["iso3166"]))
        assert country is not None, key
        names = {getattr(country, name, "") for name in ("name", "common_name", "official_name")}
        if {fold(name) for name in names}.isdisjoint(fold(name) for name in (entity.name, *entity.aliases)):
            unlike.add(f"{entity.name}: {country.name}")
        assert entity.properties["exactMatch"] == (
            f"http://publications.europa.eu/resource/authority/country/{country.alpha_3}",
        )
    # The register's words for what ISO 3166-1 names otherwise.
    assert unlike == {
        "Democratic Republic of the Congo: Congo, The Democratic Republic of the",
        "Holy See: Holy See (Vatican City State)",
        "Saint Martin: Saint Martin (French part)",
        "Sint Maarten: Sint Maarten (Dutch part)",
    }


def test_every_country_is_linked_and_what_is_joined_is_no_identity(shipped: Register) -> None:
    by_relation: dict[str, set[str]] = {}
    for link in shipped.links.made:
        by_relation.setdefault(link.relation, set()).add(link.entity)
    countries = {key for key, e in shipped.entities.items() if "Country" in e.types}
    assert countries - by_relation["sameAs"] == {"country/dk", "country/nl", "country/va"}
    assert countries <= by_relation["sameAs"] | by_relation["closeMatch"]
    assert {"igo/impacs", "igo/caricom", "agency/dea", "agency/cbp"} <= by_relation["sameAs"]
    assert not {"igo/world-bank", "igo/commonwealth", "igo/unhcr"} & by_relation["sameAs"]


def test_identity_of_countries_rests_on_two_sources(shipped: Register) -> None:
    for link in shipped.links.made:
        if link.relation == "sameAs" and link.entity.startswith("country/"):
            assert {"country-coder", "rigour"} <= set(link.sources), link.entity
            assert link.says.startswith(str(shipped.entities[link.entity].properties["iso3166"])), link.entity


def test_a_part_is_not_the_item_of_its_whole(shipped: Register) -> None:
    for link in shipped.links.made:
        parent = shipped.entities[link.entity].properties.get("parent")
        if isinstance(parent, str):
            whole = shipped.entities[parent].properties
            assert link.target != whole.get("wikidata"), link.entity
            assert link.iri not in str(whole.get("closeMatch", "")), link.entity
