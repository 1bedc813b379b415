from __future__ import annotations

import pytest

from chainmap.extraction.quantities import quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达到2000亿元", (2000.0, None, "亿元", "=")),
        ("新增20家以上", (20.0, None, "家", "≥")),
        ("年均增长7%左右", (7.0, None, "%", "≈")),
        ("培育5—6个", (5.0, 6.0, "个", "=")),
        ("不低于3.2%", (3.2, None, "%", "≥")),
        ("提高2个百分点", (2.0, None, "个百分点", "=")),
        ("突破1.6万家", (1.6, None, "万家", ">")),
        ("能耗控制在0.3吨标准煤以内", (0.3, None, "吨标准煤", "≤")),
    ],
)
def test_number_unit_and_bound(text: str, expected: tuple[float, float | None, str, str]) -> None:
    (found,) = quantities(text, 0, len(text))
    assert (found.value, found.value_max, found.unit, found.comparator) == expected


@pytest.mark.parametrize(
    "text", ["到2025年", "世界500强企业", "山区26县", "发展5G", "3D打印", "8英寸芯片"]
)
def test_years_and_names_are_no_quantities(text: str) -> None:
    assert quantities(text, 0, len(text)) == []
