"""The one table of settings, read from the environment once, by entry points only."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from schema.errors import BadSettings


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: environment variable, default as a user reads it, and help."""

    variable: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "CARISEC_DATA_DIR", "the platform's data folder", "Embedded database, captures, logs: all state."
    ),
    Setting("CARISEC_HOST", "127.0.0.1", "Address that `carisec serve` listens on."),
    Setting("CARISEC_PORT", "8000", "Port that `carisec serve` listens on; 0 takes a free one."),
    Setting("CARISEC_BASE_IRI", "https://w3id.org/carisec/", "Base of all IRIs in RDF; ends with a slash."),
    Setting(
        "CARISEC_PUBLIC_URL", "", "Address under which a proxy shows the API; empty takes the request's own."
    ),
    Setting("CARISEC_QUERY_SECONDS", "20", "Time limit of one query, in seconds."),
    Setting("CARISEC_SPARQL_MEGABYTES", "50", "Most megabytes that the result of a SPARQL query may have."),
    Setting("CARISEC_SPARQL_WORKERS", "2", "Processes that answer SPARQL; each holds the graph in memory."),
    Setting("CARISEC_PAGE_SIZE", "100", "Rows on a page when the caller names no limit."),
    Setting("CARISEC_MAX_PAGE_SIZE", "1000", "Most rows on a page that a caller may ask for."),
    Setting(
        "CARISEC_JUDGEMENTS",
        "",
        "File of the decisions about candidates; empty: judgements.yaml of the data folder.",
    ),
    Setting("CARISEC_DUMPS_KEPT", "10", "Dumps of former versions that the data folder keeps."),
    Setting(
        "CARISEC_TOKEN", "", "Token that opens the review of candidates in the API; empty switches it off."
    ),
    Setting("CARISEC_ENGINE_HEAP", "1g", "Java heap of the embedded engine, such as 512m or 2g."),
    Setting(
        "NEO4J_URI", "", "Address of a Neo4j server (bolt:// or neo4j://); empty uses the embedded engine."
    ),
    Setting("NEO4J_USERNAME", "neo4j", "User that loads the graph."),
    Setting("NEO4J_PASSWORD", "", "Password of that user."),
    Setting("NEO4J_DATABASE", "neo4j", "Name of the database."),
    Setting("NEO4J_READER_USERNAME", "", "User for all reads, where the server has one that may only read."),
    Setting("NEO4J_READER_PASSWORD", "", "Password of the reader."),
)

SECRET = frozenset({"CARISEC_TOKEN", "NEO4J_PASSWORD", "NEO4J_READER_PASSWORD"})
_DEFAULTS = {s.variable: s.default for s in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """Values of the settings table, checked. Times are in seconds."""

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    base_iri: str = "https://w3id.org/carisec/"
    public_url: str = ""
    query_seconds: float = 20.0
    sparql_megabytes: float = 50.0
    sparql_workers: int = 2
    page_size: int = 100
    max_page_size: int = 1000
    judgements: str = ""
    dumps_kept: int = 10
    token: str = ""
    engine_heap: str = "1g"
    neo4j_uri: str = ""
    neo4j_username: str = "neo4j"
    neo4j_password: str = ""
    neo4j_database: str = "neo4j"
    neo4j_reader_username: str = ""
    neo4j_reader_password: str = ""

    @property
    def embedded(self) -> bool:
        return not self.neo4j_uri

    @property
    def judgement_file(self) -> Path:
        """Where decisions about candidates are kept."""
        named = Path(self.judgements).expanduser().absolute() if self.judgements else None
        return named or self.data_dir / "judgements.yaml"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read and check the environment. Raises BadSettings that names the variable and its value."""
        read = _Environment(os.environ if environment is None else environment)
        settings = cls(
            data_dir=read.path("CARISEC_DATA_DIR"),
            host=read.text("CARISEC_HOST"),
            port=int(read.number("CARISEC_PORT", 0, 65535)),
            base_iri=read.text("CARISEC_BASE_IRI"),
            public_url=read.text("CARISEC_PUBLIC_URL").rstrip("/"),
            query_seconds=read.number("CARISEC_QUERY_SECONDS", 0.01, 3600),
            sparql_megabytes=read.number("CARISEC_SPARQL_MEGABYTES", 0.001, 2000),
            sparql_workers=int(read.number("CARISEC_SPARQL_WORKERS", 1, 64)),
            page_size=int(read.number("CARISEC_PAGE_SIZE", 1, 100_000)),
            max_page_size=int(read.number("CARISEC_MAX_PAGE_SIZE", 1, 100_000)),
            judgements=read.text("CARISEC_JUDGEMENTS"),
            dumps_kept=int(read.number("CARISEC_DUMPS_KEPT", 0, 10_000)),
            token=read.text("CARISEC_TOKEN"),
            engine_heap=read.text("CARISEC_ENGINE_HEAP"),
            neo4j_uri=read.text("NEO4J_URI"),
            neo4j_username=read.text("NEO4J_USERNAME", "NEO4J_USER"),
            neo4j_password=read.text("NEO4J_PASSWORD"),
            neo4j_database=read.text("NEO4J_DATABASE"),
            neo4j_reader_username=read.text("NEO4J_READER_USERNAME"),
            neo4j_reader_password=read.text("NEO4J_READER_PASSWORD"),
        )
        if not settings.base_iri.startswith(("http://", "https://")) or not settings.base_iri.endswith("/"):
            raise BadSettings(
                f"CARISEC_BASE_IRI is {settings.base_iri!r}: it must be a web address that ends with /"
            )
        if settings.judgements and settings.judgement_file.is_dir():
            raise BadSettings(
                f"CARISEC_JUDGEMENTS is {settings.judgements!r}, a folder: name a file in it, "
                "such as judgements.yaml"
            )
        if settings.neo4j_uri and not settings.neo4j_password:
            raise BadSettings(
                "NEO4J_URI is set but NEO4J_PASSWORD is empty: set it, there is no default password"
            )
        return settings


class _Environment:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment

    def text(self, *variables: str) -> str:
        for variable in variables:
            if value := self.environment.get(variable, "").strip():
                return value
        return _DEFAULTS[variables[0]]

    def path(self, variable: str) -> Path:
        value = self.environment.get(variable, "").strip()
        return Path(value).expanduser().absolute() if value else user_data_path("carisec", appauthor=False)

    def number(self, variable: str, least: float, most: float) -> float:
        text = self.text(variable)
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            raise BadSettings(f"{variable} is {text!r}: it must be a number from {least:g} to {most:g}")
        return value
