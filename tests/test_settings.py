from pathlib import Path

import pytest

from graph.settings import SETTINGS, Settings
from schema.errors import BadSettings


def test_defaults_and_overrides(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CARISEC_DATA_DIR": str(tmp_path), "CARISEC_PORT": "9000"})
    assert (settings.data_dir, settings.host, settings.port) == (tmp_path, "127.0.0.1", 9000)
    assert settings.embedded
    assert settings.base_iri == "https://w3id.org/carisec/"


def test_both_spellings_of_the_user_are_read() -> None:
    base = {"NEO4J_URI": "bolt://127.0.0.1:7687", "NEO4J_PASSWORD": "p"}
    assert Settings.from_environment(base | {"NEO4J_USER": "u"}).neo4j_username == "u"
    assert Settings.from_environment(base | {"NEO4J_USERNAME": "v"}).neo4j_username == "v"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CARISEC_PORT", "eighty"),
        ("CARISEC_PORT", "70000"),
        ("CARISEC_BASE_IRI", "w3id.org/x"),
        ("CARISEC_QUERY_SECONDS", "0"),
    ],
)
def test_a_bad_value_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name) as caught:
        Settings.from_environment({name: value})
    assert value in str(caught.value)


def test_a_folder_is_no_judgement_file(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"CARISEC_JUDGEMENTS .* a folder: name a file in it") as caught:
        Settings.from_environment({"CARISEC_JUDGEMENTS": str(tmp_path)})
    assert str(tmp_path) in str(caught.value)
    file = tmp_path / "judgements.yaml"
    assert Settings.from_environment({"CARISEC_JUDGEMENTS": str(file)}).judgement_file == file


def test_there_is_no_default_password() -> None:
    with pytest.raises(BadSettings, match="NEO4J_PASSWORD"):
        Settings.from_environment({"NEO4J_URI": "bolt://127.0.0.1:7687"})


def test_the_defaults_told_are_the_defaults_used() -> None:
    settings = Settings.from_environment({})
    for setting in SETTINGS:
        field = setting.variable.removeprefix("CARISEC_").lower()
        if field != "data_dir":
            value = getattr(settings, field)
            assert (
                f"{value:g}" == setting.default
                if isinstance(value, int | float)
                else value == setting.default
            )
