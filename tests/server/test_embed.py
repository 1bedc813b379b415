"""Embedding as seen from the wire: tokens, who may frame us, who may load our files."""

import datetime as dt
import json
import re

import pytest

from chainmap.concepts.access import Scope
from chainmap.ledger import audit, keys
from chainmap.server.embed_tokens import PREFIX, EmbedToken, read_token
from chainmap.server.embeds import FILES, KINDS
from tests.server.serving import kind

PARK = "https://park.example"
GAPS = "/v1/cities/330600/gaps?chain=integrated-circuits&top=1"


def minted(served, key, **wanted):
    body = {"origin": PARK} | wanted
    return served.client.post("/v1/embed-tokens", json=body, headers={"X-API-Key": key})


@pytest.fixture
def park(served):
    """A key of a park's portal, and a token made with it."""
    key = served.key(origins=(PARK,))
    return key, minted(served, key).json()["token"]


def test_a_token_reads_three_things_and_nothing_else(served, park):
    _, token = park
    panorama = "/v1/cities/绍兴/chains/集成电路/panorama"
    for path in (GAPS, "/v1/cities/330600/targets?top=1", panorama):
        answer = served.get(path, token, origin=PARK)
        assert answer.status_code == 200, answer.text
        assert answer.headers["access-control-allow-origin"] == PARK
    for path in ("/v1/chains", "/v1/companies?q=士兰", "/v1/lists", "/v1/audit", "/cities/330600"):
        assert kind(served.get(path, token)) == "scope-missing", path
    sheet = {"accept": "text/csv"}
    assert kind(served.get(GAPS, token, **sheet)) == "scope-missing"
    assert kind(minted(served, token)) == "scope-missing"


def test_a_token_is_for_one_origin_or_our_own_frame(served, park):
    _, token = park
    evil = served.get(GAPS, token, origin="https://evil.example")
    assert kind(evil) == "origin-not-allowed"
    assert "access-control-allow-origin" not in evil.headers
    assert served.get(GAPS, token, origin="http://testserver").status_code == 200


def test_a_token_may_be_held_to_a_city_and_a_chain(served):
    key = served.key(origins=(PARK,))
    made = minted(served, key, city="绍兴", chain="集成电路").json()
    assert (made["city_code"], made["chain_id"]) == ("330600", "integrated-circuits")
    token = made["token"]
    assert served.get(GAPS, token).status_code == 200
    assert served.get("/v1/cities/绍兴/chains/集成电路/panorama", token).status_code == 200
    for path in (
        "/v1/cities/330600/gaps",
        "/v1/cities/330600/gaps?chain=quantum",
        "/v1/cities/330200/gaps?chain=集成电路",
        "/v1/cities/nowhere/gaps?chain=集成电路",
        "/v1/cities/330600/chains/quantum/panorama",
    ):
        assert kind(served.get(path, token)) == "scope-missing", path


def test_a_token_ends_by_the_clock_and_with_its_key(served, park):
    key, token = park
    served.service.now = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(minutes=15)
    late = served.get(GAPS, token, origin=PARK)
    assert kind(late) == "key-expired" and late.json()["detail"] == "嵌入令牌已到期。"
    assert late.json()["detail_en"] == "The embed token has expired."
    # The page may read why, to ask its own server for another.
    assert late.headers["access-control-allow-origin"] == PARK
    served.service.now = lambda: dt.datetime.now(dt.UTC)
    assert served.get(GAPS, token).status_code == 200
    with served.service.ledger.write() as tx:
        keys.revoke_key(tx, key.split("_")[1], dt.datetime.now(dt.UTC))
    served.forget()
    assert kind(served.get(GAPS, token)) == "key-revoked"


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "a", lambda t: "ce_", len])
def test_a_changed_token_is_a_wrong_key(served, park, change):
    _, token = park
    assert kind(served.get(GAPS, PREFIX + str(change(token)))) == "key-wrong"


def test_a_token_signed_for_something_else_is_none(served):
    settings = served.service.settings
    ours = EmbedToken("aaaaaaaaaaaa", PARK, None, None, 4_000_000_000)
    assert read_token(ours.text(settings), settings) == ours
    from itsdangerous import URLSafeSerializer

    from chainmap.server.sessions import signing_secret

    for salt, parts in (("chainmap.session", "aaaaaaaaaaaa"), ("chainmap.embed", ["a", 1])):
        forged = URLSafeSerializer(signing_secret(settings), salt=salt).dumps(parts)
        assert read_token(PREFIX + str(forged), settings) is None


