"""What a snapshot's versions stand for."""

import pytest

from chainmap import resources
from chainmap.errors import InputError
from chainmap.reports import snapshot_making
from chainmap.reports.snapshot_making import data_sha256


@pytest.fixture
def asked_anew():
    snapshot_making.data_sha256.cache_clear()
    yield
    snapshot_making.data_sha256.cache_clear()


def test_a_table_of_the_deployers_is_part_of_the_data(asked_anew, monkeypatch, tmp_path):
    assert data_sha256() == resources.content_hash("data")
    found = {data_sha256()}
    for content in ("a,b\n1,2\n", "a,b\n1,3\n"):
        table = tmp_path / "table.csv"
        table.write_text(content)
        monkeypatch.setenv("CHAINMAP_INPUT_OUTPUT", str(table))
        data_sha256.cache_clear()
        found.add(data_sha256())
    assert len(found) == 3
    monkeypatch.setenv("CHAINMAP_INPUT_OUTPUT", str(tmp_path / "gone.csv"))
    data_sha256.cache_clear()
    with pytest.raises(InputError, match=r"无法读取 gone\.csv"):
        data_sha256()
