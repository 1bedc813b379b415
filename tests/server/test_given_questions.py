"""Lists of other lengths and limits, put together without the route, against the route's."""

import random

import pytest

from chainmap.concepts.access import Scope
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.redrawing import Redrawing
from chainmap.ranking.target_options import TargetOptions
from chainmap.server import cities, given_questions, weighed_lists, weighing
from chainmap.server.given_answers import MOST, Cut, GivenAnswers, GivenList
from chainmap.server.given_questions import lengths_said
from chainmap.server.list_material import ListMaterial
from chainmap.server.questions import asked
from chainmap.server.told_words import ToldWords
from chainmap.server.weighed_lists import WeighedLists
from tests.server.serving import ON_ONE, kind

TARGETS = "/v1/cities/330600/targets?chain=集成电路"
QUESTIONS = (
    TARGETS,
    "/v1/cities/绍兴市/targets?segment=紫外光刻胶",
    "/v1/cities/340100/targets?chain=集成电路&as_of=2024-06-01&include_expired=true",
    "/v1/cities/Ningbo/targets?chain=生物医药",
    f"{TARGETS}&mode=chain",
    f"{TARGETS}&mode=industry&industry=集成电路&industry=新材料",
    f"{TARGETS}&home=上海",
    f"{TARGETS}&mode=leader&leader=中芯宁波&home=江苏省",
    "/v1/cities/绍兴市/targets?segment=紫外光刻胶&home=上海",
    "/v1/cities/Ningbo/targets?mode=advantage&home=杭州",
)
PAGES = ("", "&limit=1", "&limit=7", "&limit=500", "&limit=1000")
NOT_PLAIN = (
    "&top=0", "&top=501", "&top=-1", "&top=x", "&top=", "&top=07", "&top=+7", "&top=7.0",
    "&top=%207", "&top=７", "&top=7&top=8", "&per_segment=501", "&per_segment=1&per_segment=2",
    "&per_segment=", "&top=7&limit=0", "&top=7&limit=1001", "&top=7&limit=1&limit=2",
    "&top=7&sort=score", "&top=7&fields=rank,company", "&top=7&cursor=abc", "&top=7&topp=3",
    "&top=7&Top=3", "&top=7&limit=%00", "&top=7&mode=chains", "&top=7&home=nowhere",
    "&top=7&leader=x", "&top=7&segment=nothing",
)  # fmt: skip
"""What a route reads in its own way or refuses; among it what is right, said otherwise."""


def counted(served, source="listed"):
    """How many answers came this way."""
    said = served.client.get("/metrics", headers={"X-API-Key": served.key("admin")}).text
    lines = [line.split() for line in said.splitlines() if f'total{{source="{source}"}}' in line]
    return int(float(lines[0][1])) if lines else 0


def seen(answer):
    """All of an answer but its id."""
    headers = [(n, v) for n, v in answer.headers.multi_items() if n != "x-request-id"]
    return answer.status_code, sorted(headers), answer.content


def by_route_and_without(served, monkeypatch, paths, **headers):
    """The answers of the route, then those of the same server with nothing in its way."""
    with monkeypatch.context() as patched:
        patched.setattr(GivenAnswers, "cut", lambda self, scope: None)
        patched.setattr(GivenAnswers, "keep", lambda self, scope, given: None)
        patched.setattr(GivenAnswers, "keep_list", lambda self, scope, given: None)
        first = {path: served.get(path, **headers) for path in paths}
    return [(path, answer, served.get(path, **headers)) for path, answer in first.items()]


