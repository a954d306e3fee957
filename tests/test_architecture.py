"""Imports point one way, and nothing heavy sits where it does not belong."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "schema": set(),
    "graph": {"schema"},
    "queries": {"graph", "schema"},
    "loaders": {"graph", "schema"},
    "api": {"queries", "graph", "schema"},
    "carisec": {"queries", "graph", "schema"},
    "cli": {"api", "queries", "loaders", "graph", "schema"},
}
# A library that may be imported in these packages only.
ONLY_IN = {
    "fastapi": {"api"},
    "starlette": {"api"},
    "neo4j": {"graph"},
    "typer": {"cli"},
    "httpx2": {"carisec"},
    "pandas": {"carisec"},
    "py2neo": set[str](),
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_LINE_OF_DATA = 120

FILES = sorted(p for package in ALLOWED for p in (ROOT / package).rglob("*.py"))
DATA = sorted(p for folder in ("rules", "lexicon") for p in (ROOT / "loaders" / folder).glob("*.yaml"))


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_there_is_something_to_check() -> None:
    assert {p.relative_to(ROOT).parts[0] for p in FILES} == ALLOWED.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    names = imported(ast.parse(path.read_text("utf-8")))
    assert names & ALLOWED.keys() <= ALLOWED[package] | {package}
    assert "tests" not in names
    for library, packages in ONLY_IN.items():
        assert library not in names or package in packages, f"{library} does not belong in {package}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{node.name} is long"
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{node.name} hides an import"


@pytest.mark.parametrize("path", DATA, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_change_of_one_word_is_a_change_of_one_short_line(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE_OF_DATA] == []
