"""The register: what is read from an entry, every check on it, and the register that ships."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import Entity, fold
from loaders.register import Name, Register, read_register
from schema.errors import DataError
from schema.model import load_schema

SCHEMA = load_schema()

BASE = """\
- id: country/zz
  types: [Country]
  name: Zedland
  iso3166: ZZ
- id: agency/harbour-watch
  types: [Agency]
  name: Harbour Watch
  country: country/zz
"""


def register(folder: Path, *texts: str) -> Register:
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, "utf-8")
    return read_register(SCHEMA, folder)


def faults(folder: Path, *texts: str) -> list[str]:
    """Faults as `line: message (mend)`, of all files but the folder's name."""
    with pytest.raises(DataError) as caught:
        register(folder, *texts)
    assert all(f.mend for f in caught.value.faults)
    return [str(f).removeprefix(f"{folder.name}/") for f in caught.value.faults]


def test_an_entity_with_everything(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        BASE,
        """\
# a unit that is a program too
- id: unit/nwc
  types: [Unit, Program]
  name: Night  Watch
    Centre
  acronyms: [NWC]
  aliases:
    - the night desk
    - Night Desk
    - {text: Desk, case: exact}
    - {text: Lamp Room, case: any}
  parent: agency/harbour-watch
  country: country/zz
  website: https://nwc.example/
  summary: Keeps the lamps of the harbour.
""",
    )
    assert found.entities["unit/nwc"] == Entity(
        "unit/nwc",
        ("Unit", "Program"),
        "Night Watch Centre",
        ("the night desk", "Night Desk", "Desk", "Lamp Room", "NWC"),
        ("Desk", "NWC"),
        {
            "parent": "agency/harbour-watch",
            "country": "country/zz",
            "website": "https://nwc.example/",
            "summary": "Keeps the lamps of the harbour.",
        },
    )
    assert [n for n in found.names if n.entity == "unit/nwc"] == [
        Name("Night Watch Centre", "unit/nwc", "title"),
        Name("the night desk", "unit/nwc", "any"),
        Name("Night Desk", "unit/nwc", "title"),
        Name("Desk", "unit/nwc", "exact"),
        Name("Lamp Room", "unit/nwc", "any"),
        Name("NWC", "unit/nwc", "exact"),
    ]
    assert found.places["unit/nwc"] == (f"{tmp_path.name}/1.yaml", 2)
    assert list(found.entities) == ["country/zz", "agency/harbour-watch", "unit/nwc"]


def test_values_are_canonical(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        """\
- id: observation/lamps
  types: [Observation]
  name: Lamps lit in fiscal year 2021
  value: 0012.50
  period: FY2021
  cumulative: False
""",
    )
    properties = found.entities["observation/lamps"].properties
    assert properties == {"value": "12.50", "period": "2020-10-01/2021-09-30", "cumulative": False}


