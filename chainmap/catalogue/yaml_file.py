"""A catalogue as YAML an official can edit: the same catalogue, the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from chainmap.concepts.catalogue import Catalogue
from chainmap.curated import CuratedFile

_PLAIN = re.compile(r"[A-Za-z一-鿿][A-Za-z0-9一-鿿_\-、，。；（）“”《》·]*")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_WIDE = {"items", "terms", "passages"}
"""Lists whose entries are written one field or one entry a line."""

_KEPT = 16
"""Catalogues kept in memory, by their text: some 0.4 MB each."""

_HEAD = """\
# {city}招商目录（{label}）
# 可以直接编辑：direction 引进方向、priority 优先级（high/middle/low）、wanted 目标对象、
# admission 准入条件编号、period 实施期限、note 备注。
# incentive 由录入单位自行负责，填写后条目标记“须公平竞争审查”。
# 改完运行 chainmap catalogue edit {city} 本文件，生成新的草案版本；编号（id）不改。
"""


def catalogue_yaml(catalogue: Catalogue) -> str:
    """Return the catalogue as YAML text with a head that says how to edit it."""
    plain = catalogue.model_dump(mode="json")
    lines = [_HEAD.format(city=catalogue.city, label=catalogue.label)]
    for field, value in plain.items():
        if field in _WIDE and value:
            lines += ["", f"{field}:"]
            lines += [_entry(entry, inline=field == "passages") for entry in value]
        else:
            lines.append(f"{field}: {_flow(value)}")
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=_KEPT)
def read_catalogue(text: str, file: str) -> Catalogue:
    """Return the catalogue a YAML text states; whether its hash fits is not looked at here.

    A text read lately is not read anew: a page or a command asks for the same one several times.

    Raises:
        CurationError: It is not a catalogue; names file, line and field. An item, term or passage
            stands twice, or an item names one that is not there.
    """
    curated = CuratedFile(text, file)
    catalogue = curated.check(Catalogue)
    _once(curated, catalogue)
    known = {
        "admission": {term.id for term in catalogue.terms},
        "policy": {passage.id for passage in catalogue.passages},
    }
    for at, item in enumerate(catalogue.items):
        for field, ids in known.items():
            for place, named in enumerate(getattr(item, field)):
                if named not in ids:
                    what = "准入条件" if field == "admission" else "政策出处"
                    raise curated.error(
                        ("items", at, field, place),
                        f"没有{what} {named}",
                        todo="改正编号，或先在文件中补上这一项。",
                    )
        for place, site in enumerate(item.sites):
            if site.passage not in known["policy"]:
                raise curated.error(
                    ("items", at, "sites", place, "passage"),
                    f"没有政策出处 {site.passage}",
                    todo="改正编号，或先在文件中补上这一项。",
                )
    return catalogue


def _once(curated: CuratedFile, catalogue: Catalogue) -> None:
    lists: Mapping[str, Sequence[str]] = {
        "items": [item.id for item in catalogue.items],
        "terms": [term.id for term in catalogue.terms],
        "passages": [passage.id for passage in catalogue.passages],
    }
    for field, ids in lists.items():
        for at, key in enumerate(ids):
            if key in ids[:at]:
                raise curated.error((field, at, "id"), f"{key} 写了两次", todo="删除或改正一个。")


def _entry(entry: Mapping[str, object], *, inline: bool) -> str:
    if inline:
        return f"  - {_flow(entry)}"
    fields = [f"{name}: {_field(name, value)}" for name, value in entry.items()]
    return "  - " + "\n    ".join(fields)


def _field(name: str, value: object) -> str:
    if name == "reasons" and isinstance(value, list) and value:
        return "".join(f"\n      - {_flow(reason)}" for reason in value)
    return _flow(value)


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.casefold() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
