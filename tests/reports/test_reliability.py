from xml.etree import ElementTree

from chainmap.reports.panorama_files import picture_png
from chainmap.reports.reliability import SIDE, TOP, ReliabilityPanel, reliability_svg

SPACE = "{http://www.w3.org/2000/svg}"


def circles(svg):
    found = ElementTree.fromstring(svg).iter(f"{SPACE}circle")
    return [(float(c.get("cx")), float(c.get("cy")), c.get("fill")) for c in found]


def test_a_chance_that_came_true_as_often_stands_on_the_diagonal():
    svg = reliability_svg([ReliabilityPanel("甲", [(0.01, 0.01), (0.1, 0.1)], "注")])
    left = 84.0
    for x, y, _ in circles(svg):
        assert abs((x - left) - (TOP + SIDE - y)) < 0.2


def test_a_tenth_in_which_nothing_was_seen_is_hollow_on_the_edge():
    svg = reliability_svg([ReliabilityPanel("甲", [(0.001, 0.0), (0.1, 0.2)], "注")])
    (_, low, hollow), (_, high, full) = circles(svg)
    assert low == TOP + SIDE and high < low and hollow != full


def test_the_picture_is_the_same_on_every_run_and_a_png():
    panels = [ReliabilityPanel("甲", [(0.01, 0.02)], "注"), ReliabilityPanel("乙", [], "无")]
    assert reliability_svg(panels) == reliability_svg(panels)
    assert picture_png(reliability_svg(panels)).startswith(b"\x89PNG")
