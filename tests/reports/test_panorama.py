import json
from itertools import combinations
from xml.etree import ElementTree

import pytest

from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world
from chainmap.reports.panorama import panorama
from chainmap.reports.panorama_files import panorama_graphml, panorama_json, picture_png
from chainmap.reports.panorama_layout import GAP, SIZE, lay_out
from chainmap.reports.panorama_legend import PanoramaOptions
from chainmap.reports.panorama_svg import panorama_svg
from chainmap.reports.text_width import text_width
from chainmap.sources.places import find_city

WORLD = load_world()
CHAINS = sorted(WORLD.library.chains)


def made(city="绍兴", chain="quantum"):
    where, which = find_city(WORLD.cities, city), WORLD.library.chains[chain]
    gaps = find_gaps(WORLD, where, GapOptions(as_of=WORLD.edition), which)
    return panorama(WORLD, where, which, gaps)


@pytest.fixture(scope="module")
def shown():
    return {chain: made(chain=chain) for chain in CHAINS}


def test_every_segment_stands_once_with_its_numbers(shown):
    for chain, picture in shown.items():
        ids = [segment.id for segment in picture.segments]
        assert sorted(ids) == sorted(s.id for s in WORLD.library.chains[chain].segments)
        assert len(set(ids)) == len(ids)
        for segment in picture.segments:
            assert (segment.state in ("absent", "unknown")) == (segment.n_companies == 0)
            assert segment.n_nation >= segment.n_companies
            if segment.gap_kind:
                assert segment.gap_rank_low <= segment.gap_rank <= segment.gap_rank_high


def overlap(one, other):
    return (
        one.x < other.x + other.width and other.x < one.x + one.width
        and one.y < other.y + other.height and other.y < one.y + one.height
    )  # fmt: skip


def readable(layout):
    """Nothing lies over anything else, every text fits its chip, the shape is near a page's."""
    boxes = [group for stage in layout.stages for group in stage.groups]
    assert not any(overlap(*pair) for pair in combinations(layout.stages, 2))
    assert not any(overlap(*pair) for pair in combinations(boxes, 2))
    for stage in layout.stages:
        for box in stage.groups:
            assert stage.x <= box.x and box.x + box.width <= stage.x + stage.width + 0.01
            assert box.y + box.height <= stage.y + stage.height + 0.01
            assert not any(overlap(*pair) for pair in combinations(box.chips, 2))
            for chip in box.chips:
                assert box.x < chip.x and chip.x + chip.width < box.x + box.width
                assert chip.y + chip.height < box.y + box.height
                widest = max(text_width(line, SIZE) for line in chip.lines)
                assert widest <= chip.width - 55 + GAP
    assert 0.9 < layout.width / layout.height < 1.9


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_boxes_and_chips_never_overlap_and_texts_fit(shown, lang):
    for picture in shown.values():
        readable(lay_out(picture, lang))


def test_two_hundred_segments_stay_readable_on_a_page(shown):
    one, two = shown["new-materials"], shown["integrated-circuits"]
    others = {stage.stage: stage.groups for stage in two.stages}
    stages = [
        stage.model_copy(update={"groups": [*stage.groups, *others.get(stage.stage, [])]})
        for stage in one.stages
    ]
    while sum(len(stage.segments) for stage in stages) > 210:
        widest = max(range(len(stages)), key=lambda at: len(stages[at].groups))
        fewer = stages[widest].groups[:-1]
        stages[widest] = stages[widest].model_copy(update={"groups": fewer})
    whole = one.model_copy(update={"stages": stages})
    assert len(whole.segments) >= 190
    layout = lay_out(whole)
    readable(layout)
    # A4 turned sideways with margins, in points: a footnote's size at least.
    assert SIZE * min(790 / layout.width, 545 / layout.height) > 4.4


def test_the_drawing_is_whole_and_the_same_each_time(shown):
    picture = shown["integrated-circuits"]
    drawn = panorama_svg(picture)
    assert drawn == panorama_svg(made(chain="integrated-circuits"))
    root = ElementTree.fromstring(drawn)
    texts = "".join(root.itertext())
    for segment in picture.segments:
        assert segment.name in texts
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in drawn and "style=" not in drawn


def test_a_focus_shows_its_links(shown):
    picture = shown["integrated-circuits"]
    inside = {segment.id for segment in picture.segments}
    focus = max(picture.segments, key=lambda s: len(inside & {*s.suppliers, *s.users}))
    drawn = panorama_svg(picture, PanoramaOptions(focus=focus.id))
    linked = inside & {*focus.suppliers, *focus.users}
    assert drawn.count('<path d="M') >= 2 * len(linked)
    assert drawn.count('opacity="0.38"') == len(inside) - len(linked) - 1
    with pytest.raises(InputError):
        panorama_svg(picture, PanoramaOptions(focus="qt-nothing"))


def test_two_cities_stand_in_one_picture(shown):
    drawn = panorama_svg(shown["quantum"], PanoramaOptions(other=made("杭州")))
    assert "绍兴市 与 杭州市" in drawn and "左格 绍兴市，右格 杭州市" in drawn
    with pytest.raises(InputError):
        panorama_svg(shown["quantum"], PanoramaOptions(other=shown["aerospace"]))


def test_files(shown):
    picture = shown["quantum"]
    png = picture_png(panorama_svg(picture), 700)
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(png[16:20], "big") == 700
    assert json.loads(panorama_json(picture))["chain_id"] == "quantum"
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    graph = ElementTree.fromstring(panorama_graphml(picture)).find("g:graph", space)
    ids = {node.get("id") for node in graph.findall("g:node", space)}
    assert ids == {segment.id for segment in picture.segments}
    links = {(e.get("source"), e.get("target")) for e in graph.findall("g:edge", space)}
    assert links and all(a in ids and b in ids for a, b in links)


def test_the_bundled_font_has_every_character_that_is_drawn(shown):
    """A character without a glyph draws a box of the same ink wherever it stands."""
    from resvg_py import svg_to_bytes  # noqa: F401

    used = set()
    for picture in shown.values():
        for lang in ("zh", "en"):
            root = ElementTree.fromstring(panorama_svg(picture, PanoramaOptions(lang=lang)))
            used |= set("".join(root.itertext()))

    def one(char):
        size = 'viewBox="0 0 20 20" width="20" height="20"'
        text = f'<text x="2" y="16" font-family="Noto Sans CJK SC" font-size="16">{char}</text>'
        return picture_png(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{text}</svg>')

    blank, missing = one(" "), one("\U000f0000")
    drawn = {char: one(char) for char in used if not char.isspace() and char not in "<&>"}
    assert [char for char, png in drawn.items() if png in (blank, missing)] == []
