"""What the log, the audit log and the metrics hold of a request."""

import datetime as dt
import json
import logging

from chainmap.ledger import audit
from chainmap.server import service as service_module

ASK = "/v1/chains"


def test_a_refusal_is_logged_with_who_and_why(served, caplog):
    viewer, expired = served.key("viewer"), served.key(lifetime=dt.timedelta(hours=1))
    served.service.now = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    foreign = {"origin": "https://evil.example"}
    with caplog.at_level(logging.INFO):
        assert served.get("/v1/audit", viewer).status_code == 403
        assert served.get(ASK, viewer, accept="text/csv").status_code == 403
        assert served.get(ASK, expired).status_code == 401
        assert served.get(ASK, viewer, **foreign).status_code == 403
        asked = {"access-control-request-method": "GET"} | foreign
        assert served.client.options(ASK, headers=asked).status_code == 403
        big = {"content-length": "99999999", "X-API-Key": viewer}
        assert served.client.post("/v1/targets", content=b"", headers=big).status_code == 413
    said = [vars(one) for one in caplog.records if one.message == "refused"]
    kinds = [one["problem"] for one in said]
    assert kinds == [
        "scope-missing", "scope-missing", "key-expired", "origin-not-allowed",
        "origin-not-allowed", "body-too-large",
    ]  # fmt: skip
    assert all(one["network"] == "testclient" for one in said)
    named = [one["who"].partition(":")[0] for one in said]
    mine, old = viewer.split("_")[1], expired.split("_")[1]
    assert named == [mine, mine, old, mine, "anonymous", mine]
    assert ("refused.scope-missing", "testclient", "refused") in served.audited()
    with served.service.ledger.read() as tx:
        actors = {e.actor.partition(":")[0] for e in audit.entries(tx) if "scope" in e.action}
    assert actors == {mine}


def test_a_request_id_is_taken_over_only_if_harmless(served):
    assert served.get(ASK, **{"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    for bad in ("a b", "a" * 65, '{"x":1}', "é"):
        found = served.get(ASK, **{"X-Request-ID": bad.encode()})
        assert len(found.headers["x-request-id"]) == 32


def test_the_log_holds_no_address_no_query_and_no_key(served, caplog):
    key = served.key()
    with caplog.at_level(logging.DEBUG):
        served.get("/v1/chains/集成电路?who=王小二", key)
        served.get(ASK, "cm_aaaaaaaaaaaa_" + "S" * 43)
    said = [vars(record) for record in caplog.records if record.name.startswith("chainmap")]
    assert {"/v1/chains/{chain}"} <= {record.get("route") for record in said}
    for record in said:
        text = json.dumps({k: str(v) for k, v in record.items()}, ensure_ascii=False)
        assert "王小二" not in text and "集成电路" not in text and key not in text
        assert "S" * 43 not in text


def test_metrics_name_routes_not_paths(served):
    served.get("/v1/chains/集成电路")
    served.get("/v1/chains/nothing-like-it")
    served.get("/no/such/path")
    text = served.get("/metrics").text
    assert 'route="/v1/chains/{chain}",status="200"' in text
    assert 'route="(none)",status="404"' in text
    assert "nothing-like-it" not in text and "集成电路" not in text


def test_methods_of_ones_own_making_make_one_series(served, caplog):
    served.key()
    with caplog.at_level(logging.INFO):
        for n in range(50):
            assert served.client.request(f"MADE{n}", ASK).status_code == 401
    text = served.get("/metrics", served.key("admin")).text
    assert "MADE" not in text and 'method="OTHER"' in text
    assert not any("MADE" in str(vars(one)) for one in caplog.records if one.name != "httpx2")


def test_a_flood_of_refusals_makes_few_entries(served):
    served.key()
    for n in range(600):
        served.service.tally("anonymous", "refused.key-missing", f"10.{n}.0.0/24")
    found = served.audited()
    assert len(found) <= service_module.MOST_TALLIED + 2
    assert ("refused.key-missing", "others", "refused") in found
