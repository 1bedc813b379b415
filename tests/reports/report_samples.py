"""Reports of the bundled data and a made-up one, each built once for all tests."""

import datetime as dt
from functools import cache

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, rank_targets
from chainmap.reports.document import (
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Said,
    Source,
    Table,
    cells,
)
from chainmap.reports.report import measured_report
from chainmap.reports.report_material import Material, ReportKind, Steps
from chainmap.reports.report_pictures import Bar, BarRow, bars_svg
from chainmap.sources.places import find_city


def material(city="绍兴", chain="集成电路", **more):
    world = load_world()
    return Material(
        world,
        find_city(world.cities, city),
        GapOptions(as_of=world.edition),
        Steps(find_gaps, rank_targets),
        world.library.find_chain(chain) if chain else None,
        **more,
    )


@cache
def report(kind):
    """The report of a kind on one chain of a city."""
    asked = material()
    other = material("宁波") if kind is ReportKind.COMPARISON else None
    return measured_report(kind, asked, "中巨芯", other)


def made_up(rows=3, **changes):
    """A short report with one of everything."""
    bars = [BarRow("甲", (Bar(0.4, "40%", 0.3, 0.5),)), BarRow("乙", (Bar(-0.2, "-20%"),))]
    columns = (Column("序", 10, "right", (1,)), Column("名称", 60), Column("值", 30, "centre"))
    lines = tuple(cells(n, Said(f"第{n}行 a<b & c|d", (2,)), "=1+1") for n in range(1, rows + 1))
    fields = {
        "title": "甲市报告",
        "subtitle": "名录 2026-01-02 版",
        "name": "甲市报告",
        "day": dt.date(2026, 1, 2),
        "abstract": ((Said("共三项。", (1,)), Said("无出处")),),
        "body": (
            Heading("一部分"),
            Paragraph((Said("正文<b>。", (2,)),)),
            Items(((Said("一条。", (1, 2)),),)),
            Table("表甲", columns, lines),
            Table("事实", (Column("项", 20), Column("值", 80)), (cells("名", "甲"),), head=False),
            Picture("图甲", bars_svg(bars, "甲四成", 0.5), "甲四成"),
        ),
        "annex": (Picture("宽图", bars_svg(bars, "宽", 0.5), "宽", wide=True),),
        "sources": (Source(1, "数据", "名录", "版本"), Source(2, "政策", "《规划》", "第1–2字")),
    }
    return Document(**fields | changes)