def test_tokens_are_made_for_origins_of_the_key_only(served):
    plain, park = served.key(), served.key(origins=(PARK,))
    assert kind(minted(served, plain)) == "bad-input"
    assert kind(minted(served, park, origin="https://evil.example")) == "bad-input"
    assert kind(minted(served, park, minutes=721)) == "bad-input"
    assert kind(minted(served, park, city="没有的城市")) == "unknown-name"
    narrow = served.key("admin", scopes=frozenset({Scope.METRICS}), origins=(PARK,))
    assert kind(minted(served, narrow)) == "scope-missing"
    made = minted(served, park, minutes=720)
    assert made.status_code == 201 and made.headers["cache-control"] == "no-store"


def test_every_token_is_an_entry_of_the_audit_log(served, park):
    minted(served, park[0], minutes=30, city="绍兴", chain="集成电路")
    minted(served, park[0], origin="https://evil.example")
    with served.service.ledger.read() as tx:
        one, two = [e for e in audit.entries(tx) if e.action == "embed.token"]
    assert one.object == two.object == PARK and one.request_id
    assert two.actor.partition(":")[0] == park[0].split("_")[1]
    assert json.loads(two.detail) == {
        "minutes": 30, "city": "330600", "chain": "integrated-circuits",
    }  # fmt: skip
    assert json.loads(one.detail) == {"minutes": 15, "city": None, "chain": None}
    assert park[1] not in one.detail


def test_visitors_of_one_page_do_not_use_up_each_others_rate(serve):
    served = serve()
    key = served.key(origins=(PARK,), rate="3/minute")
    token = minted(served, key).json()["token"]
    assert [served.get(GAPS, token).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert served.get("/v1/chains", key).status_code == 200


def test_embedding_is_counted_apart_in_the_audit_log(served, park):
    served.get(GAPS, park[1])
    found = served.audited()
    assert ("key.use", "embed", "ok") in found and ("key.use", "POST", "ok") in found


@pytest.mark.parametrize("name", FILES)
def test_files_are_lent_to_the_origins_of_keys(served, park, name):
    lent = served.get(f"/embed/{name}", origin=PARK)
    assert lent.status_code == 200 and lent.headers["access-control-allow-origin"] == PARK
    assert lent.headers["cross-origin-resource-policy"] == "cross-origin"
    assert lent.headers["content-type"].split(";")[0] in ("text/javascript", "text/css")
    again = served.get(f"/embed/{name}", **{"if-none-match": lent.headers["etag"]})
    assert again.status_code == 304
    evil = served.get(f"/embed/{name}", origin="https://evil.example")
    assert kind(evil) == "origin-not-allowed"


@pytest.mark.parametrize("what", KINDS)
def test_an_iframe_page_is_framed_by_the_origins_of_its_client_only(served, park, what):
    framed = served.get(f"/embed/{what}?client={park[0].split('_')[1]}&lang=en")
    policy = framed.headers["content-security-policy"]
    assert f"frame-ancestors {PARK}" in policy and "unsafe" not in policy
    assert 'lang="en"' in framed.text and KINDS[what][1] in framed.text
    alone = served.get(f"/embed/{what}")
    assert "frame-ancestors 'none'" in alone.headers["content-security-policy"]
    assert alone.headers["x-frame-options"] == "DENY" and KINDS[what][0] in alone.text
    assert "<script>" not in alone.text and "style=" not in alone.text


def test_nothing_else_is_served_there(served):
    for path in ("/embed/", "/embed/frame.html", "/embed/..%2fopenapi.json", "/embed/catalogue"):
        assert served.get(path).status_code in (404, 401, 400), path


def test_the_panorama_leads_to_the_passages_behind_it(served):
    path = "/v1/cities/绍兴/chains/集成电路/panorama?as_of=2025-06-30&include_expired=true"
    answer = served.get(path)
    found = re.findall('<([^>]+)>; rel="related"', answer.headers["link"])
    chain, gaps = (served.get(one).json() for one in found)
    assert all("citations" in segment for segment in chain["segments"])
    assert gaps["basis"]["as_of"] == "2025-06-30" and gaps["basis"]["include_expired"]
    drawn = [s for t in answer.json()["stages"] for g in t["groups"] for s in g["segments"]]
    ranks = {s["id"]: s["gap_rank"] for s in drawn if s["gap_rank"]}
    assert ranks == {gap["segment_id"]: gap["rank"] for gap in gaps["gaps"]} and len(ranks) > 5
    assert all(gap["citations"] for gap in gaps["gaps"])


def test_the_panorama_is_the_pages(served):
    from chainmap.server.pages.facts import chain_panorama

    answer = served.get("/v1/cities/绍兴/chains/集成电路/panorama")
    expected = chain_panorama("330600", "integrated-circuits").model_dump(mode="json")
    assert answer.json() == expected
    assert answer.headers["etag"] and answer.headers["chainmap-may-act"] == "false"
    again = served.get(
        "/v1/cities/绍兴/chains/集成电路/panorama", **{"if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304
