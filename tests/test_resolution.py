"""Explaining names: what `carisec resolve` prints, and the lexicon that the rules read."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.resolving import resolve_command
from graph.records import ACCEPTED, CANDIDATE
from loaders.names.lexicon import lexicon, read_lexicon
from loaders.names.resolution import resolve
from schema.errors import DataError, UsageError
from tests.marked_texts import SCHEMA
from tests.test_unknown import ALL

TEXT = "Col. Bo Ray of the Harbour Council praised the Kelp Reef Unit (KRU) and the New Strategy. Ray left."

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(resolve_command)


def test_each_mention_has_its_rule_and_why() -> None:
    resolution = resolve(TEXT, ALL, SCHEMA)
    assert [(m.words, m.type, m.status, m.rule) for m in resolution.mentions] == [
        ("Bo Ray", "Person", ACCEPTED, "mention/person-office@1"),
        ("Harbour Council", "IntergovernmentalOrganization", ACCEPTED, "mention/name@1"),
        ("Kelp Reef Unit", "Unit", CANDIDATE, "mention/unknown-unit@1"),
        ("KRU", "Unit", CANDIDATE, "mention/acronym@1"),
        ("Ray", "Person", ACCEPTED, "mention/surname@1"),
    ]
    assert all(m.why for m in resolution.mentions)
    assert [(TEXT[d.start : d.end], d.reason) for d in resolution.dropped] == [
        ("New Strategy", "nothing specific stands beside “strategy”")
    ]


def test_the_command_prints_a_table_or_json() -> None:
    runner = CliRunner(env={"COLUMNS": "200"})
    printed = runner.invoke(app, [TEXT], catch_exceptions=False).output
    assert "mention/person@1: a name after a title or rank; a candidate (a name after the title" in printed
    assert "nearly a name" in printed
    record = json.loads(
        runner.invoke(app, ["--format", "json", "-"], input=TEXT, catch_exceptions=False).output
    )
    assert record["mentions"][0]["words"] == "Bo Ray"
    assert record["near_misses"][-1]["words"] == "New Strategy"
    assert "no names found" in runner.invoke(app, ["nothing here"], catch_exceptions=False).output


def test_the_command_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    printed = (
        CliRunner().invoke(app, ["--file", str(path), "--format", "json"], catch_exceptions=False).output
    )
    assert '"Kelp Reef Unit"' in printed


@pytest.mark.parametrize("arguments", [[], ["text", "--file", "note.txt"]])
def test_the_command_takes_one_text(arguments: list[str]) -> None:
    with pytest.raises(UsageError, match="one of the two"):
        CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_the_lexicon_tells_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(
        "heads:\n  - {type: Unit, strength: strong, words: [Unit]}\nfoo: [bar]\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as caught:
        read_lexicon(path)
    messages = str(caught.value)
    assert "there is no strength 'strong'" in messages
    assert "unknown key foo" in messages


def test_every_head_has_a_type_of_the_schema() -> None:
    types = {head.type for heads in lexicon().heads.values() for head in heads}
    assert types <= set(SCHEMA.types)
