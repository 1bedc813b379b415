"""Weights of one's own take the scope `compute`, whichever way they come in."""

import pytest

from chainmap.concepts.access import Scope
from tests.server.serving import kind

QUESTION = {"city": "绍兴", "chain": "量子信息", "top": 2}
WEIGHED = QUESTION | {"weights": {"affinity": 0.1}}
PAGE = "/cities/330600/targets?chain=quantum"
WRITES = {
    "/v1/lists": lambda question: {"name": "甲", "question": question},
    "/v1/snapshots": lambda question: {"name": "乙", "question": question},
}


@pytest.fixture
def drafter(served):
    """Who may write and read, and nothing else."""
    return served.key("editor", scopes=frozenset({Scope.READ, Scope.WRITE}))


@pytest.mark.parametrize("path", WRITES)
def test_who_may_write_may_not_weigh(served, drafter, path):
    shown = {"Authorization": f"Bearer {drafter}"}
    refused = served.client.post(path, json=WRITES[path](WEIGHED), headers=shown)
    assert refused.status_code == 403 and kind(refused) == "scope-missing"
    assert "compute" in refused.json()["detail"]
    kept = served.client.post(path, json=WRITES[path](QUESTION), headers=shown)
    assert kept.status_code == 201
    even = QUESTION | {"weights": {"affinity": 1.0}}
    assert served.client.post(path, json=WRITES[path](even), headers=shown).status_code == 201


def test_a_batch_takes_both_scopes(served, drafter):
    body = {"name": "批", "cities": ["绍兴"], "question": QUESTION}
    for key, status in ((drafter, 403), (served.key("analyst"), 403), (served.key("editor"), 202)):
        shown = {"Authorization": f"Bearer {key}"}
        answer = served.client.post("/v1/target-batches", json=body, headers=shown)
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize("page", [
    PAGE, PAGE.replace("?", "/compare?"), PAGE.replace("?", ".csv?"),
])  # fmt: skip
def test_a_viewer_of_pages_may_not_weigh(served, page):
    viewer, analyst = served.key("viewer"), served.key("analyst")
    refused = served.get(f"{page}&w_affinity=10", viewer)
    assert refused.status_code == 403 and "compute" in refused.text
    assert served.get(f"{page}&w_affinity=10", analyst).status_code == 200
    assert served.get(f"{page}&w_affinity=100", analyst).status_code == 200


def test_sliders_are_shown_to_who_may_use_them(served):
    assert "w_affinity" not in served.get(PAGE, served.key("viewer")).text
    assert "w_affinity" in served.get(PAGE, served.key("analyst")).text
