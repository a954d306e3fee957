"""Curated facts: what a fact becomes, every check on it, and the facts that ship."""

import time
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import Evidence, make_statement
from loaders.facts import CuratedFacts, read_facts
from loaders.register import Register, read_register
from schema.errors import DataError
from schema.model import load_schema

SCHEMA = load_schema()
HASH = "ab" * 32
OTHER_HASH = "cd" * 32

ENTITIES = """\
- {id: country/zz, types: [Country], name: Zedland, iso3166: ZZ}
- {id: country/zy, types: [Country], name: Wyland, iso3166: ZY}
- {id: agency/harbour-watch, types: [Agency], name: Harbour Watch}
- {id: agency/lamp-office, types: [Agency], name: Lamp Office}
- {id: unit/night-desk, types: [Unit, Program], name: Night Desk}
- {id: event/regatta, types: [Event], name: Regatta of 2020}
- {id: person/ada-lamp, types: [Person], name: Ada Lamp}
- {id: document/minutes, types: [Document], name: Minutes of the lamp office}
- {id: document/letters, types: [Document], name: Letters of the lamp office}
"""

HEAD = "document: document/minutes\nfacts:\n"
FACT = """\
  - subject: agency/harbour-watch
    predicate: SUPPORTS
    object: unit/night-desk
    summary: The watch helps the desk.
    clauses:
      - {start: 10, end: 20, sha256: HASH}
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("bundled") / "register"
    folder.mkdir()
    (folder / "all.yaml").write_text(ENTITIES, "utf-8")
    return read_register(SCHEMA, folder)


def facts(folder: Path, register: Register, *texts: str) -> CuratedFacts:
    for number, text in enumerate(texts):
        text = text.replace("OTHER_HASH", OTHER_HASH).replace("HASH", HASH)
        (folder / f"{number}.yaml").write_text(text, "utf-8")
    return read_facts(SCHEMA, register, folder)


def faults(folder: Path, register: Register, *texts: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        facts(folder, register, *texts)
    assert all(f.mend for f in caught.value.faults)
    return [str(f).removeprefix(f"{folder.name}/") for f in caught.value.faults]


def test_a_fact_with_lists_becomes_a_statement_for_each_pair(tmp_path: Path, register: Register) -> None:
    text = """\
document: document/minutes
facts:
  - subject: [agency/harbour-watch, country/zz]
    predicate: ESTABLISHED
    object: [unit/night-desk, agency/lamp-office]
    qualifiers: {date: 2020-03, onBehalfOf: country/zy, status: planned}
    summary: Watch and state mean to found
      desk and office.
    status: candidate
    clauses:
      - {start: 10, end: 20, sha256: HASH}
      - {start: 0, end: 1, sha256: OTHER_HASH}
"""
    found = facts(tmp_path, register, text)
    summary = "Watch and state mean to found desk and office."
    evidence = (
        Evidence("document/minutes", 10, 20, HASH, "curated", 1.0, summary),
        Evidence("document/minutes", 0, 1, OTHER_HASH, "curated", 1.0, summary),
    )
    assert list(found.statements) == [
        make_statement(
            SCHEMA,
            subject,
            "ESTABLISHED",
            target,
            qualifiers={"date": "2020-03", "onBehalfOf": "country/zy", "status": "planned"},
            status="candidate",
            evidence=evidence,
        )
        for subject in ("agency/harbour-watch", "country/zz")
        for target in ("unit/night-desk", "agency/lamp-office")
    ]
    file = f"{tmp_path.name}/0.yaml"
    assert {found.places[s.id] for s in found.statements} == {(file, 3)}
    assert [found.places[e.id_for(found.statements[0].id)] for e in evidence] == [(file, 11), (file, 12)]


def test_literals_are_canonical_values(tmp_path: Path, register: Register) -> None:
    text = FACT.replace("SUPPORTS", "HELD_ON").replace("object: unit/night-desk", "value: 2020-07-14")
    statement = facts(
        tmp_path, register, HEAD + text.replace("agency/harbour-watch", "event/regatta")
    ).statements[0]
    assert (statement.object, statement.value, statement.status) == (None, "2020-07-14", "accepted")


def test_a_file_defines_entities_for_all_files(tmp_path: Path, register: Register) -> None:
    entities = """\
entities:
  - {id: observation/lamps, types: [Observation], name: Lamps lit, value: 12, period: 2020}
