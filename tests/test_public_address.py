"""Behind a proxy: links use the public address, data the base IRI; the proxy may cut its folder or not."""

import json
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.conftest import Graph, embedded_only

# Addresses do not depend on the engine.
pytestmark = embedded_only

# One folder begins like a path of ours.
PUBLIC = {
    "https://carisec.example/data": "/data",
    "https://carisec.example/graphs/caribbean/": "/graphs/caribbean",
}
BASE = "https://data.example/security/"
UNIT = "/entities/unit/ccgiu"


@pytest.fixture(scope="module", params=PUBLIC)
def behind(request: pytest.FixtureRequest, graph: Graph) -> tuple[TestClient, str]:
    """A client of an API under a folder, and the folder."""
    public = str(request.param)
    settings = replace(graph.settings, public_url=public.rstrip("/"), base_iri=BASE)
    client = TestClient(create_app(settings, graph.store), follow_redirects=False)
    return client, PUBLIC[public]


def test_the_folder_may_be_cut_or_not(behind: tuple[TestClient, str]) -> None:
    client, folder = behind
    for path in (
        "/healthz",
        "/static/pages.css",
        "/docs",
        "/dataset.x",
        UNIT,
        f"{UNIT}.ttl",
        "/topics",
        "/queries",
    ):
        cut, whole = client.get(path), client.get(folder + path)
        assert cut.status_code == whole.status_code == (404 if path == "/dataset.x" else 200), path
        if path != "/dataset.x":
            assert path == "/docs" or cut.content == whole.content, path
            assert cut.headers.get("etag") == whole.headers.get("etag")
    assert client.get(folder).status_code in (200, 307)
    assert client.options(f"{folder}{UNIT}").headers["allow"] == "GET, HEAD, OPTIONS"


def test_iris_of_the_data_lead_to_public_addresses(behind: tuple[TestClient, str]) -> None:
    client, folder = behind
    turtle = client.get(f"{folder}{UNIT}.nt").text
    iris = set(re.findall(rf"<{BASE}(id/[^>#]+)>", turtle))
    assert {"id/unit/ccgiu", "id/igo/impacs"} <= iris
    assert "w3id.org/carisec/id" not in turtle
    for iri in sorted(iris)[:: max(1, len(iris) // 12)]:
        moved = client.get(f"{folder}/{iri}", headers={"Accept": "text/turtle"})
        assert moved.status_code == 303
        assert moved.headers["location"].startswith(f"{folder}/")
        found = client.get(moved.headers["location"])
        assert found.status_code == 200
        assert f"{BASE}id/" in found.text
    gone = client.get(f"{folder}/id/country/bq-bo.ttl")
    assert (gone.status_code, gone.headers["location"]) == (308, f"{folder}/id/place/bonaire.ttl")


def test_links_use_the_public_address(behind: tuple[TestClient, str]) -> None:
    client, folder = behind
    response = client.get(UNIT, headers={"Accept": "text/html"})
    assert response.headers["content-location"] == f"{folder}{UNIT}.html"
    link = response.headers["link"]
    for expected in (
        f'<{folder}{UNIT}.ttl>; rel="alternate"; type="text/turtle"',
        f'<https://carisec.example{folder}{UNIT}>; rel="canonical"',
        f'<{BASE}id/unit/ccgiu>; rel="describes"',
        f'<{folder}/dataset>; rel="describedby"',
    ):
        assert expected in link
    page = response.text
    assert f'<link rel="canonical" href="https://carisec.example{folder}{UNIT}">' in page
    inside = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    assert inside
    assert all(target.startswith(f"{folder}/") for target in inside)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    block = json.loads(found[1])
    assert block["@id"] == f"{BASE}id/unit/ccgiu"
    assert block["mainEntityOfPage"] == f"https://carisec.example{folder}{UNIT}"
    assert block["subjectOf"]["url"] == f"https://carisec.example{folder}/dataset"
