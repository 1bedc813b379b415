"""How large a request may be, how long it may take, and where it may lead."""

import time

import pytest

from tests.server.serving import kind


def test_a_body_that_is_too_large_is_refused(served):
    big = b"x" * (2 << 20)
    assert kind(served.client.post("/login", content=big)) == "body-too-large"

    def pieces():
        for _ in range(64):
            yield b"x" * (1 << 15)

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert kind(served.client.post("/login", content=pieces(), headers=form)) == "body-too-large"
    lying = served.client.post("/login", content=b"", headers={"content-length": "-5"})
    assert lying.status_code in (400, 413)


@pytest.mark.parametrize("path", [
    "/v1/companies?q=%BD%AD%B7%E1", "/v1/segments?q=%BD%AD", "/v1/cities/%C9%DC%D0%CB/gaps",
    "/v1/cities/330600/targets?chain=%BC%AF%B3%C9", "/cities?chain=%BC%AF",
])  # fmt: skip
def test_words_in_another_encoding_are_refused(served, path):
    refused = served.get(path, served.key())
    assert refused.status_code == 400 and kind(refused) == "unreadable"
    assert "UTF-8" in refused.json()["detail"]
    assert served.get("/v1/companies?q=%E6%B1%9F%E4%B8%B0", served.key()).json()


@pytest.mark.parametrize("path", ["/login/", "/v1/chains/", "/cities/"])
def test_nobody_is_led_to_an_address_they_named_themselves(served, path):
    answer = served.get(path, served.key(), host="evil.example")
    assert answer.status_code == 404 and "location" not in answer.headers


def test_only_an_upload_may_have_the_size_of_a_file(served):
    key, big = served.key("editor"), b"x" * (2 << 20)
    for form in ("multipart/form-data; boundary=x", "Multipart/Form-Data; boundary=x"):
        headers = {"X-API-Key": key, "content-type": form}
        for path in ("/v1/targets", "/v1/lists", "/login"):
            answer = served.client.post(path, content=big, headers=headers)
            assert kind(answer) == "body-too-large", path
        sent = served.client.post("/v1/imports/companies", content=big, headers=headers)
        assert sent.status_code != 413


def test_an_answer_that_takes_too_long_is_given_up(serve):
    served = serve(request_timeout_s=0.2)
    finished = []

    def slow():
        time.sleep(3)
        finished.append(True)

    served.app.get("/v1/slow", include_in_schema=False)(slow)
    assert kind(served.get("/v1/slow")) == "too-slow"
    assert not finished  # answered while the work was still going on


@pytest.mark.parametrize(
    "path",
    [
        "/docs-page/../../pyproject.toml",
        "/docs-page/..%2f..%2fpyproject.toml",
        "/docs-page/%2e%2e/%2e%2e/pyproject.toml",
        "/docs-page/....//....//pyproject.toml",
        "/docs-page//etc/passwd",
        "/docs-page/%00",
        "/static/..%2f..%2fsite.py",
        "/v1/chains/..%2f..%2f..%2fetc%2fpasswd",
        "/v1/cities/..%2fx/gaps",
    ],
)
def test_no_path_leads_out(served, path):
    answer = served.get(path)
    assert answer.status_code in (400, 404), answer.text
    assert "build-system" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize(
    "given",
    [
        "'; DROP TABLE api_key; --",
        '" OR ""="',
        "<script>alert(1)</script>",
        "{{7*7}}",
        "%00",
        "\u202e",
    ],
)
def test_what_is_given_is_only_ever_text(served, given):
    for path in (f"/v1/chains/{given}", f"/v1/cities/{given}/gaps"):
        answer = served.get(path)
        assert answer.status_code == (400 if given == "%00" else 404)
        assert answer.headers["content-type"] == "application/problem+json"
    assert served.get("/readyz").json()["database"] == "ok"
