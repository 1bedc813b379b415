from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.datastructures import Headers

from chainmap.concepts.access import AccessRole
from chainmap.errors import InputError
from chainmap.ledger import audit
from chainmap.server.oidc import person_of
from chainmap.server.sessions import PERSON_COOKIE
from chainmap.settings import Settings
from tests.server.issuer import OTHER_KEY, issuer_running
from tests.server.serving import kind


@pytest.fixture
def issuer():
    with issuer_running() as running:
        yield running


@pytest.fixture
def office(serve, issuer):
    return serve(
        public_url="http://testserver",
        oidc_issuer=issuer.address,
        oidc_client_id="chainmap",
        oidc_client_secret="quiet",
        oidc_roles={"招商处": "editor", "县市区": "viewer"},
    )


def leave(office, target="/gaps"):
    return office.get(f"/login/oidc?next={target}")


def come_back(office, issuer, **changed):
    code = issuer.authorise(leave(office).headers["location"])
    query = {"code": code, "state": issuer.asked["state"]} | changed
    return office.client.get("/login/oidc/back", params=query, follow_redirects=False)


def test_a_reader_logs_in_and_out(office, issuer):
    sent = leave(office)
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["scope"] == ["openid"]
    assert asked["redirect_uri"] == ["http://testserver/login/oidc/back"]
    entered = come_back(office, issuer)
    assert entered.status_code == 200 and 'url=/gaps"' in entered.text
    cookie = entered.headers["set-cookie"]
    assert PERSON_COOKIE in cookie and "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert office.get("/v1/chains").status_code == 200
    office.client.post("/logout", follow_redirects=False)
    assert kind(office.get("/v1/chains")) == "key-missing"


def test_a_copied_cookie_is_void_after_logout(office, issuer):
    come_back(office, issuer)
    copied = office.client.cookies[PERSON_COOKIE]
    office.client.post("/logout", follow_redirects=False)
    assert kind(office.get("/v1/chains", cookie=f"{PERSON_COOKIE}={copied}")) == "key-missing"
    with office.service.ledger.read() as tx:
        login, logout = [e for e in audit.entries(tx) if e.action in ("login", "logout")]
    assert logout.action == "logout" and logout.actor == login.actor


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ({"招商处": "editor"}, "editor"),
        ({"招商处": "viewer", "信息中心": "admin"}, "viewer"),
        ({"信息中心": "admin"}, None),
        ({"招商处": "viewer", "其他": "admin"}, "viewer"),
    ],
)
def test_a_role_is_what_the_settings_say_now(office, issuer, now, found):
    issuer.groups = ["招商处", "其他"]
    come_back(office, issuer)
    changed = {"oidc_roles": now}
    office.service.settings = office.service.settings.model_copy(update=changed)
    headers = Headers({"cookie": f"{PERSON_COOKIE}={office.client.cookies[PERSON_COOKIE]}"})
    person = person_of(headers, office.service)
    assert (person and person.scopes) == (found and AccessRole(found).scopes)


def test_what_is_kept_of_a_reader_names_nobody(office, issuer):
    come_back(office, issuer)
    deeds = [e for e in office.audited() if e[0] == "login"]
    assert deeds == [("login", "editor", "ok")]
    with office.service.ledger.read() as tx:
        actors = {e.actor for e in audit.entries(tx) if e.action == "login"}
    assert len(actors) == 1 and "4711" not in (actor := actors.pop())
    assert actor.startswith("oidc:") and len(actor) == 21


def test_the_role_bounds_what_a_reader_may_do(office, issuer):
    issuer.groups = ["县市区", "其他"]
    come_back(office, issuer)
    assert office.get("/v1/chains").status_code == 200
    assert kind(office.get("/v1/audit")) == "scope-missing"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1_000_000_000},
        {"groups": ["别的处"]},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_for_us_is_refused(office, issuer, claims):
    issuer.claims = claims
    answer = come_back(office, issuer)
    assert answer.status_code in (401, 403)
    assert PERSON_COOKIE not in answer.headers.get("set-cookie", "")
    assert ("refused.login" in [a for a, _, _ in office.audited()]) is True


def test_a_token_signed_by_another_is_refused(office, issuer):
    issuer.signing = OTHER_KEY
    assert come_back(office, issuer).status_code == 401


def test_a_state_that_is_not_ours_is_refused(office, issuer):
    assert come_back(office, issuer, state="made-up").status_code == 401
    office.client.cookies.clear()
    assert office.get("/login/oidc/back?code=c&state=s").status_code == 400


def test_a_provider_that_names_another_or_signs_with_nothing_is_not_used(office, issuer):
    issuer.described = {"issuer": "https://evil.example"}
    assert leave(office).status_code == 503
    issuer.described = {"id_token_signing_alg_values_supported": ["none", "HS256"]}
    assert leave(office).status_code == 503


def test_login_leads_nowhere_else(office, issuer):
    issuer.authorise(leave(office, "//evil.example").headers["location"])
    back = {"code": "code-1", "state": issuer.asked["state"]}
    entered = office.client.get("/login/oidc/back", params=back)
    assert 'url=/"' in entered.text and "evil" not in entered.text


def test_a_forged_cookie_opens_nothing(office):
    office.client.cookies.set(PERSON_COOKIE, "eyJuYW1lIjoieCJ9.x.y")
    assert kind(office.get("/v1/chains")) == "key-missing"


def test_without_a_provider_nothing_is_offered(served):
    served.key()
    assert served.get("/login/oidc").headers["location"] == "/login"
    assert served.get("/login/oidc/back").headers["location"] == "/login"
    assert "统一身份" not in served.get("/login").text


def test_the_login_page_offers_it(office):
    assert "统一身份登录" in office.get("/login?next=/gaps").text


def test_half_a_provider_does_not_start(serve):
    with pytest.raises(InputError, match="CHAINMAP_OIDC_CLIENT_ID"):
        serve(oidc_issuer="https://id.example")
    with pytest.raises(InputError, match="boss"):
        serve(oidc_issuer="https://id.example", oidc_client_id="c",
              public_url="https://a.example", oidc_roles={"x": "boss"})  # fmt: skip


def test_the_secret_is_not_shown():
    assert "quiet" not in repr(Settings(oidc_client_secret="quiet"))
