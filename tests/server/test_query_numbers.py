"""Numbers in a query are written as everybody writes them."""

import pytest
from fastapi.testclient import TestClient

from chainmap.server.app import create_app
from tests.server.serving import kind


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


@pytest.mark.parametrize(
    "path", ["/v1/chains?limit=", "/v1/cities/绍兴/targets?chain=集成电路&top="]
)
def test_a_number_with_an_underscore_is_none(client, path):
    assert client.get(f"{path}1").status_code == 200
    for said in ("1_0", "_1"):
        refused = client.get(f"{path}{said}")
        assert kind(refused) == "bad-input" and f"“{said}”不是数" in refused.json()["detail"]


def test_a_text_may_hold_one(client):
    assert kind(client.get("/v1/cities/绍兴/gaps?chain=a_b")) == "unknown-name"
