"""An allocation as rows a reader sees, and what is said beside them."""

from __future__ import annotations

from chainmap.concepts.allocation_records import LOCK_STATE_ZH, Allocation, OverlapRecord
from chainmap.reports.rows import Rows

_ORIGIN_ZH = {"own": "本市首选", "substitute": "补入", "lock": "首报首谈"}


def city_rows(record: Allocation) -> Rows:
    """Return every place of every list: by city, by rank."""
    return [
        {
            "城市": city.city,
            "名次": one.rank,
            "单独排名": one.own_rank if one.own_rank is not None else "超出环节限额",
            "企业": one.company,
            "总部": one.home_city,
            "产业链": one.chain,
            "目标环节": one.segment,
            "契合度": round(one.fit, 3),
            "得分": round(one.score, 2),
            "来由": _ORIGIN_ZH[one.origin],
            "本市规划点名": "是" if one.own_plan else "否",
            "产业链参与度（最高为 1）": round(one.chain_share, 2),
            "同时推给": "、".join(one.also_pushed_to),
            "邻市同缺口": "、".join(one.neighbours),
        }
        for city in record.cities
        for one in city.targets
    ]


def screen_rows(record: Allocation) -> Rows:
    """Return the places as a screen holds them."""
    columns = ("城市", "名次", "单独排名", "企业", "总部", "目标环节", "契合度", "来由", "同时推给")
    return [{name: row[name] for name in columns} for row in city_rows(record)]


def total_rows(record: Allocation) -> Rows:
    """Return one row a city."""
    return [
        {
            "城市": city.city,
            "家数": len(city.targets),
            "其中本市首选": city.n_own,
            "补入": sum(one.origin == "substitute" for one in city.targets),
            "首报首谈": sum(one.origin == "lock" for one in city.targets),
            "让出": sum(c.city == city.city and not c.got for one in record.conflicts
                      for c in one.claims),
            "平均契合度损失": f"{city.fit_loss:.1%}",
            "平均得分下降": round(city.score_loss, 3),
        }
        for city in record.cities
    ]  # fmt: skip


def conflict_rows(record: Allocation) -> Rows:
    """Return every conflict: one row a city that yields."""
    return [
        {
            "企业": conflict.company,
            "想要的城市（单独排名）": "、".join(
                f"{one.city} {one.own_rank}" for one in conflict.claims if one.wanted
            ),
            "归": "、".join(conflict.holders) or "无",
            "让出": claim.city,
            "让出方契合度": round(claim.fit, 3),
            "为什么": claim.reason,
            "让出方补入": claim.substitute or "无",
            "补入契合度": "" if claim.substitute_fit is None else round(claim.substitute_fit, 3),
        }
        for conflict in record.conflicts
        for claim in conflict.claims
        if not claim.got
    ]


def near_rows(record: Allocation) -> Rows:
    """Return pairs of near cities that seek the same segment."""
    return [
        {
            "环节": one.segment,
            "城市": one.city,
            "家数": one.n_targets,
            "邻市": one.neighbour,
            "邻市家数": one.n_neighbour_targets,
            "相距（公里）": round(one.distance_km),
        }
        for one in record.near_gaps
    ]


def lock_rows(record: Allocation) -> Rows:
    """Return what became of every lock."""
    return [
        {
            "企业": lock.company,
            "首报城市": lock.city,
            "截止": lock.until.isoformat(),
            "结果": LOCK_STATE_ZH[lock.state],
            "说明": lock.note,
        }
        for lock in record.locks
    ]


def summary_lines(record: Allocation) -> list[str]:
    """Return an allocation in sentences, with its numbers."""
    found = record.summary
    lines = [
        f"{len(record.cities)} 市，每市 {record.top} 家，一家企业最多推给 {record.max_cities} 市；"
        f"名录 {record.edition}，规划时点 {record.as_of}。",
        f"名单重合：单独排序 {_overlap(found.before)}；错位分配后 {_overlap(found.after)}；"
        f"平均重合度下降 {found.overlap_fall:.0%}。",
        f"代价：平均契合度少 {found.fit_loss:.1%}，平均得分低 {found.score_loss:.3f}"
        "（自然对数，0.1 约等于可能性低一成）。",
        f"冲突 {found.n_conflicts} 家，让出 {found.n_yields} 家次，逐条列出。",
    ]
    if record.links:
        linked = "；".join(f"{link.city}—{link.partner}" for link in record.links)
        lines.append(f"飞地（两地合计一次，不算重合）：{linked}。")
    lines += [
        f"首报首谈 {lock.company}（{lock.city}，至 {lock.until}）：{LOCK_STATE_ZH[lock.state]}。"
        for lock in record.locks
    ]
    return [*lines, *record.notes, record.coverage]


def _overlap(found: OverlapRecord) -> str:
    return (
        f"{found.jaccard:.3f}（{found.shared:.0%} 的席位与他市相同，"
        f"一家最多在 {found.most_cities} 市，共 {found.n_companies} 家）"
    )
