"""Random and hostile strings at every door: no 5xx, no word of the inside, no write, bounded time and work.

FUZZ_STRINGS says how many requests are made, of which Neo4j gets a quarter; the same number makes the same
requests. (A name that begins with CARISEC_ would not do: tests do not see such variables.) What came back and
what was slowest is logged:

    FUZZ_STRINGS=10000 .venv/bin/python -m pytest tests/test_fuzz.py -k "not neo4j" --log-cli-level=INFO
"""

import contextlib
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.app import create_app
from graph.store import NEO4J
from queries.catalog import load_catalog
from queries.names import names_for
from queries.receipts import seal
from tests.conftest import Graph, embedded_only
from tests.fuzzing import Asked, Counting, Fuzzed, Logged, content, log
from tests.hostile import (
    ACCEPTS,
    BROKEN_JSON,
    DATES,
    HOSTILE,
    NUMBERS,
    REPEATED,
    anything,
    dated,
    mangled,
    repeating,
    spliced,
)

STRINGS = int(os.environ.get("FUZZ_STRINGS", "600"))
CATALOG = load_catalog()
PARAMETERS = [(query, p) for query in CATALOG.queries.values() for p in query.parameters]
ASKED = [one["ask"] for one in yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text())]
QUESTIONS = sorted({*ASKED, *(query.question for query in CATALOG.queries.values())})
WORDS = sorted({word for question in QUESTIONS for word in question.split()})
NAMES = ["CCGIU", "eTrace", "CBSI", "CARICOM", "ATF", "Haiti", "eleventh dialogue", "2023 joint statement"]

# A question may run so many queries (`queries.solving`); the rest reads the clauses that it cites.
READS_OF_A_QUESTION = 110
READS = 12

ANYTHING = anything(WORDS)
ACCEPTED = st.sampled_from(ACCEPTS) | st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40
)
NAMED_OR_NOT = st.sampled_from(NAMES) | ANYTHING
CLOCKS = st.sampled_from(["2023", "2022-11", "2023-12-31"]) | st.sampled_from(DATES) | ANYTHING
OTHERS: dict[str, st.SearchStrategy[str]] = {
    "as_of": CLOCKS,
    "known_on": CLOCKS,
    "after": st.text("ABCDEFabcdef0123456789-_=", max_size=60) | ANYTHING,
    "facets": st.sampled_from(["relation", ",,", "agency.type,agency", ".type", "statements"]) | ANYTHING,
    "limit": st.sampled_from(["1", "3", "100"]) | st.sampled_from(NUMBERS) | ANYTHING,
    "offset": st.sampled_from(["0", "1", "7"]) | st.sampled_from(NUMBERS) | ANYTHING,
    "receipt": st.sampled_from(["1", "1", "true", "0", "2", ""]) | ANYTHING,
    "accessed": st.sampled_from(["2024-05-06", *DATES]) | ANYTHING,
    "to_as_of": CLOCKS,
    "to_known_on": CLOCKS,
}
CITED = ("", ".json", ".html", ".txt", ".bib", ".csl.json")


@pytest.fixture(scope="module")
def application(graph: Graph, pytestconfig: pytest.Config) -> Iterator[Fuzzed]:
    logged, store = Logged(), Counting(graph.store)
    # The client says at this level what it sends.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    logging.getLogger().addHandler(logged)
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        stderr = os.dup(2)
    with TestClient(create_app(graph.settings, store)) as client:
        # The index of names is made once and is no part of any question.
        assert client.get("/search?q=x").status_code == 200
        made = Fuzzed(client, store, logged, stderr)
        yield made
        log.info("%s", "\n".join(made.tally.lines()))
    os.close(stderr)
    logging.getLogger().removeHandler(logged)


@pytest.fixture
def fuzzed(application: Fuzzed, graph: Graph, capfd: pytest.CaptureFixture[str]) -> Iterator[Fuzzed]:
    """The application; afterwards the graph and the data folder are as they were, and nothing was printed."""
    before = content(graph.store, graph.settings.data_dir)
    capfd.readouterr()
    yield application
    said = capfd.readouterr()
    assert not said.out and "Traceback" not in said.err
    other = before ^ content(graph.store, graph.settings.data_dir)
    assert not other


