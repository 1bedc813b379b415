"""`chainmap keys|audit|database|backup|restore`: running the service, from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.options import FormatOpt, OutOpt
from chainmap.cli.output import Format

keys_app = typer.Typer(
    name="keys", help="接口密钥：建立、列出、停用。", no_args_is_help=True,
    pretty_exceptions_enable=False,
)  # fmt: skip
audit_app = typer.Typer(
    name="audit",
    help="审计记录：核对、查看。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database_app = typer.Typer(
    name="database", help="业务数据库：状态、升级。", no_args_is_help=True,
    pretty_exceptions_enable=False,
)  # fmt: skip


@keys_app.command(name="create", help="建立一个密钥；密钥只显示这一次，请当场交付。")
def create_key(
    client: Annotated[str, typer.Argument(metavar="NAME", help="用户名称：单位或系统名，不写人名")],
    role: Annotated[
        str, typer.Option("--role", help="角色：viewer、analyst、editor、admin")
    ] = "viewer",
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="只给这些权限，可多次给出；缺省为角色全部")
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=0, max=36_500, help="有效天数；0 为不设期限")
    ] = 365,
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", help="允许在浏览器中使用它的网页来源，如 https://a.gov.cn"),
    ] = None,
    rate: Annotated[str | None, typer.Option("--rate", help="频率上限，如 600/minute")] = None,
) -> None:
    """Make a key and print it once."""
    from chainmap.cli import service_answers

    asked = service_answers.AskedKey(client, role, scope, days, tuple(origin or ()), rate)
    service_answers.create_key(asked)


@keys_app.command(name="list", help="列出全部密钥：用户、权限、期限、最近使用。")
def list_keys(fmt: FormatOpt = Format.TABLE, out: OutOpt = None) -> None:
    """Print or write every key."""
    from chainmap.cli import service_answers

    service_answers.list_keys(fmt, out)


@keys_app.command(name="revoke", help="停用一个密钥；各服务进程最迟 5 秒后拒绝它。")
def revoke_key(
    key: Annotated[str, typer.Argument(metavar="ID", help="密钥编号（cm_ 之后的 12 位）")],
) -> None:
    """Make a key stop working."""
    from chainmap.cli import service_answers

    service_answers.revoke_key(key)


@audit_app.command(name="verify", help="核对审计记录是否被改动；被改动时退出码为 8。")
def verify_audit(
    head: Annotated[
        str | None,
        typer.Option("--head", help="另行保存的“序号:摘要”，可发现末尾被截去或整段重写"),
    ] = None,
) -> None:
    """Check the chain of audit entries."""
    from chainmap.cli import service_answers

    raise typer.Exit(service_answers.verify_audit(head))


@audit_app.command(name="list", help="查看最近的审计记录。")
def list_audit(
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="最近多少条")] = 50,
    action: Annotated[
        str | None, typer.Option("--action", help="只看一种，如 export、key.create")
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the last audit entries."""
    from chainmap.cli import service_answers

    service_answers.list_audit(limit, action, fmt, out)


@database_app.command(name="upgrade", help="把数据库结构升级到本版本。")
def upgrade_database() -> None:
    """Bring the database's schema up to date."""
    from chainmap.cli import service_answers

    service_answers.upgrade_database()


@database_app.command(name="status", help="数据库地址与结构版本；需要升级时退出码为 8。")
def database_status() -> None:
    """Print where the database is and which schema it has."""
    from chainmap.cli import service_answers

    raise typer.Exit(service_answers.database_status())


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写入的备份文件，如 2026-11-21.zip")],
    replace: Annotated[
        bool, typer.Option("--replace", help="覆盖同名的文件；缺省不动已有的文件")
    ] = False,
) -> None:
    """Write the database and the workspace's tables into one file."""
    from chainmap.cli import backup_answers

    backup_answers.write_backup(file, replace=replace)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="chainmap backup 写成的文件")],
    replace: Annotated[
        bool, typer.Option("--replace", help="覆盖现有数据；缺省只恢复到空的工作目录")
    ] = False,
    while_serving: Annotated[
        bool,
        typer.Option("--while-serving", help="服务正在运行也恢复；备份之后写入的内容不再存在"),
    ] = False,
) -> None:
    """Put a backup back."""
    from chainmap.cli import backup_answers

    backup_answers.restore_backup(file, replace=replace, while_serving=while_serving)
