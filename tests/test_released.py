import json

import pytest

from chainmap import resources
from chainmap.errors import ModelError
from chainmap.released import (
    Named,
    Release,
    agree_on_features,
    checked,
    read_manifest,
    release_files,
    rounded,
    unsealed,
)

NAMED = Named("tiny", "小模型", "chainmap train tiny")


def test_a_release_reads_back_what_was_written():
    files = release_files({"权重": [0.1, 2]}, {"model": "tiny"}, "# 小模型\n")
    release = checked(files["coefficients.json"], json.loads(files["manifest.json"]), NAMED)
    assert release.plain == {"权重": [0.1, 2]}
    assert release.manifest["model"] == "tiny"
    assert files["CARD.md"].decode() == "# 小模型\n"


def test_a_changed_file_refuses_to_load():
    files = release_files({"a": 1}, {}, "")
    changed = files["coefficients.json"].replace(b"1", b"2")
    with pytest.raises(ModelError, match="小模型的文件与清单不符"):
        checked(changed, json.loads(files["manifest.json"]), NAMED)


def test_numbers_keep_their_significant_digits():
    assert rounded(0.000123456, 3) == 0.000123
    assert rounded(-98765.4, 3) == -98800.0


def text_of(manifest):
    return release_files({"a": 1}, manifest, "")["manifest.json"].decode()


def test_a_manifest_reads_back_with_its_seal():
    text = text_of({"model": "tiny", "version": "1", "metrics": [0.5, 1e-7, None]})
    assert unsealed(text, "清单", "1")["metrics"] == [0.5, 1e-7, None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{\n"model": ', "第 2 行.*不是 JSON"),
        ("[]", "没有封印"),
        ('{"model": "tiny", "version": "1"}', "没有封印"),
        ('{"seal": 3}', "没有封印"),
        (text_of({"version": "1", "auc": 0.75}).replace("0.75", "0.79"), "在发布后被改动"),
        (text_of({"version": "1"}).replace('"version": "1"', '"version": "2"'), "在发布后被改动"),
        (text_of({"version": "2"}), "写的版本是 2，应为 1"),
    ],
)
def test_a_damaged_or_edited_manifest_says_what_was_found(text, said):
    with pytest.raises(ModelError, match=said) as caught:
        unsealed(text, "models/tiny/1/manifest.json", "1")
    assert "models/tiny/1/manifest.json" in str(caught.value) and caught.value.todo


def test_a_manifest_that_names_no_file_is_no_key_error():
    with pytest.raises(ModelError, match="清单没有记"):
        checked(b"{}", {}, NAMED)
    with pytest.raises(ModelError, match="特征与清单"):
        agree_on_features(NAMED, Release({}, {}), ["a"], {"a"})


@pytest.mark.parametrize("file", sorted(resources.path("models").glob("*/*/manifest.json")))
def test_every_bundled_manifest_is_sealed(file):
    model, version = file.parent.parent.name, file.parent.name
    assert read_manifest(model, version)["version"] == version