@ON_ONE
@pytest.mark.parametrize("question", QUESTIONS)
def test_other_lengths_and_limits_are_what_the_route_answers(served, monkeypatch, question):
    dice, key = random.Random(question), served.key()
    lengths = [(dice.randint(1, 133), dice.choice([0, 1, 2, 3, 9, 40, 500])) for _ in range(18)]
    paths = [
        f"{question}&top={top}&per_segment={limit}{dice.choice(PAGES)}" for top, limit in lengths
    ]
    paths += [f"{question}&top=5", f"{question}&per_segment=2", question]
    paths = list(dict.fromkeys(paths))
    for path, expected, found in by_route_and_without(served, monkeypatch, paths, key=key):
        assert expected.status_code == 200 and seen(found) == seen(expected), path
    # A list that reaches far down is drawn from more rows, by the route.
    assert counted(served) >= (15 if "生物医药" in question else len(paths))
    known = {"If-None-Match": found.headers["etag"]}
    assert served.get(paths[-1], key, **known).status_code == 304
    said = served.client.get("/metrics", headers={"X-API-Key": served.key("admin")}).text
    route = 'chainmap_requests_total{method="GET",route="/v1/cities/{code}/targets",status="200"}'
    assert f"{route} {2 * len(paths)}.0" in said


def test_a_page_leads_on_to_the_rest(served):
    key = served.key()
    whole = served.get(f"{TARGETS}&top=30&per_segment=0", key).json()["targets"]
    first = served.get(f"{TARGETS}&top=11&per_segment=0&limit=4", key)
    assert counted(served) == 1
    second = served.get(first.links["next"]["url"], key)
    told = first.json()["targets"] + second.json()["targets"]
    for one, other in zip(told, whole[:8], strict=True):
        assert one == other


def test_what_is_not_plain_is_left_to_the_route(served, monkeypatch):
    key = served.key()
    served.get(f"{TARGETS}&top=7", key)
    paths = [TARGETS + said for said in NOT_PLAIN]
    for path, expected, found in by_route_and_without(served, monkeypatch, paths, key=key):
        assert seen(found) == seen(expected), path
    assert counted(served) == 0
    assert served.get(f"{TARGETS}&top=8", key).status_code == 200
    assert counted(served) == 1


def test_nothing_is_put_together_for_whom_it_is_not(served, monkeypatch):
    key, path = served.key(), f"{TARGETS}&top=9&per_segment=4"
    assert served.get(f"{TARGETS}&top=30&per_segment=0", key).status_code == 200
    assert kind(served.get(path)) == "key-missing"
    assert kind(served.get(path, "cm_aaaaaaaaaaaa_" + "x" * 43)) == "key-wrong"
    other = served.key("admin", scopes=frozenset({Scope.METRICS}))
    assert kind(served.get(path, other)) == "scope-missing"
    assert kind(served.get(path, key, Origin="https://evil.example")) == "origin-not-allowed"
    assert kind(served.get(path, key, Accept="text/csv")) == "scope-missing"
    assert kind(served.get(path, key, Accept="application/pdf")) == "not-acceptable"
    assert served.client.post(path, headers={"X-API-Key": key}).status_code == 405
    assert counted(served) == 0
    slow = served.key(rate="1/minute")
    assert served.get(path, slow).status_code == 200 and counted(served) == 1
    assert kind(served.get(path.replace("9", "8"), slow)) == "too-many-requests"
    page = served.key(origins=("https://portal.example",))
    given = {"key": page, "Origin": "https://portal.example"}
    for _, expected, found in by_route_and_without(served, monkeypatch, [path], **given):
        assert seen(found) == seen(expected) and "access-control-allow-origin" in found.headers
    assert counted(served) == 2


def test_files_are_still_made_by_the_route_and_audited(served):
    key = served.key("analyst")
    for top in (6, 7):
        answer = served.get(f"{TARGETS}&top={top}", key, Accept="text/csv")
        assert answer.text.count("\r\n") == top + 1
    assert len([one for one in served.audited() if one[0] == "export"]) == 2
    assert counted(served) == 0


def test_an_approved_catalogue_or_other_data_end_it(served, monkeypatch):
    approved, key = [], served.key()
    for room in (cities, weighing):
        monkeypatch.setattr(room, "catalogue_state", lambda city: lambda: ",".join(approved))
    served.get(f"{TARGETS}&top=30&per_segment=0", key)
    before = served.get(f"{TARGETS}&top=10&per_segment=0", key)
    assert counted(served) == 1
    approved.append("2026-v1")
    served.get(f"{TARGETS}&top=12&per_segment=0", key)
    assert counted(served) == 1
    again = served.get(f"{TARGETS}&top=10&per_segment=0", key)
    assert counted(served) == 2 and again.headers["etag"] != before.headers["etag"]
    new = given_questions.current_snapshot().model_copy(update={"id": "other"})
    monkeypatch.setattr(given_questions, "current_snapshot", lambda: new)
    served.get(f"{TARGETS}&top=9&per_segment=0", key)
    assert counted(served) == 2


