"""How often somebody may ask."""

from tests.server.serving import kind

ASK = "/v1/chains"


def test_rates_are_counted_for_each_key(served):
    slow, fast = served.key(rate="3/minute"), served.key()
    statuses = [served.get(ASK, slow).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = served.get(ASK, slow)
    assert refused.json()["detail"] == "超过上限：每分钟 3 次。"
    assert kind(refused) == "too-many-requests" and int(refused.headers["retry-after"]) >= 1
    assert served.get(ASK, fast).status_code == 200


def test_wrong_keys_are_slowed_down(served):
    served.key()
    answers = [kind(served.get(ASK, f"wrong{n}")) for n in range(70)]
    assert answers[0] == "key-wrong" and answers[-1] == "too-many-requests"


def test_wrong_keys_on_the_login_page_are_slowed_down(served):
    served.key()
    statuses = [
        served.client.post("/login", data={"key": f"cm_{n}"}).status_code for n in range(70)
    ]
    assert statuses[0] == 401 and statuses[-1] == 429


def test_logins_use_up_the_rate_of_their_key_too(served):
    key = served.key(rate="3/minute")
    sent = [
        served.client.post("/login", data={"key": key}, follow_redirects=False) for _ in range(5)
    ]
    assert [one.status_code for one in sent] == [303, 303, 303, 429, 429]
    assert [action for action, _, _ in served.audited()].count("login") == 3
