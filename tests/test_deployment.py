"""The files for deployment agree with the code: compose, Dockerfile, .dockerignore, .env.example."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.settings import SECRET, SETTINGS, Setting, Settings
from tests.neo4j_server import POM

ROOT = Path(__file__).resolve().parent.parent
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
PACKAGES: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
    "build"
]["targets"]["wheel"]["packages"]
VARIABLES = {setting.variable for setting in SETTINGS}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    parsed = yaml.safe_load(COMPOSE_TEXT)
    assert isinstance(parsed, dict)
    return parsed


def copied() -> set[str]:
    """What the Dockerfile copies from the build context."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return {source for line in lines for source in line.split()[:-1]}


def documented() -> dict[str, tuple[str, str]]:
    """Variable → help, default, as .env.example shows them."""
    entries = re.findall(r"^# (.+)\n# ([A-Z0-9_]+)=(.*)$", ENV_EXAMPLE, re.MULTILINE)
    return {variable: (text, default) for text, variable, default in entries}


# ---- compose


def test_compose_refuses_to_run_without_a_password() -> None:
    uses = re.findall(r"\$\{NEO4J_PASSWORD[^}]*\}", COMPOSE_TEXT)
    assert uses
    assert [use for use in uses if not re.fullmatch(r"\$\{NEO4J_PASSWORD:\?.{20,}\}", use)] == []


def test_compose_holds_no_secret_of_its_own(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["neo4j"]["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert services["api"]["environment"]["NEO4J_PASSWORD"].startswith("${NEO4J_PASSWORD:?")


def test_compose_runs_the_neo4j_series_that_the_tests_run(compose: dict[str, Any]) -> None:
    tested = re.search(r"<neo4j\.version>(\d+\.\d+)\.\d+<", POM.read_text(encoding="utf-8"))
    assert tested is not None
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{tested[1]}-community"


def test_api_waits_for_a_healthy_neo4j_and_tells_its_own_health(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert "cypher-shell" in services["neo4j"]["healthcheck"]["test"]
    command = services["api"]["healthcheck"]["test"]
    assert command[:3] == ["CMD", "python", "-c"]
    compile(command[3], "healthcheck", "exec")
    assert '"/readyz"' in command[3]


def test_api_is_published_on_loopback_unless_told_otherwise(compose: dict[str, Any]) -> None:
    defaults = Settings(data_dir=ROOT)
    host, port = f"${{CARISEC_HOST:-{defaults.host}}}", f"${{CARISEC_PORT:-{defaults.port}}}"
    assert defaults.host == "127.0.0.1"
    assert compose["services"]["api"]["ports"] == [f"{host}:{port}:8000"]
    assert "ports" not in compose["services"]["neo4j"]


def test_compose_keeps_all_state_in_named_volumes(compose: dict[str, Any]) -> None:
    mounted = [mount for service in compose["services"].values() for mount in service["volumes"]]
    assert sorted(mounted) == ["carisec-data:/data", "neo4j-data:/data"]
    assert sorted(compose["volumes"]) == ["carisec-data", "neo4j-data"]
    assert "CARISEC_DATA_DIR=/data" in DOCKERFILE


def test_compose_passes_only_known_settings_to_the_api(compose: dict[str, Any]) -> None:
    assert set(compose["services"]["api"]["environment"]) <= VARIABLES


# ---- make serve


@pytest.mark.parametrize(("code", "served"), [(0, True), (1, True), (2, False)])
def test_make_serves_without_what_is_at_fault(tmp_path: Path, code: int, served: bool) -> None:
    """`carisec load` ends with 1 when it left a document out, and with 2 when it was called wrongly."""
    command = tmp_path / "carisec"
    command.write_text(f'#!/bin/sh\necho "called: $*"\n[ "$1" != load ] || exit {code}\n', "utf-8")
    command.chmod(0o755)
    done = subprocess.run(
        ["make", "--old-file=setup", "serve", f"BIN={tmp_path}", "DOCS=in"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    called = [line for line in lines if line.startswith("called: ")]
    assert called == ["called: load in", *(["called: serve"] if served else [])]
    assert ("Serving without what is at fault (see above)." in lines) is (code == 1)
    assert (done.returncode == 0) is served


# ---- .env.example


def test_env_example_has_every_setting_and_no_other() -> None:
    assert re.findall(r"^[# ]*((?:CARISEC|NEO4J)_\w+)=", ENV_EXAMPLE, re.MULTILINE) == [
        setting.variable for setting in SETTINGS
    ]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.variable)
def test_env_example_shows_help_and_default(setting: Setting) -> None:
    text, default = documented()[setting.variable]
    assert text == setting.help
    # A default in words cannot be assigned; leaving the variable empty means the same.
    assert default == ("" if " " in setting.default else setting.default)


def test_env_example_sets_nothing_and_holds_no_secret() -> None:
    assert [line for line in ENV_EXAMPLE.splitlines() if line and not line.startswith("#")] == []
    assert {documented()[variable][1] for variable in SECRET} == {""}


# ---- Dockerfile


@pytest.mark.parametrize("package", PACKAGES)
def test_dockerfile_copies_the_package(package: str) -> None:
    assert f"COPY {package} /build/{package}\n" in DOCKERFILE


def test_builder_gets_what_the_dockerfile_copies_and_no_more() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied()
    assert [name for name in sorted(copied()) if not (ROOT / name).exists()] == []


def test_image_installs_only_files_whose_hashes_were_checked() -> None:
    installs = re.findall(r"pip (?:download|install) .*", DOCKERFILE)
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-index" in installs[1]
    assert "--editable" not in DOCKERFILE


def test_image_serves_as_a_user_without_privileges_on_all_interfaces() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!root\b|0\b)\w+$", final, re.MULTILINE)
    assert "\nEXPOSE 8000\n" in final
    assert '"serve", "--host", "0.0.0.0", "--port", "8000"' in final
