"""Deployment settings: `CHAINMAP_*` variables, read once and passed down."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chainmap.errors import InputError


class Settings(BaseSettings):
    """How this installation runs; what a method does is never a setting."""

    model_config = SettingsConfigDict(env_prefix="CHAINMAP_", extra="forbid", frozen=True)

    workspace: Path = Path("chainmap-workspace")
    host: str = "127.0.0.1"
    port: int = 8600
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"


def load_settings() -> Settings:
    """Return the settings of this process's environment.

    Raises:
        InputError: A `CHAINMAP_*` variable has no usable value.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"CHAINMAP_{str(first['loc'][0]).upper()}"
        raise InputError(
            f"环境变量 {name} 的值 {first['input']!r} 不可用（{first['msg']}）。",
            todo="改正或取消它。",
        ) from error
