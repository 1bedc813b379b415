"""A variable that cannot be used is told in Chinese: which, what it says, what is expected."""

import re

import pytest

from chainmap.errors import InputError
from chainmap.settings import LEAST_SECRET, Settings, load_settings


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("PORT", "eighty", "的值“eighty”不可用：应为整数"),
        ("PORT", "70000", "应不大于 65535"),
        ("SESSION_SECRET", "s" * 31, "不可用：应至少 32 个字符，现为 31 个"),
        ("RATE_LIMIT", "lots", "应写作 次数/单位，如 600/minute"),
        ("LOG_LEVEL", "verbose", "只能是 DEBUG、INFO、WARNING、ERROR"),
        ("PUBLIC_URL", "zs.example", "应为 http 或 https 网址，不带路径"),
        ("OIDC_ISSUER", "zs.example", "应为 http 或 https 网址"),
        ("OIDC_ROLES", "x", "应为 JSON，如"),
        ("OIDC_ROLES", "[1]", "应为对象"),
        ("REQUEST_TIMEOUT_S", "0", "应大于 0"),
        ("JOB_WORKERS", "1.5", "应为整数"),
        ("JOB_LEASE_S", "2", "应不小于 3"),
        ("WARM_PAGES", "perhaps", "应为 true 或 false"),
        ("MAX_BODY_MB", "many", "应为整数"),
    ],
)
def test_the_message_names_it_and_says_what_is_expected(monkeypatch, name, given, said):
    monkeypatch.setenv(f"CHAINMAP_{name}", given)
    with pytest.raises(InputError) as caught:
        load_settings()
    told = str(caught.value)
    assert f"环境变量 CHAINMAP_{name} " in told and said in told and "请改正" in told
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", told), told


def test_all_that_are_wrong_are_named_at_once(monkeypatch):
    monkeypatch.setenv("CHAINMAP_PORT", "eighty")
    monkeypatch.setenv("CHAINMAP_RATE_LIMIT", "lots")
    with pytest.raises(InputError, match=r"CHAINMAP_PORT .*CHAINMAP_RATE_LIMIT "):
        load_settings()


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_a_variable_set_to_nothing_is_not_set(monkeypatch, blank):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CHAINMAP_{name.upper()}", raising=False)
    unset = load_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"CHAINMAP_{name.upper()}", blank)
    assert load_settings() == unset
    assert unset.session_secret is None and str(unset.workspace) == "chainmap-workspace"


def test_what_signs_sessions_is_long_and_not_shown(monkeypatch):
    monkeypatch.setenv("CHAINMAP_SESSION_SECRET", "geheim")
    with pytest.raises(InputError) as caught:
        load_settings()
    assert "geheim" not in str(caught.value) and "openssl rand" in str(caught.value)
    monkeypatch.setenv("CHAINMAP_SESSION_SECRET", "s" * LEAST_SECRET)
    assert load_settings().session_secret.get_secret_value() == "s" * LEAST_SECRET


def test_no_pattern_is_shown_to_a_reader(monkeypatch):
    patterns = {n: f for n, f in Settings.model_fields.items() if "pattern" in repr(f.metadata)}
    assert len(patterns) >= 3
    for name in patterns:
        monkeypatch.setenv(f"CHAINMAP_{name.upper()}", "?")
        with pytest.raises(InputError) as caught:
            load_settings()
        assert "^" not in str(caught.value)
        monkeypatch.delenv(f"CHAINMAP_{name.upper()}")
