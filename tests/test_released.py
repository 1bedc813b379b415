import json

import pytest

from chainmap.errors import ModelError
from chainmap.released import Named, checked, release_files, rounded

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
