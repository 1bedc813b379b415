"""What a review finds: place, field, problem, and what to do."""

from __future__ import annotations

from typing import Literal

from chainmap.concepts.provenance import Frozen


class Finding(Frozen):
    """One thing a reviewer should look at."""

    severity: Literal["error", "warning"]
    rule: str
    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        mark = "错误" if self.severity == "error" else "提示"
        return f"{self.file}:{self.line} [{self.field}] {mark}（{self.rule}）：{self.message}"