def hurl(fuzzed: Fuzzed, requests: st.SearchStrategy[Asked], share: float, most_reads: int = READS) -> None:
    """Send a share of all requests."""
    number = max(4, int(share * STRINGS / (4 if fuzzed.store.info.engine == NEO4J else 1)))

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(requests)
    def each(asked: Asked) -> None:
        fuzzed.send(asked, most_reads)

    each()


@st.composite
def request(
    draw: st.DrawFn,
    route: str,
    path: st.SearchStrategy[str],
    given_: st.SearchStrategy[list[tuple[str, str]]],
    others: tuple[str, ...] = (),
) -> Asked:
    """A request with some of the other parameters, at times a repeated or an unknown one."""
    pairs = draw(given_)
    some = st.lists(st.sampled_from(others), max_size=2, unique=True) if others else st.just([])
    for name in draw(some) if draw(st.booleans()) else ():
        pairs.append((name, draw(OTHERS[name])))
    if draw(st.integers(0, 15)) == 7:
        pairs.append((draw(ANYTHING), draw(ANYTHING)))
    if pairs and draw(st.integers(0, 30)) == 7:
        pairs.append(draw(st.sampled_from(pairs)))
    accept = draw(ACCEPTED)
    return Asked(route, draw(path), tuple(pairs), (("accept", accept),) if accept else ())


