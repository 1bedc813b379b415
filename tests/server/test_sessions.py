"""Sessions of pages: what ends them, and what nobody can sign but us."""

import datetime as dt
import time

import pytest
from pydantic import SecretStr
from starlette.datastructures import Headers

from chainmap.ledger.engine import Ledger
from chainmap.ledger.sessions import end_session
from chainmap.server.service import REMEMBERED_S, Service
from chainmap.server.sessions import COOKIE, PERSON_COOKIE, cookie_signer, session_of
from chainmap.settings import Settings

ASK = "/v1/chains"


def log_in(served, key):
    """Return the cookie of a new session; the client itself keeps none."""
    answer = served.client.post("/login", data={"key": key}, follow_redirects=False)
    served.client.cookies.clear()
    return answer.cookies[COOKIE]


def test_a_copied_cookie_is_void_after_logout_and_others_are_not(served):
    key = served.key()
    copied, other = [log_in(served, key) for _ in range(2)]
    for cookie in (copied, other):
        assert served.get(ASK, cookie=f"{COOKIE}={cookie}").status_code == 200
    served.client.post("/logout", headers={"cookie": f"{COOKIE}={copied}"}, follow_redirects=False)
    assert served.get(ASK, cookie=f"{COOKIE}={copied}").status_code == 401
    assert served.get(ASK, cookie=f"{COOKIE}={other}").status_code == 200
    assert [a for a, _, _ in served.audited() if a == "logout"] == ["logout"]


def test_a_session_ended_elsewhere_is_void_within_seconds(served, monkeypatch):
    cookie = log_in(served, served.key())
    assert served.get(ASK, cookie=f"{COOKIE}={cookie}").status_code == 200
    elsewhere = Service(served.service.settings, served.service.ledger)
    found = session_of(Headers({"cookie": f"{COOKIE}={cookie}"}), elsewhere, COOKIE)
    with elsewhere.record() as write:
        end_session(write.tx, found["id"], write.now + dt.timedelta(hours=12), write.now)
    assert served.get(ASK, cookie=f"{COOKIE}={cookie}").status_code == 200
    began = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: began + REMEMBERED_S + 1)
    assert served.get(ASK, cookie=f"{COOKIE}={cookie}").status_code == 401


def test_sessions_cost_no_question_of_the_database_with_every_request(served, monkeypatch):
    cookie = log_in(served, served.key())
    assert served.get(ASK, cookie=f"{COOKIE}={cookie}").status_code == 200
    monkeypatch.setattr(Ledger, "read", None)
    assert served.get(ASK, cookie=f"{COOKIE}={cookie}").status_code == 200


def test_a_logout_without_a_session_leaves_no_entry(served):
    key = served.key()
    headers = {"X-API-Key": key, "cookie": f"{COOKIE}=a.b.c"}
    assert served.client.post("/logout", headers=headers, follow_redirects=False).is_redirect
    assert "logout" not in [action for action, _, _ in served.audited()]


@pytest.mark.parametrize("secret", ["", " ", "short", "s" * 31])
def test_nothing_is_signed_with_a_secret_that_can_be_guessed(serve, secret):
    if secret.strip():
        with pytest.raises(ValueError, match="32"):
            serve(session_secret=secret)
        return
    served = serve(session_secret=secret)
    key_id = served.key("admin").split("_")[1]
    guessed = Settings().model_copy(update={"session_secret": SecretStr(secret)})
    forged = cookie_signer(guessed, COOKIE).dumps({"id": "x", "key": key_id})
    assert served.get("/v1/audit", cookie=f"{COOKIE}={forged}").status_code == 401


def test_what_is_signed_for_another_cookie_is_nothing(served):
    key_id = served.key().split("_")[1]
    signer = cookie_signer(served.service.settings, PERSON_COOKIE)
    for about in ({"id": "x", "key": key_id}, key_id):
        assert served.get(ASK, cookie=f"{COOKIE}={signer.dumps(about)}").status_code == 401
