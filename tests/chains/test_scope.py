import pytest

from chainmap import resources
from chainmap.chains.library import load_library
from chainmap.chains.scope import read_scope_language
from chainmap.errors import CurationError


def broken(monkeypatch, old, new):
    read = resources.read_text

    def changed(*parts):
        text = read(*parts)
        return text.replace(old, new, 1) if parts[-1] == "scope-phrases.yml" else text

    monkeypatch.setattr(resources, "read_text", changed)


def test_the_scope_language_holds_together():
    language = read_scope_language(load_library())
    assert {g.chain for g in language.phrases.phrases} == set(load_library().chains)
    assert all(rule.why for rule in (*language.phrases.silent, *language.phrases.lookalikes))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("chain: quantum", "chain: quantums", "没有产业链"),
        ("words: [量子通信, ", "words: [集成电路, 量子通信, ", "写了两次"),
        ("segments: [ic-cleanroom]", "segments: [ic-nothing]", "没有环节"),
        ("keep: [数控折弯机, ", "keep: [没有这个词, ", "没有“没有这个词”"),
        ("words: [量子检测仪, ", "words: [量子通信, ", "又列为形似词"),
    ],
)
def test_a_broken_file_says_where(monkeypatch, old, new, says):
    broken(monkeypatch, old, new)
    with pytest.raises(CurationError, match=says):
        read_scope_language(load_library())