def one(name: str, value: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return value.map(lambda text: [(name, text)])


def asked_for(name: str, hostile: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Parameters of a query: its example, one or several of them with something else."""
    query = CATALOG.get(name)
    usual = {p.name: str(query.example[p.name]) for p in query.parameters if p.name in query.example}
    names = [p.name for p in query.parameters]
    if not names:
        return st.just([])
    changed = st.dictionaries(st.sampled_from(names), hostile, max_size=2)
    return changed.map(lambda found: list((usual | found).items()))


NAMED = st.sampled_from(sorted(CATALOG.queries))


def test_questions(fuzzed: Fuzzed) -> None:
    names = sorted({entity.name for entity in names_for(fuzzed.store).entities.values()})
    asked = st.one_of(
        mangled(QUESTIONS, [*WORDS, *HOSTILE]),
        spliced(QUESTIONS, [*names[::9], *NAMES]),
        dated(QUESTIONS),
        repeating([*WORDS, *names]),
        ANYTHING,
    )
    paths = st.sampled_from(CITED).map("/ask".__add__)
    others = ("as_of", "known_on", "receipt", "accessed")
    hurl(fuzzed, request("/ask", paths, one("q", asked), others), 0.4, READS_OF_A_QUESTION)


@pytest.mark.parametrize("at", range(max(1, STRINGS // 600)))
def test_every_parameter_of_every_query(fuzzed: Fuzzed, at: int) -> None:
    step = 8 if fuzzed.store.info.engine == NEO4J else 1
    for n, (query, parameter) in enumerate(PARAMETERS[::step]):
        usual = {name: str(value) for name, value in query.example.items()}
        hostile = HOSTILE[(n * 31 + at * 97) % len(HOSTILE)]
        suffix = ("", ".json", ".csv", ".ndjson", ".html", ".txt", ".bib", ".csl.json")[(n + at) % 8]
        pairs = tuple((usual | {parameter.name: hostile}).items())
        route = f"/queries/{query.name}"
        fuzzed.send(Asked(route, route + suffix, pairs), READS)


def test_rows(fuzzed: Fuzzed) -> None:
    suffixes = st.sampled_from(["", ".csv", ".json", ".ndjson", ".html", ".txt", ".bib", ".csl.json"])
    others = ("as_of", "known_on", "after", "facets", "limit", "offset", "receipt", "accessed")
    known = NAMED.flatmap(
        lambda name: request(
            f"/queries/{name}",
            suffixes.map(f"/queries/{name}".__add__),
            asked_for(name, NAMED_OR_NOT),
            others,
        )
    )
    hurl(fuzzed, known, 0.2)


def test_names_of_queries(fuzzed: Fuzzed) -> None:
    paths = ANYTHING.filter(bool).map("/queries/".__add__)
    hurl(fuzzed, request("/queries/{name}", paths, one("program", ANYTHING), ("limit", "receipt")), 0.03)


def test_values_of_parameters(fuzzed: Fuzzed) -> None:
    def of(name: str) -> st.SearchStrategy[Asked]:
        parameters = [p.name for p in CATALOG.get(name).parameters] or ["none"]
        asked = st.sampled_from(parameters) | ANYTHING.filter(bool)
        paths = asked.map(lambda parameter: f"/queries/{name}/values/{parameter}")
        others = ("as_of", "known_on", "limit", "offset")
        return request("/queries/{name}/values/{parameter}", paths, one("q", ANYTHING), others)

    hurl(fuzzed, NAMED.flatmap(of), 0.08, 40)


def test_differences(fuzzed: Fuzzed) -> None:
    suffixes = st.sampled_from(["", ".json", ".html"])
    others = ("as_of", "known_on", "to_as_of", "to_known_on")
    hurl(
        fuzzed,
        NAMED.flatmap(
            lambda name: request(
                "/queries/{name}/diff",
                suffixes.map(f"/queries/{name}/diff".__add__),
                asked_for(name, NAMED_OR_NOT),
                others,
            )
        ),
        0.08,
        40,
    )


def test_search(fuzzed: Fuzzed) -> None:
    types = st.lists(st.tuples(st.just("type"), st.sampled_from(["Agency", "Topic"]) | ANYTHING), max_size=2)
    given_ = st.tuples(one("q", ANYTHING), types).map(lambda two: two[0] + two[1])
    hurl(fuzzed, request("/search", st.just("/search"), given_, ("facets", "limit")), 0.06)


LEAVES = st.one_of(ANYTHING, st.none(), st.booleans(), st.integers(), st.floats())
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANYTHING, inner, max_size=4),
    max_leaves=8,
)
MEMBERS = st.fixed_dictionaries(
    {},
    optional={
        "query": ANYTHING | JSON,
        "type": st.sampled_from(["Agency", ["Program", "Unit"]]) | JSON,
        "limit": st.sampled_from([1, 3, 0, -1, 10**9, 2**63, 10**30]) | JSON,
        "type_strict": st.sampled_from(["any", "all", "should"]) | JSON,
        "properties": st.lists(
            st.fixed_dictionaries(
                {"pid": st.sampled_from(["country", "SUPPORTS", "^SUPPORTS"]) | ANYTHING, "v": JSON}
            ),
            max_size=2,
        )
        | JSON,
    },
)
EXTENDING = st.fixed_dictionaries(
    {
        "ids": st.lists(st.sampled_from(["unit/ccgiu", "agency/atf"]) | ANYTHING, max_size=3),
        "properties": st.lists(
            st.fixed_dictionaries(
                {"id": st.sampled_from(["country", "SUPPORTS"]) | ANYTHING, "settings": JSON}
            ),
            max_size=2,
        ),
    }
)
# Values of the same type as another one.
ALIKE = {
    str: st.sampled_from([*QUESTIONS, *DATES, "question", "query", "who-operates", "agency/atf"]) | ANYTHING,
    int: st.sampled_from([0, -1, 1, 7, 1000, 2**31, 2**62, 2**63 - 1, 2**63, 2**64, 10**30]),
    bool: st.booleans(),
    type(None): st.sampled_from(["2023", "s1"]) | ANYTHING | st.lists(LEAVES, max_size=3),
}


def form(body: bytes) -> Asked:
    """A batch for reconciliation."""
    kind = (("content-type", "application/x-www-form-urlencoded"),)
    return Asked("/reconcile", "/reconcile", (), kind, body, post=True)


def written(value: Any) -> str:
    """JSON with lone surrogates as they are written in it."""
    return json.dumps(value)


def test_reconciliation(fuzzed: Fuzzed) -> None:
    batches = st.dictionaries(ANYTHING | st.just("q0"), MEMBERS | JSON, max_size=3)
    bodies = st.one_of(
        one("queries", batches.map(written)),
        one("query", (MEMBERS | JSON).map(written) | ANYTHING),
        one("extend", (EXTENDING | JSON).map(written) | ANYTHING),
        one("queries", st.sampled_from(BROKEN_JSON) | ANYTHING),
        one("extend", st.sampled_from(BROKEN_JSON)),
    )
    called = st.tuples(bodies, st.just([]) | one("callback", ANYTHING)).map(lambda two: two[0] + two[1])
    by_address = request("/reconcile", st.just("/reconcile"), called)

    def as_form(asked: Asked) -> Asked:
        return form(Asked("", "", asked.pairs).url[1:].encode())

    raw = st.binary(max_size=80).map(form)
    prefixed = st.sampled_from(["entity", "type", "property"]).flatmap(
        lambda kind: request(
            f"/reconcile/suggest/{kind}",
            st.just(f"/reconcile/suggest/{kind}"),
            st.tuples(one("prefix", ANYTHING), one("cursor", st.sampled_from(NUMBERS)) | st.just([])).map(
                lambda two: two[0] + two[1]
            ),
        )
    )
    previews = request("/reconcile/preview", st.just("/reconcile/preview"), one("id", ANYTHING))
    proposals = request(
        "/reconcile/properties",
        st.just("/reconcile/properties"),
        one("type", ANYTHING) | one("limit", st.sampled_from(NUMBERS)),
    )
    hurl(fuzzed, st.one_of(by_address, by_address.map(as_form), raw, prefixed, previews, proposals), 0.1)


# Members of receipts of a query and of a question that are asked again.
REPLAYED: tuple[tuple[str | int, ...], ...] = (
    *(("queries", 0, "name"), ("queries", 0, "parameters", "program"), ("page", "offset"), ("page", "limit")),
    *(("page", "start"), ("page", "truncated"), ("clocks", "as_of"), ("clocks", "known_on"), ("question",)),
    *(("graph",), ("reason",), ("statements", 0, "id"), ("rows", 0, "about"), ("queries", 0, "joined")),
)


@st.composite
def changed(draw: st.DrawFn, receipts: list[Any]) -> bytes:
    """A true receipt with a member changed, and sealed again: else it would not be asked again."""
    receipt = json.loads(json.dumps(draw(st.sampled_from(receipts))))
    at: Any = receipt
    *way, last = draw(st.sampled_from(REPLAYED))
    for step in way:
        at = at[step] if at is not None else None
    if at is not None:
        like = ALIKE.get(type(at[last]) if last in at or isinstance(last, int) else str, JSON)
        at[last] = draw(st.one_of(like, like, like, JSON))
    # What is no JSON of ours cannot be sealed.
    with contextlib.suppress(TypeError, ValueError):
        receipt["sha256"] = seal(receipt)
    return written(receipt).encode()


def test_receipts(fuzzed: Fuzzed) -> None:
    addresses = (
        "/queries/who-operates?program=eTrace&receipt=1",
        "/ask?q=Which+agencies+support+CCGIU%3F&receipt=1",
        "/queries/entity-statements?entity=CBSI&limit=2&receipt=1",
    )
    true = [fuzzed.client.get(address).json()["receipt"] for address in addresses]
    bodies = st.one_of(
        changed(true),
        changed(true),
        changed(true),
        st.binary(max_size=80),
        JSON.map(written).map(str.encode),
        st.sampled_from(BROKEN_JSON).map(str.encode),
    )
    kinds = st.sampled_from([(), (("content-type", "application/json"),), (("accept", "text/html"),)])
    asked = st.builds(
        lambda body, kind: Asked("/verify", "/verify", (), kind, body, post=True), bodies, kinds
    )
    hurl(fuzzed, asked, 0.05, READS_OF_A_QUESTION)


@embedded_only
@pytest.mark.parametrize("size", [200_000, 1_900_000])
@pytest.mark.parametrize("piece", REPEATED)
def test_texts_as_long_as_a_body(fuzzed: Fuzzed, piece: str, size: int) -> None:
    """What a door takes is at most so long; what is as long takes no longer than anything else."""
    text = piece * (size // len(Asked("", piece).url))
    condition = {"query": "ATF", "properties": [{"pid": "country", "v": text}]}
    for query in (text, written(condition)):
        fuzzed.send(form(b"query=" + Asked("", query).url.encode()), READS)
    for address in ("/ask?q=Which+agencies+support+CCGIU%3F", "/queries/who-operates?program=eTrace"):
        receipt = fuzzed.client.get(f"{address}&receipt=1").json()["receipt"]
        if receipt["kind"] == "question":
            receipt["question"] = text
        else:
            receipt["queries"][0]["parameters"]["program"] = text
        receipt["sha256"] = seal(receipt)
        body = written(receipt).encode()
        fuzzed.send(Asked("/verify", "/verify", (), (), body, post=True), READS_OF_A_QUESTION)