ENTRY = "- id: agency/lamp-office\n  types: [Agency]\n  name: Lamp Office\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name: x\n", "1.yaml:1: file is a mapping (write a list, or leave the key out)"),
        ("- lamp\n", "1.yaml:1: entity is a text (write a mapping, or leave the key out)"),
        ("- types: [Agency]\n  name: Lamp Office\n", "1.yaml:1: entity has no id (add id: …)"),
        ("- id: agency/a\n  name: Lamp Office\n", "1.yaml:1: entity has no types (add types: …)"),
        ("- id: agency/a\n  types: [Agency]\n", "1.yaml:1: entity has no name (add name: …)"),
        ("- id: agency/a\n  types: []\n  name: A\n", "1.yaml:2: types is an empty list (name at least one)"),
        (
            "- id: Agency/Lamp_Office\n  types: [Agency]\n  name: Lamp Office\n",
            "1.yaml:1: id: 'Agency/Lamp_Office' is not an id"
            " (ids look like agency/atf: lower case, digits and hyphens)",
        ),
        (
            "- id: unit/lamp-office\n  types: [Agency, Program]\n  name: Lamp Office\n",
            "1.yaml:1: the id unit/lamp-office does not fit the type Agency"
            " (write agency/lamp-office, or list Unit first among the types)",
        ),
        (
            "- id: agency/a\n  types: [Agencie]\n  name: Lamp Office\n",
            "1.yaml:2: there is no type Agencie (did you mean Agency?)",
        ),
        (
            "- id: agency/a\n  types: [Agency, Agency]\n  name: Lamp Office\n",
            "1.yaml:2: the type Agency is listed twice (keep one)",
        ),
        (
            "- id: agency/a\n  types: [Agency, Organization]\n  name: Lamp Office\n",
            "1.yaml:1: the type Organization is implied by Agency (leave Organization out)",
        ),
        (
            "- id: entity/a\n  types: [Entity]\n  name: Lamp Office\n",
            "1.yaml:1: nothing can be only Entity (name a narrower type)",
        ),
        (ENTRY + "  sumary: x\n", "1.yaml:4: entity has the unknown key sumary (did you mean summary?)"),
        (ENTRY + "  iso3166: LO\n", "1.yaml:4: iso3166 is no attribute of Agency (it is one of Country)"),
        (ENTRY + "  website: lamp.example\n", "1.yaml:4: website: 'lamp.example' is not a web address"),
        (
            ENTRY + "  country: country/zy\n",
            "1.yaml:4: country: there is no country/zy (did you mean country/zz?)",
        ),
        (
            ENTRY + "  parent: unit/harbour-watch\n",
            "1.yaml:4: parent: there is no unit/harbour-watch (did you mean agency/harbour-watch?)",
        ),
        (ENTRY + "  parent: org/zzz\n", "1.yaml:4: parent: there is no org/zzz (add it to the register)"),
        (
            ENTRY + "  country: agency/harbour-watch\n",
            "1.yaml:4: country: agency/harbour-watch is Agency (it must be Country: name another)",
        ),
        (
            ENTRY + "  wikidata: Q42\n",
            "1.yaml:4: wikidata stands with the entity (write it in links.yaml, with how it was checked)",
        ),
        (ENTRY + "  aliases: [Lamp Office]\n", "1.yaml:4: the name 'Lamp Office' stands in line 3 already"),
        (ENTRY + "  aliases: ['—']\n", "1.yaml:4: '—' has neither letters nor digits"),
        (ENTRY + "  aliases: [{text: Lamps, case: loose}]\n", "1.yaml:4: there is no case rule 'loose'"),
        (ENTRY + "  aliases: [{text: Lamps}]\n", "1.yaml:4: aliases has no case (add case: …)"),
        (ENTRY + "  aliases: Lamps\n", "1.yaml:4: aliases is a text (write a list, or leave the key out)"),
        (
            ENTRY + "  ambiguous: [Lamps]\n",
            "1.yaml:1: ambiguous lists 'lamps', which is no name of the entity",
        ),
        (
            ENTRY + "  aliases: [The HARBOUR-watch]\n",
            "1.yaml:4: 'The HARBOUR-watch' is a name of agency/harbour-watch too: FOLDER/0.yaml:7"
            " (leave the weaker one out, or list it under ambiguous in both)",
        ),
        (
            ENTRY + "  aliases: [Harbour Watch]\n  ambiguous: [Harbour Watch]\n",
            "1.yaml:4: 'Harbour Watch' is a name of agency/harbour-watch too",
        ),
        (
            "- id: agency/harbour-watch\n  types: [Agency]\n  name: Lamp Office\n",
            "1.yaml:1: the id agency/harbour-watch is taken: FOLDER/0.yaml:5",
        ),
        (
            "- id: country/zx\n  types: [Country]\n  name: Exland\n  iso3166: zx\n",
            "1.yaml:4: 'zx' is no ISO 3166 code (two capital letters, such as JM)",
        ),
        (
            "- id: country/zx\n  types: [Country]\n  name: Exland\n  iso3166: ZW\n",
            "1.yaml:4: the code ZW does not fit the id country/zx (the id is country/zw)",
        ),
        (
            "- id: topic/lamps\n  types: [Topic]\n  name: lamps\n  parent: agency/harbour-watch\n",
            "1.yaml:4: topic/lamps and its parent agency/harbour-watch: only one of them is a topic",
        ),
    ],
)
def test_one_fault_has_file_line_and_mend(text: str, wanted: str, tmp_path: Path) -> None:
    found = faults(tmp_path, BASE, text)
    assert len(found) == 1, found
    assert found[0].startswith(wanted.replace("FOLDER", tmp_path.name))