"""
    text = HEAD + FACT.replace("SUPPORTS", "RESULTED_IN").replace("unit/night-desk", "observation/lamps")
    found = facts(tmp_path, register, text, entities + HEAD.replace("minutes", "letters") + FACT)
    assert list(found.entities) == ["observation/lamps"]
    assert found.entities["observation/lamps"].properties == {"value": "12", "period": "2020"}
    assert found.places["observation/lamps"] == (f"{tmp_path.name}/1.yaml", 2)
    assert [s.object for s in found.statements] == ["observation/lamps", "unit/night-desk"]


def swapped(old: str, new: str) -> str:
    assert FACT.count(old) == 1
    return HEAD + FACT.replace(old, new)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- x\n", "0.yaml:1: file is a list (write a mapping"),
        ("facts:\n" + FACT, "0.yaml:1: file has no document (add document: …)"),
        ("document: document/minutes\n", "0.yaml:1: file has no facts (add facts: …)"),
        ("document: document/minutes\nfacts:\n", "0.yaml:2: facts is empty (write a list"),
        (
            HEAD.replace("minutes", "minute") + FACT,
            "0.yaml:1: document: there is no document/minute (did you mean",
        ),
        (
            HEAD.replace("document/minutes", "unit/night-desk") + FACT,
            "0.yaml:1: document: unit/night-desk is Unit and Program (it must be Document: name another)",
        ),
        (HEAD + FACT + "fact: []\n", "0.yaml:9: file has the unknown key fact (did you mean facts?)"),
        (
            "entities:\n  - {id: org/oil, types: [OtherOrganization], name: Oil}\n" + HEAD + FACT,
            "0.yaml:2: org/oil is OtherOrganization (move it to the register",
        ),
        (
            "entities:\n  - {id: commitment/a, types: [Commitment], name: Night Desk}\n" + HEAD + FACT,
            "0.yaml:2: 'Night Desk' is a name of unit/night-desk too: register/all.yaml:5",
        ),
        (swapped("SUPPORTS", "SUPORTS"), "0.yaml:4: there is no predicate SUPORTS (did you mean SUPPORTS"),
        (
            swapped("SUPPORTS", "MENTIONS"),
            "0.yaml:4: MENTIONS is derived by the program (leave the fact out)",
        ),
        (
            swapped("unit/night-desk", "unit/nigth-desk"),
            "0.yaml:5: object: there is no unit/nigth-desk (did you mean unit/night-desk?)",
        ),
        (
            swapped("unit/night-desk", "program/night-desk"),
            "0.yaml:5: object: there is no program/night-desk (did you mean unit/night-desk?)",
        ),
        (
            swapped("agency/harbour-watch", "[country/zz, event/regatta]"),
            "0.yaml:3: subject: event/regatta is Event"
            " (it must be Organization or Country or Program or Operation: name another)",
        ),
        (
            swapped("unit/night-desk", "person/ada-lamp"),
            "0.yaml:5: object: person/ada-lamp is Person",
        ),
        (
            swapped("unit/night-desk", "[unit/night-desk, unit/night-desk]"),
            "0.yaml:5: object lists unit/night-desk twice (keep one of the two)",
        ),
        (swapped("unit/night-desk", "[]"), "0.yaml:5: object is an empty list (name at least one)"),
        (
            swapped("unit/night-desk", "agency/harbour-watch"),
            "0.yaml:3: agency/harbour-watch stands on both sides of SUPPORTS",
        ),
        (swapped("object: unit/night-desk", "note: x"), "0.yaml:3: fact has no object (SUPPORTS takes one"),
        (swapped("object: unit", "value: unit"), "0.yaml:5: SUPPORTS takes an object, not a value"),
        (swapped("SUPPORTS", "NAMED_AS"), "0.yaml:5: NAMED_AS takes a value, not an object"),
        (
            swapped("SUPPORTS", "NAMED_AS").replace("    object: unit/night-desk\n", ""),
            "0.yaml:3: fact has no value (NAMED_AS takes one: add value: …)",
        ),
        (
            swapped("SUPPORTS", "DATED")
            .replace("agency/harbour-watch", "unit/night-desk")
            .replace("object: unit/night-desk", "value: last week"),
            "0.yaml:5: value: 'last week' is not a date (write EDTF",
        ),
        (
            swapped("    summary", "    qualifiers: {rol: host}\n    summary"),
            "0.yaml:6: qualifiers has the unknown key rol (did you mean role?)",
        ),
        (
            swapped("    summary", "    qualifiers: {amount: 12 dollars}\n    summary"),
            "0.yaml:6: amount: '12 dollars' is not an amount (write it as '391132.00 USD')",
        ),
        (
            swapped("    summary", "    qualifiers: {onBehalfOf: country/xx}\n    summary"),
            "0.yaml:6: onBehalfOf: there is no country/xx (did you mean country/z",
        ),
        (
            swapped("    summary", "    status: planned\n    summary"),
            "0.yaml:6: there is no status 'planned' (one of accepted, candidate, retracted",
        ),
        (swapped("    summary: The watch helps the desk.\n", ""), "0.yaml:3: fact has no summary"),
        (
            swapped("\n      - {start: 10, end: 20, sha256: HASH}", " []"),
            "0.yaml:7: clauses is an empty list (name at least one)",
        ),
        (swapped("start: 10", "start: 20"), "0.yaml:8: the clause ends at 20 and starts at 20"),
        (swapped("start: 10", "start: -1"), "0.yaml:8: start is '-1' (a whole number of code points"),
        (swapped("start: 10, ", ""), "0.yaml:8: clause has no start (add start: …)"),
        (swapped("HASH", "abc"), "0.yaml:8: the sha256 has 3 characters (64 hex digits in lower case)"),
        (swapped("end: 20", "end: 20, quote: x"), "0.yaml:8: clause has the unknown key quote"),
        (
            HEAD + FACT + FACT,
            "0.yaml:14: agency/harbour-watch SUPPORTS unit/night-desk rests on this clause already:"
            " FOLDER/0.yaml:8 (take one of the two away",
        ),
        (
            HEAD + FACT + FACT.replace("agency/harbour-watch", "country/zz").replace("HASH", "OTHER_HASH"),
            "0.yaml:14: clause 10–20 has another sha256: FOLDER/0.yaml:8 (compute both again",
        ),
    ],
)
def test_a_fault_has_file_line_and_mend(text: str, wanted: str, tmp_path: Path, register: Register) -> None:
    found = faults(tmp_path, register, text)
    assert any(line.startswith(wanted.replace("FOLDER", tmp_path.name)) for line in found), found
    assert len(found) <= 2


def test_one_slip_does_not_hide_another(tmp_path: Path, register: Register) -> None:
    text = HEAD + FACT.replace("SUPPORTS", "HELPS").replace("watch\n", "wacht\n").replace(
        "night-desk", "dusk"
    )
    assert [line.split(": ")[0] for line in faults(tmp_path, register, text)] == [
        f"0.yaml:{n}" for n in (3, 4, 5)
    ]


def test_the_same_statement_may_rest_on_several_clauses_and_documents(
    tmp_path: Path, register: Register
) -> None:
    second = FACT.replace("10", "30").replace("20", "40")
    found = facts(tmp_path, register, HEAD + FACT + second, HEAD.replace("minutes", "letters") + FACT)
    assert len({s.id for s in found.statements}) == 1
    assert len({e.id_for(s.id) for s in found.statements for e in s.evidence}) == 3


IDS = ("agency/harbour-watch", "agency/lamp-office", "country/zz", "country/zy", "unit/night-desk")


@settings(deadline=None)
@given(
    subjects=st.lists(st.sampled_from(IDS), min_size=1, unique=True),
    objects=st.lists(st.sampled_from(IDS), min_size=1, unique=True),
    predicate=st.sampled_from(["SUPPORTS", "COOPERATES_WITH"]),
    spans=st.lists(st.tuples(st.integers(0, 99), st.integers(100, 199)), min_size=1, max_size=3, unique=True),
)
def test_every_pair_and_clause_is_there_once(
    tmp_path_factory: pytest.TempPathFactory,
    register: Register,
    subjects: list[str],
    objects: list[str],
    predicate: str,
    spans: list[tuple[int, int]],
) -> None:
    clauses = [{"start": start, "end": end, "sha256": HASH} for start, end in spans]
    fact: dict[str, Any] = {"subject": subjects, "predicate": predicate, "object": objects}
    data = {"document": "document/minutes", "facts": [{**fact, "summary": "Own words.", "clauses": clauses}]}
    folder = tmp_path_factory.mktemp("facts")
    (folder / "all.yaml").write_text(yaml.safe_dump(data), "utf-8")
    if set(subjects) & set(objects):
        with pytest.raises(DataError, match="stands on both sides"):
            read_facts(SCHEMA, register, folder)
        return
    found = read_facts(SCHEMA, register, folder)
    assert {s.id for s in found.statements} == {
        make_statement(SCHEMA, one, predicate, other).id for one, other in product(subjects, objects)
    }
    assert [[(e.start, e.end) for e in s.evidence] for s in found.statements] == [spans] * len(
        subjects
    ) * len(objects)


@settings(deadline=None)
@given(key=st.sampled_from(["subject", "predicate", "object", "summary", "clauses"]), slip=st.integers(0, 5))
def test_a_slip_in_a_key_is_found_and_mended(
    tmp_path_factory: pytest.TempPathFactory, register: Register, key: str, slip: int
) -> None:
    wrong = key[:slip] + key[slip + 1 :]
    text = (HEAD + FACT).replace(f" {key}:", f" {wrong}:")
    with pytest.raises(DataError) as caught:
        facts(tmp_path_factory.mktemp("facts"), register, text)
    messages = [str(f) for f in caught.value.faults]
    assert any(f"unknown key {wrong} (did you mean {key}" in message for message in messages), messages
    assert any(f"has no {key}" in message for message in messages), messages


def test_the_facts_that_ship() -> None:
    """No fault, and not one slow step: the limit is many times what the reading takes."""
    start = time.perf_counter()
    register = read_register(SCHEMA)
    found = read_facts(SCHEMA, register)
    seconds = time.perf_counter() - start
    assert len(register.entities) + len(found.entities) >= 250
    assert len(found.statements) >= 500
    assert all(s.evidence for s in found.statements)
    assert set(found.places) >= {s.id for s in found.statements} | set(found.entities)
    assert seconds < 5
