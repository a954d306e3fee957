"""Generated files are what they are made from, and the README tells the truth."""

import re
from pathlib import Path

import pytest

from cli.docs import generated
from loaders.load import mentions_in
from loaders.pointers import POINTERS, pointer_lines
from schema.model import Schema, load_schema
from tests.conftest import ROOT


@pytest.mark.parametrize("path", sorted(generated(load_schema())), ids=lambda p: str(p.relative_to(ROOT)))
def test_generated_files_are_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == generated(load_schema())[path], "run `make docs`"


def test_the_pointers_are_those_of_the_documents(schema: Schema, corpus: Path) -> None:
    assert POINTERS.read_bytes() == pointer_lines(mentions_in(schema, [corpus])), "run `make docs DOCS=...`"


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
