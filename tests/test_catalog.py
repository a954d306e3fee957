"""The catalogue of queries: what its files declare is what they use, and every fault has its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.catalog import QUERIES, load_catalog
from queries.cyphertext import read_cypher
from queries.lexicon import LEXICON, load_lexicon
from queries.notation import Class, Slot, Word, expand, parse
from schema.errors import DataError, NotFound

GOOD = """\
// title: Members
// purpose: All members.
// question: Who belongs to the CBSI?
// parameters:
//   program: {kind: entity, types: [Program], required: true, help: The program}
//   role: {kind: choice, choices: [host, guest], help: Only this role}
// columns:
//   member: {kind: entity, types: [Country], help: A member}
//   statements: {kind: statements, help: Ids}
// answer: [member]
// example: {program: CBSI}
// phrases:
//   - "<member> of {program}"
//   - {say: "{kind} in {program}", given: {role: host}}

// A comment may CREATE nothing.
MATCH (p:Entity {id: $program})<-[r:MEMBER_OF|PART_OF*1..2]-(m:Country)
WHERE $role IS NOT NULL AND m.name <> 'DELETE :Nothing' AND all(q IN r WHERE true /* clocks: q */)
RETURN m {.id, .name} AS member, [s IN collect(r) | s.id] AS statements
ORDER BY member.id
"""

TWIN = """\
PREFIX : <https://w3id.org/carisec/schema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

