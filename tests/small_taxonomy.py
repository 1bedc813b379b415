"""The small world's taxonomy written as files, for tests that change it."""

from __future__ import annotations

from pathlib import Path

from tests.world import CITATIONS, DOMAINS, GLOSSARY, IC, RB

VERBS = """\
unstated: {strength: 0.7, reason: 没有动词。}
classes:
  - id: middle
    name: 发展
    strength: 0.8
    reason: 常规措辞。
    verbs: [发展, 培育]
"""

CODES = """\
# 只列用到的代码
id: gbt4754-2017
title: 国民经济行业分类
edition: "2017"
source: 国家统计局
codes:
  "3985": 电子专用材料制造
"""


def write_small_taxonomy(folder: Path) -> Path:
    """Write the small taxonomy as files; comments and layout as an expert would have them."""
    (folder / "chains").mkdir(parents=True)
    (folder / "crosswalks").mkdir()
    files = {
        "chains/integrated-circuits.yml": "# 集成电路链\n" + IC,
        "chains/robotics.yml": RB,
        "citations.yml": CITATIONS,
        "domains.yml": "# 重点领域\n" + DOMAINS + AI,
        "glossary.yml": GLOSSARY,
        "policy-verbs.yml": VERBS,
        "crosswalks/gbt4754-2017.yml": CODES,
        "crosswalks/strategic-emerging-2018.yml": EMERGING,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


AI = """\
  - id: artificial-intelligence
    name: 人工智能
    name_en: Artificial intelligence
    aliases: [AI, 新一代人工智能]
    status: named
    documents: [cc2024]
"""

EMERGING = """\
id: strategic-emerging-2018
title: 战略性新兴产业分类
edition: "2018"
source: 国家统计局
codes: {}
"""