def test_codes_are_unique(tmp_path: Path) -> None:
    found = faults(tmp_path, BASE, "- id: country/zy\n  types: [Country]\n  name: Wyland\n  iso3166: ZZ\n")
    assert "1.yaml:4: the iso3166 ZZ is taken" in "\n".join(found)


def test_parents_do_not_run_in_a_circle(tmp_path: Path) -> None:
    entry = "- {{id: unit/{0}, types: [Unit], name: Room {0}, parent: unit/{1}}}\n"
    found = faults(tmp_path, "".join(entry.format(*pair) for pair in ("ab", "bc", "cb", "dd")))
    assert found == [
        "0.yaml:1: parents run in a circle: unit/b → unit/c → unit/b (take one of these parents away)",
        "0.yaml:4: parents run in a circle: unit/d → unit/d (take one of these parents away)",
    ]


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, "- id: x\n", "- [\n", ENTRY + "  parent: org/zzz\n  website: W\n")
    assert [line.split(": ")[0] for line in found] == ["0.yaml:1"] * 3 + ["1.yaml:2"] + [
        "2.yaml:4",
        "2.yaml:5",
    ]


def test_names_that_both_declare_ambiguous_may_be_shared(tmp_path: Path) -> None:
    entry = "- {{id: org/{0}, types: [OtherOrganization], name: {0}, aliases: [Watch], ambiguous: [watch]}}\n"
    found = register(tmp_path, entry.format("one"), entry.format("two"))
    assert [n.entity for n in found.names if n.text == "Watch"] == ["org/one", "org/two"]


def test_exact_names_clash_only_where_they_are_spelled_alike(tmp_path: Path) -> None:
    entry = "- {{id: org/{0}, types: [OtherOrganization], name: {0}, {1}}}\n"
    found = register(tmp_path, entry.format("one", "acronyms: [WHO]"), entry.format("two", "acronyms: [WhO]"))
    assert len(found.entities) == 2
    assert faults(tmp_path, entry.format("one", "acronyms: [WHO]"), entry.format("two", "aliases: [WHO]"))


WORDS = st.text(alphabet="aAbBéÉ -'.&1", min_size=1, max_size=6).filter(fold)
ENTRIES = st.lists(
    st.tuples(WORDS, st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=2), st.booleans()),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(entries=ENTRIES)
def test_a_register_is_read_exactly_if_no_names_clash(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, list[str], list[str], bool]]
) -> None:
    data, spelled, owners = [], [], []
    for number, (name, aliases, acronyms, title) in enumerate(entries):
        texts = [" ".join(t.split()) for t in (name, *aliases, *acronyms)]
        exact = [False] * (1 + len(aliases)) + [True] * len(acronyms)
        spelled.append(texts)
        owners += [(number, text, case) for text, case in zip(texts, exact, strict=True)]
        kind = {
            "types": ["Program"] if title else ["Unit"],
            "id": f"{'program' if title else 'unit'}/n{number}",
        }
        data.append({**kind, "name": name, "aliases": aliases, "acronyms": acronyms})
    clash = any(len(set(texts)) < len(texts) for texts in spelled) or any(
        (a == b if one_exact or other_exact else fold(a) == fold(b))
        for i, a, one_exact in owners
        for j, b, other_exact in owners
        if i < j
    )
    folder = tmp_path_factory.mktemp("register")
    (folder / "all.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    if clash:
        with pytest.raises(DataError):
            read_register(SCHEMA, folder)
    else:
        found = read_register(SCHEMA, folder).entities.values()
        assert [(e.name, *e.aliases) for e in found] == [(name, *sorted(others)) for name, *others in spelled]
        assert [list(e.acronyms) for e in found] == [
            sorted(" ".join(a.split()) for a in acronyms) for _, _, acronyms, _ in entries
        ]


def test_the_register_that_ships() -> None:
    found = read_register(SCHEMA)
    assert len(found.entities) >= 250
    assert set(found.places) == set(found.entities)
    assert {n.entity for n in found.names} == set(found.entities)
