"""A reconciliation client that others wrote, against a served graph."""

from collections.abc import Iterator

import pandas as pd
import pytest
import reconciler

from api.app import create_app
from tests.conftest import Graph
from tests.serving import serving


@pytest.fixture(scope="module")
def served(graph: Graph) -> Iterator[str]:
    """Address of the service as clients outside this process see it."""
    with serving(create_app(graph.settings, graph.store)) as home:
        yield f"{home}/reconcile"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_client_that_others_wrote_reconciles_a_table(served: str) -> None:
    table = pd.DataFrame(
        {
            "body": ["ATF", "CARICOM IMPACS", "Ministry of National Security", "CCGIU"],
            "country": ["United States", "", "Jamaica", ""],
        }
    )
    found = reconciler.reconcile(
        table["body"],
        type_id="Organization",
        property_mapping={"country": table["country"]},
        reconciliation_endpoint=served,
    )
    assert list(found["input_value"]) == list(table["body"])
    assert list(found["id"]) == [
        "agency/atf",
        "igo/impacs",
        "agency/jamaica-ministry-of-national-security",
        "unit/ccgiu",
    ]
    assert bool(found["match"].iloc[0])
    assert found["type_id"].iloc[0] == "Agency"
