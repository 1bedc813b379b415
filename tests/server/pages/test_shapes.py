import json

import pytest
from fastapi.testclient import TestClient

from chainmap.errors import InputError
from chainmap.reports.city_shapes import read_map
from chainmap.server.pages import facts
from tests.server.pages.conftest import pages_app

CITIES = (("330600", "绍兴市", "绍兴"), ("330100", "杭州市", "杭州"))


def box(west, south, **properties):
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def written(tmp_path, *features):
    file = tmp_path / "map.geojson"
    content = {"type": "FeatureCollection", "features": list(features)}
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def test_shapes_are_found_by_code_or_name_and_keep_their_places(tmp_path):
    several = box(119, 30, name="杭州市")
    parts = [several["geometry"]["coordinates"], box(119.2, 29, x=1)["geometry"]["coordinates"]]
    several["geometry"] = {"type": "MultiPolygon", "coordinates": parts}
    file = written(tmp_path, box(120, 30, adcode=330600), several, box(110, 20, name="别处"))
    drawn = read_map(file, " 浙S(2026)1号 ", CITIES)
    assert drawn.approval == "浙S(2026)1号"
    shapes = {shape.code: shape for shape in drawn.shapes}
    assert set(shapes) == {"330600", "330100"}
    assert shapes["330600"].x > shapes["330100"].x and shapes["330100"].path.count("M") == 2
    assert drawn.height == pytest.approx(drawn.width * 2 / (2 * 0.866), rel=0.02)


@pytest.mark.parametrize("approval", [None, "", "  "])
def test_a_map_without_its_number_is_refused(tmp_path, approval):
    file = written(tmp_path, box(120, 30, adcode=330600), box(119, 30, name="杭州"))
    with pytest.raises(InputError, match="审图号"):
        read_map(file, approval, CITIES)


def test_a_map_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(InputError, match=r"读不到地图文件 .*没有这个文件"):
        read_map(tmp_path / "nowhere.geojson", "浙S(2026)1号", CITIES)


@pytest.mark.parametrize("content", ["", "[]", '{"features": [1]}', '{"features": [{}]}'])
def test_a_broken_map_is_refused(tmp_path, content):
    file = tmp_path / "map.geojson"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        read_map(file, "浙S(2026)1号", CITIES)


def test_a_missing_city_is_named(tmp_path):
    file = written(tmp_path, box(120, 30, adcode=330600))
    with pytest.raises(InputError, match="杭州市"):
        read_map(file, "浙S(2026)1号", CITIES)


def test_the_page_shows_the_deployers_map_with_its_number(tmp_path, monkeypatch):
    cities = facts.home_cities()
    file = written(tmp_path, *(box(118 + n, 28, adcode=c.code) for n, c in enumerate(cities)))
    monkeypatch.setenv("CHAINMAP_MAP_GEOJSON", str(file))
    monkeypatch.setenv("CHAINMAP_MAP_APPROVAL", "浙S(2026)1号")
    page = TestClient(pages_app()).get("/").text
    assert "审图号：浙S(2026)1号" in page and page.count("<path d=") == 11
    assert 'class="tiles"' not in page
