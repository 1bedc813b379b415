import re

import pytest

from chainmap.reports.city_shapes import CityMap, Shape
from chainmap.reports.city_tiles import GRID, shade
from chainmap.reports.document_font import lacking
from chainmap.reports.report_map import CityMark, map_svg
from chainmap.reports.report_pictures import WIDTH, Bar, BarRow, bars_svg
from chainmap.reports.text_width import text_width

TEXT = re.compile(r'<text x="([\d.-]+)" y="([\d.-]+)" font-size="([\d.]+)"([^>]*)>([^<]*)<')


def boxes(svg):
    """Left, top, right and bottom of every text, measured as the layout measures."""
    for x, y, size, style, text in TEXT.findall(svg):
        x, y, size = float(x), float(y), float(size)
        width = text_width(text, size)
        left = x - width if '"end"' in style else x - width / 2 if '"middle"' in style else x
        yield left, y - size * 0.85, left + width, y + size * 0.15, text


def overlapping(svg):
    found = list(boxes(svg))
    return [
        (a[4], b[4])
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


NAMES = ["甲", "心血管与代谢类原料药和其他很长很长的环节名称以及说明", "SCARA 机器人", "丁"]


@pytest.mark.parametrize("n_bars", [1, 2])
@pytest.mark.parametrize("lowest", [0.0, -0.4])
def test_labels_never_meet_and_stay_inside(n_bars, lowest):
    values = [0.9, 0.001, lowest, 0.5]
    rows = [
        BarRow(name, (Bar(value, f"{value:.0%}（10%–95%），生物医药", 0.1, 0.95),) * n_bars)
        for name, value in zip(NAMES, values, strict=True)
    ]
    svg = bars_svg(rows, "四行", 0.95, ("绍兴", "台州")[:n_bars] if n_bars > 1 else ())
    assert overlapping(svg) == []
    assert all(left >= 0 and right <= WIDTH for left, _, right, _, _ in boxes(svg))
    drawn = "".join(text for *_, text in boxes(svg))
    assert "".join(NAMES).replace(" ", "") in drawn.replace(" ", "") or all(
        set(name) <= set(drawn) for name in NAMES
    )


def marks():
    return {code: CityMark("城市", 0.03 * at, f"有企业 {at}/143") for at, code in enumerate(GRID)}


def test_tiles_name_every_city_once_and_outline_the_home_city():
    svg = map_svg(marks(), "330600", None, "十一市")
    assert svg.count("有企业 ") == 11 and "不表示边界" in svg
    assert svg.count('stroke-width="3.5"') == 1
    assert overlapping(svg) == []


def test_a_map_of_ones_own_shows_its_number():
    shapes = [Shape(code, "M0 0h9v9z", 200.0, 100.0 + at) for at, code in enumerate(GRID)]
    svg = map_svg(marks(), "330600", CityMap(460.0, 300.0, shapes, "浙S(2026)1号"), "地图")
    assert "审图号：浙S(2026)1号" in svg and overlapping(svg) == []


def test_shades_rise_with_the_share():
    assert [shade(s) for s in (0.0, 0.01, 0.07, 0.15, 0.25, 0.9)] == [0, 1, 2, 3, 4, 5]


def test_the_bundled_font_knows_what_it_lacks():
    assert lacking("集成电路 Aα≥①—“”") == ""
    assert lacking("甲\U0002b4e7甲\U0002b4e7") == "\U0002b4e7"
