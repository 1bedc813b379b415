"""Deployment settings: `CHAINMAP_*` variables, read once and passed down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from chainmap.errors import InputError
from chainmap.wrong_values import what_is_wrong

_SECRET = ("CHAINMAP_DATABASE_URL", "CHAINMAP_RATE_STORAGE", "CHAINMAP_SESSION_SECRET",
           "CHAINMAP_OIDC_CLIENT_SECRET")  # fmt: skip
"""Variables whose value no message repeats."""

LEAST_SECRET = 32
"""Characters of what sessions are signed with; from a shorter one they can be forged."""

_RATE = r"^[1-9]\d{0,6}/(second|minute|hour|day)$"
_SITE = r"^https?://[^/\s]+/?$"
_ADDRESS = r"^https?://\S+$"
_WRITTEN = {
    _RATE: "应写作 次数/单位，如 600/minute；单位为 second、minute、hour 或 day",
    _SITE: "应为 http 或 https 网址，不带路径，如 https://zs.example.gov.cn",
    _ADDRESS: "应为 http 或 https 网址，如 https://id.example.gov.cn/realms/office",
}
"""Pattern → how a value of it is written."""


class Settings(BaseSettings):
    """How this installation runs; what a method does is never a setting."""

    model_config = SettingsConfigDict(env_prefix="CHAINMAP_", extra="forbid", frozen=True)

    workspace: Path = Path("chainmap-workspace")
    host: str = "127.0.0.1"
    port: int = Field(default=8600, ge=0, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    database_url: SecretStr | None = None
    """Address of the operational database; none is the workspace's SQLite file."""
    rate_limit: str = Field(default="600/minute", pattern=_RATE)
    """Requests a key may send, where the key itself says nothing."""
    rate_storage: SecretStr = SecretStr("memory://")
    """Where requests are counted: in each worker's memory, or `redis://…` for all of them."""
    max_body_mb: int = Field(default=20, ge=1, le=2048)
    request_timeout_s: float = Field(default=60.0, gt=0, le=3600)
    session_secret: SecretStr | None = None
    """Signs login cookies and embed tokens; none makes a new one at every start."""
    job_workers: int = Field(default=1, ge=0, le=16)
    """Threads per server process that work off jobs."""
    job_lease_s: float = Field(default=30.0, ge=3, le=3600)
    """How long a job whose process died waits until another goes on with it."""
    input_output: Path | None = None
    """A national input–output table of direct coefficients; none takes the default weights."""
    input_output_sectors: Path | None = None
    """Its list of sectors, in the order of the table."""
    public_url: str | None = Field(default=None, pattern=_SITE)
    """Address under which readers reach the service; login through OIDC needs it."""
    oidc_issuer: str | None = Field(default=None, pattern=_ADDRESS)
    """The office's identity provider; none leaves pages to login by key."""
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_role_claim: str = "groups"
    """Claim of the identity token that holds the reader's groups or roles."""
    oidc_roles: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    """Value of that claim → viewer, analyst, editor or admin."""
    cached_answers_mb: int = Field(default=64, ge=0, le=4096)
    """Memory per server process for answers already made."""
    warm_pages: bool = True
    """Whether a server process works out ahead what readers open first."""

    map_geojson: Path | None = None
    """The deployer's own map of the cities; none shows the schematic."""
    map_approval: str | None = None
    """That map's approval number (审图号), which is printed on it; a map without one is refused."""

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Leave out what is blank: a variable set to nothing is not set."""
        return {
            name: value
            for name, value in given.items()
            if not isinstance(value, str) or value.strip()
        }

    @field_validator("session_secret")
    @classmethod
    def _not_guessed(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and len(given) < LEAST_SECRET:
            raise ValueError(
                f"应至少 {LEAST_SECRET} 个字符，现为 {len(given)} 个，"
                "登录凭据可被猜出而伪造；可用 openssl rand -base64 48 生成"
            )
        return given

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _parsed(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            return json.loads(given)
        except ValueError as error:
            raise ValueError('应为 JSON，如 {"招商处": "editor"}') from error

    @property
    def database(self) -> str | None:
        """The database's address in the clear, to connect with and never to show."""
        return None if self.database_url is None else self.database_url.get_secret_value()


def load_settings() -> Settings:
    """Return the settings of this process's environment.

    Raises:
        InputError: A `CHAINMAP_*` variable has no usable value.
    """
    try:
        return Settings()
    except ValidationError as error:
        told = "".join(_told(dict(one)) for one in error.errors())
        raise InputError(told, todo="请改正，或取消它而用缺省值。") from error


def _told(error: dict[str, Any]) -> str:
    """Return what is wrong with a variable, as a sentence that says what is expected."""
    name = f"CHAINMAP_{str(error['loc'][0]).upper()}"
    given = "" if name in _SECRET else f"的值“{str(error['input'])[:80]}”"
    return f"环境变量 {name} {given}不可用：{what_is_wrong(error, _WRITTEN)}。"
