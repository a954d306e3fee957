"""Generated files are what they are made from, and the README tells the truth."""

import re
from pathlib import Path

import pytest

from cli.docs import generated
from graph.judgements import DECISIONS, read_judgement_file
from graph.records import CURATED, MENTIONS
from loaders.extract import extract
from loaders.grammar.frames import PRESENT
from loaders.load import mentions_in
from loaders.names.resolution import MENTION_RULES
from loaders.paths import EVENT, FRAME_STEPS, NATIONALS, PAPER, PARTS, PEOPLE, PHRASE_STEPS, WHEN
from loaders.pointers import POINTERS, pointer_lines
from loaders.reference import JUDGEMENTS, OTHER_RULES, OWN_RULE
from loaders.reference import reference as reading_reference
from loaders.relations import ANY, EVERY, JOINTLY, RuleBook
from loaders.rulebook import VARIABLES, relation_rules
from schema.errors import DataError
from schema.model import Schema, load_schema
from tests.conftest import ROOT
from tests.marked_texts import marked
from tests.sentences import written


@pytest.mark.parametrize("path", sorted(generated(load_schema())), ids=lambda p: str(p.relative_to(ROOT)))
def test_generated_files_are_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == generated(load_schema())[path], "run `make docs`"


def test_the_pointers_are_those_of_the_documents(schema: Schema, corpus: Path) -> None:
    assert POINTERS.read_bytes() == pointer_lines(mentions_in(schema, [corpus])), "run `make docs DOCS=...`"


def test_every_rule_that_is_code_is_in_the_reference() -> None:
    code = "".join(path.read_text("utf-8") for path in sorted((ROOT / "loaders").rglob("*.py")))
    for told in ("reference.py", "names/resolution.py"):
        code = code.replace((ROOT / "loaders" / told).read_text("utf-8"), "")
    named = set(re.findall(r'"((?:mention|relation|naming|figure|commitment|theme|date)/[a-z-]+@\d+)"', code))
    assert MENTION_RULES.keys() | OTHER_RULES.keys() == named | {CURATED}


def test_the_rule_of_the_reference_finds_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.yaml").write_text(OWN_RULE, "utf-8")
    book = RuleBook(relation_rules(tmp_path))
    monkeypatch.setattr("loaders.extract.rule_book", lambda: book)
    (rule,) = relation_rules(tmp_path)
    assert {bool(example.gives) for example in rule.examples} == {True, False}
    for example in rule.examples:
        document, register = marked(example.text)
        names = {key: entity.name for key, entity in register.entities.items()}
        found = extract(document, register, load_schema()).statements
        assert [written(s, names) for s in found if s.predicate != MENTIONS] == list(example.gives)


def test_writing_a_rule_tells_all_that_a_rule_can_say(tmp_path: Path) -> None:
    text = reading_reference()
    section = text[text.index("\n## Writing a rule\n") : text.index("\n## Relation rules\n")]
    words = set(re.findall(r"[a-z_$]+", " ".join(re.findall(r"`[^`]+`|```.*?```", section, re.DOTALL))))
    (tmp_path / "own.yaml").write_text(
        "- predicate: SUPPORTS\n  nonsense: x\n  when: [{nonsense: x}]\n  examples: [{nonsense: x}]\n",
        "utf-8",
    )
    with pytest.raises(DataError) as caught:
        relation_rules(tmp_path)
    known = re.findall(r"known keys: ([^)]+)", str(caught.value))
    assert len(known) == 3, "those of a rule, of a way of saying it, and of an example"
    keys = {key for row in known for key in row.split(", ")}
    assert {"pledged", "acting", "context", "gives"} <= keys
    assert keys - words == set()
    steps = FRAME_STEPS | PHRASE_STEPS | {EVENT, PAPER, WHEN}
    assert (steps | {*VARIABLES, PEOPLE, NATIONALS, PARTS}) - words == set()
    assert [word for word in (ANY, JOINTLY, EVERY, PRESENT) if f"`verb: [{word}]`" not in section] == []


def test_the_judgements_of_the_reference_can_be_read(schema: Schema, tmp_path: Path) -> None:
    file = tmp_path / "judgements.yaml"
    file.write_text(JUDGEMENTS, "utf-8")
    assert {judgement.decision for judgement in read_judgement_file(schema, file)} == set(DECISIONS)


def test_the_readme_links_to_what_is_there_and_names_targets_that_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)\)", readme)
    assert len(links) > 8
    assert [link for link in links if not (ROOT / link).exists()] == []
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"\bmake ([a-z]+)", readme)
    assert {"serve", "test"} <= set(targets)
    assert [t for t in targets if f"\n{t}:" not in makefile] == []


def test_changelog_and_package_name_the_same_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    version = re.search(r'^version = "(.+)"', pyproject, re.MULTILINE)
    assert newest and version
    assert newest[1] == version[1]


def test_no_registry_host_or_machine_path_is_in_the_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "--hash=sha256:" in lock
    assert re.findall(r"https?://\S+|--index-url|--find-links|file:", lock) == []
