"""Who may do what: the roles of an API key and the scopes they open."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """One kind of thing a key may do."""

    READ = "read"
    EXPORT = "export"
    COMPUTE = "compute"
    WRITE = "write"
    APPROVE = "approve"
    METRICS = "metrics"
    ADMIN = "admin"

    @property
    def zh(self) -> str:
        """What the scope opens, in words."""
        return _SCOPES_ZH[self]


class AccessRole(StrEnum):
    """What a key's holder is to the office that runs the service; each opens all before it."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def scopes(self) -> frozenset[Scope]:
        """The scopes the role opens."""
        return _OPENED[self]


_SCOPES_ZH = {
    Scope.READ: "查询",
    Scope.EXPORT: "导出文件",
    Scope.COMPUTE: "自定义权重与批量计算",
    Scope.WRITE: "保存名单、导入数据、编辑目录",
    Scope.APPROVE: "审定招商目录",
    Scope.METRICS: "读取运行指标",
    Scope.ADMIN: "读取审计记录、重新载入数据",
}
_VIEWER = frozenset({Scope.READ})
_ANALYST = _VIEWER | {Scope.EXPORT, Scope.COMPUTE}
_EDITOR = _ANALYST | {Scope.WRITE, Scope.APPROVE}
_OPENED = {
    AccessRole.VIEWER: _VIEWER,
    AccessRole.ANALYST: _ANALYST,
    AccessRole.EDITOR: _EDITOR,
    AccessRole.ADMIN: frozenset(Scope),
}