SELECT ?member (GROUP_CONCAT(DISTINCT STR(?r); SEPARATOR=" ") AS ?statements)
WHERE {
  ?r rdf:subject ?member ; rdf:predicate :memberOf ; rdf:object $program ; :status "accepted" .
  # clocks: ?r
  OPTIONAL { ?r :role ?as }
  FILTER($role = "" || ?as = $role)
}
GROUP BY ?member
"""


def faults_of(folder: Path, text: str, name: str = "members.cypher") -> list[tuple[int, str]]:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        load_catalog(folder)
    assert {fault.file for fault in caught.value.faults} == {name}
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_the_bundled_queries_load_sorted_and_complete() -> None:
    catalog = load_catalog()
    assert len(catalog.queries) >= 26
    assert list(catalog.queries) == sorted(path.stem for path in QUERIES.glob("*.cypher"))
    for query in catalog.queries.values():
        assert query.phrases, query.name
        assert all(compiled.sequences for compiled in query.compiled), query.name
        assert query.text.endswith(query.cypher + "\n")


def test_a_good_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "members.cypher").write_text(GOOD, "utf-8")
    (tmp_path / "members.rq").write_text(TWIN, "utf-8")
    catalog = load_catalog(tmp_path)
    query = catalog.get("members")
    assert (query.title, query.answer, dict(query.example)) == ("Members", ("member",), {"program": "CBSI"})
    assert [(p.name, p.kind, p.required) for p in query.parameters] == [
        ("program", "entity", True),
        ("role", "choice", False),
    ]
    assert [c.kind for c in query.columns] == ["entity", "statements"]
    assert query.phrases[1].given == {"role": "host"}
    assert query.cypher.startswith("// A comment")
    assert (catalog.twins["members"].query, catalog.twins["members"].text) == (query, TWIN)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("// title: Members\n", "", 1, "title"),
        ("// question:", "// questoin:", 3, "questoin"),
        ("kind: choice,", "kind: choise,", 6, "parameters.1.kind"),
        ("types: [Program]", "types: [Programm]", 5, "the schema has no type Programm"),
        ("types: [Country]", "types: [Land]", 8, "the schema has no type Land"),
        (", choices: [host, guest]", "", 6, "a choice has choices"),
        ("required: true", "required: true, default: CBSI", 5, "required and yet has a default"),
        ("//   role:", "//   rôle:", 6, "the parameter rôle is declared but not used"),
        ("//   role:", "//   rôle:", 18, "the parameter role is used but not declared"),
        ("//   member: {", "//   mitglied: {", 8, "the column mitglied is declared but not used"),
        ("AS member,", "AS land,", 19, "the column land is used but not declared"),
        ("AS member,", ",", 19, "has no name"),
        ("answer: [member]", "answer: [land]", 10, "the answer names land"),
        ("example: {program: CBSI}", "example: {}", 11, "lacks the required parameter program"),
        ("{program: CBSI}", "{program: CBSI, rank: first}", 11, "gives rank, which is no parameter"),
        ("{program: CBSI}", "{program: CBSI, role: cook}", 11, "'cook' is none of host, guest"),
        ("<member> of", "<membership> of", 13, "the lexicon has no class <membership>"),
        ("{kind} in {program}", "{kind} in {place} {program}", 14, "uses {place}"),
        ("{kind} in {program}", "{kind} in [{program}]", 14, "does not always fill program"),
        ("{kind} in {program}", "{program}", 14, "no word at all"),
        ("{kind} in {program}", "({kind} in {program}", 14, "'(' is not closed"),
        ("given: {role: host}", "given: {role: cook}", 14, "'cook' is none of"),
        ("given: {role: host}", "given: {rank: first}", 14, "the phrase gives rank"),
        ("m:Country", "m:Land", 17, "the schema has no type Land"),
        ("MEMBER_OF", "MEMBERS_OF", 17, "the schema has no relationship MEMBERS_OF"),
        ("WHERE $role", "SET m.x = 1 WITH m WHERE $role", 18, "SET writes"),
        ("WHERE $role", "CALL db.labels() YIELD label WHERE $role", 18, "CALL DB.LABELS writes or calls"),
        ("ORDER BY member.id\n", "", 19, "does not end in ORDER BY"),
        ("ORDER BY member.id", "ORDER BY member.id LIMIT 5", 20, "has SKIP or LIMIT"),
        ("WHERE $role", "WHERE $limit > 1 AND $role", 18, "the parameter limit is used"),
        ("//   statements: {kind: statements", "//   statements: {kind: list", 7, "one column statements"),
        ("// title: Members", "// title: [Members", 2, "the header is not YAML"),
    ],
)  # fmt: skip
def test_every_fault_names_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    found = faults_of(tmp_path, GOOD.replace(old, new, 1))
    assert any(at == line and message in text for at, text in found), found


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.cypher").write_text(GOOD.replace("m:Country", "m:Land"), "utf-8")
    (tmp_path / "b.cypher").write_text("MATCH (n) RETURN n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_catalog(tmp_path)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("a.cypher", 17), ("b.cypher", 1)]


def test_a_name_and_a_doubled_key_are_checked(tmp_path: Path) -> None:
    assert "cannot be a query's name" in faults_of(tmp_path, GOOD, "All_Members.cypher")[0][1]
    (tmp_path / "All_Members.cypher").unlink()
    doubled = GOOD.replace("// answer:", "// title: Again\n// answer:")
    assert (10, "title stands there twice") in faults_of(tmp_path, doubled)


def test_an_unknown_query_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="members-of-program"):
        load_catalog().get("member-of-programs")


def test_cypher_is_read_with_its_lines() -> None:
    used = read_cypher(
        "MATCH (a:Agency {id: $a})-[r:SUPPORTS|FUNDS]->(b)\n"
        "// CREATE (n:Comment)\n"
        "WHERE b:Unit OR b.name = ':Text $text'\n"
        "RETURN DISTINCT a.id AS one, count(r) AS two,\n  b\nORDER BY one"
    )
    assert [(u.name, u.line) for u in used.labels] == [("Agency", 1), ("Unit", 3)]
    assert [u.name for u in used.types] == ["SUPPORTS", "FUNDS"]
    assert [u.name for u in used.parameters] == ["a"]
    assert [(u.name, u.line) for u in used.columns] == [("one", 4), ("two", 4), ("b", 5)]
    assert (used.writes, used.unnamed, used.ordered, used.paged) == ((), (), True, False)


def test_a_phrase_stands_for_its_sequences() -> None:
    sequences = set(expand(parse("<which> (supports|stand behind) [the] {program}")))
    verbs = [(Word("support"),), (Word("stand"), Word("behind"))]
    assert sequences == {
        (Class("which"), *verb, *article, Slot("program"))
        for verb in verbs
        for article in ((), (Word("the"),))
    }


@pytest.mark.parametrize("text", ["(a", "a)", "[a)", "{}", "<x", "a ] b", "{a b}"])
def test_a_phrase_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


@given(
    st.lists(
        st.lists(st.sampled_from(["alpha", "beta", "gamma"]), min_size=1, max_size=3), min_size=1, max_size=4
    )
)
def test_alternatives_multiply(groups: list[list[str]]) -> None:
    text = " ".join(f"({'|'.join(group)})" for group in groups)
    sequences = list(expand(parse(text)))
    expected = 1
    for group in groups:
        expected *= len(group)
    assert len(sequences) == expected
    assert all(len(sequence) == len(groups) for sequence in sequences)


def test_the_lexicon_has_no_class_that_nothing_uses() -> None:
    used = {
        element.name
        for query in load_catalog().queries.values()
        for compiled in query.compiled
        for sequence in compiled.sequences
        for element in sequence
        if isinstance(element, Class)
    }
    text = LEXICON.read_text("utf-8")
    relations = next(line for line in text.splitlines() if line.startswith("relations:")).split()[1:]
    lexicon = load_lexicon()
    assert set(relations) <= set(lexicon.classes)
    assert set(lexicon.classes) == used
    assert lexicon.same("gun") == lexicon.same("weapon") != lexicon.same("drug")
