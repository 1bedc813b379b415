from fastapi.testclient import TestClient

from chainmap.server.app import create_app

CLIENT = TestClient(create_app(), raise_server_exceptions=False)
AT = "/v1/cities/绍兴/targets"


def get(path, status=200, **query):
    answer = CLIENT.get(path, params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_why_and_why_not_agree_about_the_list():
    first = get(AT, chain="集成电路", top=1)["targets"][0]
    told = get(f"{AT}/{first['company_id']}/why", chain="集成电路")
    assert told["on_list"] and told["target"]["parts"] == first["parts"]
    assert told["target"]["rank"] == 1 and told["basis"]["may_act"] is False
    asked = get(f"{AT}/{first['company_id']}/why-not", chain="集成电路")
    assert asked["stage"] == "listed" and asked["why"]["target"]["rank"] == 1


def test_a_name_nobody_has_is_a_problem_for_why_and_an_answer_for_why_not():
    assert get(f"{AT}/没有这家/why", 404)["type"].endswith("unknown-name")
    assert get(f"{AT}/没有这家/why-not")["stage"] == "not_in_roster"


def test_a_mode_says_what_it_selected():
    found = get(AT, mode="advantage", top=3)
    assert found["mode"] == "advantage" and "优势环节" in found["selected"]
    assert get(AT, mode="leader", status=422)["type"].endswith("bad-input")
    assert get(AT, mode="other", status=422)
