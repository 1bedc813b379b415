"""What is given twice where one value is read is refused, in a query and in a body."""

import pytest
from fastapi.testclient import TestClient

from chainmap.server.app import create_app
from tests.server.serving import kind

TARGETS = "/v1/cities/绍兴/targets"


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


@pytest.mark.parametrize(
    "query",
    [
        "home=上海&home=北京",
        "chain=集成电路&chain=机器人",
        "fields=rank&fields=company",
        "top=3&top=5",
        "limit=1&limit=1",
        "per_segment=1&per_segment=2",
    ],
)
def test_a_parameter_that_is_no_list_is_given_once(client, query):
    assert client.get(f"{TARGETS}?{query.partition('&')[0]}").status_code == 200
    for _ in range(2):  # answers that are kept ready make no exception
        refused = client.get(f"{TARGETS}?{query}")
        assert kind(refused) == "bad-input"
        assert f"参数“{query.partition('=')[0]}”给出了 2 次" in refused.json()["detail"]
        assert refused.json()["title_en"]


def test_a_list_may_be_repeated(client):
    found = client.get(f"{TARGETS}?mode=industry&industry=集成电路&industry=机器人&top=1")
    assert found.status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("/v1/targets", '{"city":"绍兴","city":"宁波"}', "city"),
        ("/v1/targets", '{"city":"绍兴","weights":{"affinity":1,"affinity":2}}', "affinity"),
        ("/v1/lists", '{"name":"甲","question":{"city":"绍兴","top":1,"top":2}}', "top"),
        ("/v1/builds/catalogue", '{"city":"绍兴","city":"绍兴"}', "city"),
    ],
)
@pytest.mark.parametrize("said", ["application/json", "application/json; charset=utf-8"])
def test_a_name_stands_in_a_body_once(client, path, body, name, said):
    refused = client.post(path, content=body, headers={"content-type": said})
    assert kind(refused) == "bad-input"
    assert f"“{name}”给出了 2 次" in refused.json()["detail"]


def test_a_broken_body_is_still_called_broken(client):
    sent = client.post(
        "/v1/targets", content='{"city":', headers={"content-type": "application/json"}
    )
    assert kind(sent) == "unreadable"
