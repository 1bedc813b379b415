import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources.registers import REGISTER_COLUMNS, register_files, scan_register


def register(file, *codes):
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = {column: [f"{column}{code}" for code in codes] for column in REGISTER_COLUMNS}
    pl.DataFrame(rows | {"uscc": list(codes), "further": [1] * len(codes)}).write_parquet(file)


def test_a_register_may_lie_in_parts_beside_or_below(tmp_path):
    register(tmp_path / "registrations" / "b.parquet", "3")
    register(tmp_path / "registrations" / "a.parquet", "1", "2")
    register(tmp_path / "more.parquet", "4")
    pl.DataFrame({"name": ["其他表"]}).write_parquet(tmp_path / "other.parquet")
    assert [file.name for file in register_files(tmp_path)] == [
        "more.parquet",
        "a.parquet",
        "b.parquet",
    ]
    rows = scan_register(tmp_path).collect()
    assert rows.columns == list(REGISTER_COLUMNS)
    assert rows["uscc"].to_list() == ["4", "1", "2", "3"]
    assert scan_register(tmp_path / "more.parquet").collect()["uscc"].to_list() == ["4"]


def test_what_is_no_register_is_said(tmp_path):
    with pytest.raises(InputError, match=r"没有登记数据.*reg_date"):
        scan_register(tmp_path)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(InputError, match=r"无法读取.*broken"):
        register_files(tmp_path)