def test_requests_under_other_weights_do_not_push_it_out(served):
    key, dice = served.key("analyst"), random.Random(2)
    served.get(f"{TARGETS}&top=30&per_segment=0", key)
    for _ in range(12):
        weights = {family: dice.uniform(0, 3) for family in FAMILIES}
        body = {"city": "330600", "chain": "集成电路", "weights": weights}
        assert served.client.post("/v1/targets", json=body, headers={"X-API-Key": key}).is_success
    assert served.get(f"{TARGETS}&top=17&per_segment=0", key).status_code == 200
    assert counted(served) == 1


def test_nothing_is_drawn_or_told_while_others_wait(monkeypatch):
    question, usual = asked("绍兴", "集成电路"), TargetOptions()
    kept = WeighedLists(question, usual)

    def forbidden(*given):
        raise AssertionError("takes too long")

    def at_hand(top, per_segment=3, **more):
        options = TargetOptions(top=top, per_segment=per_segment, **more)
        with monkeypatch.context() as patched:
            patched.setattr(Redrawing, "_own_of", forbidden)
            patched.setattr(ListMaterial, "described", forbidden)
            patched.setattr(ToldWords, "said", forbidden)
            return kept.at_hand(options, None)

    assert at_hand(5) is None
    kept.under(TargetOptions(top=30))
    assert at_hand(5) is not None and at_hand(29).last is None
    assert at_hand(50) is not None  # told of ahead
    assert at_hand(120) is None  # a row nobody has met
    assert at_hand(5, weights=dict.fromkeys(FAMILIES, 1.0) | {"need": 0.5}) is None
    kept.under(TargetOptions(top=400, per_segment=0))
    assert at_hand(133) is not None
    assert at_hand(20, per_segment=5) is not None
    monkeypatch.setattr("chainmap.ranking.redrawing._QUICKLY", 1000)
    assert at_hand(20, per_segment=4) is None and at_hand(21, per_segment=5) is not None
    monkeypatch.setattr(weighed_lists, "MOST_KNOWN", 3)
    kept.under(TargetOptions(top=2))  # the others are forgotten
    assert kept.at_hand(TargetOptions(top=5), 3) is None


def test_lengths_are_read_where_they_are_plain():
    usual = [("chain", "x"), ("limit", "4")]
    assert lengths_said(usual) == (20, 3)
    assert lengths_said([*usual, ("per_segment", "0"), ("top", "500")]) == (500, 0)
    for top in ("0", "501", "1000", "", " 5", "5 ", "+5", "05", "5.0", "1_0", "５", "five"):
        assert lengths_said([("top", top)]) is None, top
    assert lengths_said([("per_segment", "501")]) is None
    assert lengths_said([("top", "5"), ("top", "5")]) is None


def test_only_so_many_questions_are_at_hand():
    answers = GivenAnswers()
    made = Cut(b"x", [], '"t"')
    given = GivenList(lambda asked: made, ("", lambda: ""), None)

    def scope(at, more=b""):
        query = f"chain={at}".encode() + more
        return {"path": "/v1/x", "headers": [], "query_string": query}

    for at in range(MOST + 5):
        answers.keep_question(scope(at, b"&top=4"), given)
    assert answers.cut(scope(4)) is None
    assert answers.cut(scope(5, b"&per_segment=9&limit=2")) == (made, None, "listed")
    assert answers.cut(scope(5, b"&home=x")) is None
    over = given._replace(rests_on=("a", lambda: "b"))
    answers.keep_question(scope("over"), over)
    assert answers.cut(scope("over")) is None
