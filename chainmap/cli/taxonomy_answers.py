"""What `chainmap draft` and `chainmap taxonomy` do: read drafts, decide, write all or nothing."""

from __future__ import annotations

import datetime as dt
import difflib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from chainmap import resources
from chainmap.chains.decisions import Verdict, accept, preview, reject, retire, rollback
from chainmap.chains.journal import ACTION_ZH, Stamp, read_journal, standing
from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import read_taxonomy
from chainmap.cli.output import Format, emit, say, write_file
from chainmap.concepts.proposal import KIND_ZH, Proposal
from chainmap.errors import InputError, UnknownNameError, reason_of
from chainmap.extraction.draft_file import draft_text, read_draft, with_more
from chainmap.extraction.drafts import Known, draft_of
from chainmap.pipeline import extract_files
from chainmap.sources import taxonomy_files
from chainmap.sources.catalogue_folder import read_text
from chainmap.sources.register import load_positions

_SHORTEST_PREFIX = 4


class Choice(NamedTuple):
    """Which pending proposals are meant: by id, or by kind and confidence; none means all."""

    ids: tuple[str, ...]
    kind: str | None
    at_least: float


def write_draft(files: list[Path], out: Path) -> None:
    """Answer `chainmap draft`: write or extend a draft file, and the diff beside it.

    Raises:
        InputError: The folder lies inside the taxonomy, or cannot be written.
    """
    if out.resolve().is_relative_to(resources.path("taxonomy").resolve()):
        raise InputError(f"草案不能写在 {out} 里。", todo="用 --out 指定 taxonomy/ 以外的文件夹。")
    texts = _texts()
    library = ChainLibrary(read_taxonomy(texts))
    known = Known(
        library=library,
        taxonomy_sha256=resources.content_hash("taxonomy"),
        decided=standing(read_journal(texts)).keys(),
        positions=(*load_positions(), *library.positions),
    )
    draft = draft_of(extract_files(files), known)
    for note in draft.notes:
        say(f"注意：{note}")
    if not draft.proposals:
        say("没有新的提案：文件中的内容分类里都已有，或已决定过。")
        return
    more = f"+{len(files) - 1}" if len(files) > 1 else ""
    file = out / f"{files[0].stem}{more}.yml"
    _write_draft(file, draft_text(draft), draft.proposals)
    diff = _diff_text(texts, read_draft(read_text(file), str(file)).proposals)
    write_file(file.with_suffix(".diff"), lambda path: path.write_text(diff, encoding="utf-8"))
    counts = {zh: sum(p.kind == kind for p in draft.proposals) for kind, zh in KIND_ZH.items()}
    say("提案：" + "、".join(f"{zh} {n} 条" for zh, n in counts.items() if n))
    say(f"差异见 {file.with_suffix('.diff')}；决定用 chainmap taxonomy accept 或 reject。")


def show_diff(drafts: Path, choice: Choice) -> None:
    """Answer `chainmap taxonomy diff`."""
    texts = _texts()
    chosen = _chosen(drafts, choice, texts)
    sys.stdout.write(_diff_text(texts, chosen))
    if not chosen:
        say("没有待决的提案。")


def decide(
    action: Literal["accept", "reject"], drafts: Path, choice: Choice, reason: tuple[str, str]
) -> None:
    """Answer `chainmap taxonomy accept` and `reject`.

    Raises:
        InputError: Nothing is chosen, or the decision is refused; then nothing is written.
    """
    if not choice.ids and choice.kind is None and not choice.at_least:
        raise InputError("没有指明提案。", todo="给出编号，或用 --kind、--at-least 限定范围。")
    resources.writable_taxonomy()
    texts = _texts()
    chosen = _chosen(drafts, choice, texts)
    if not chosen:
        raise InputError("没有符合条件的待决提案。", todo="运行 chainmap taxonomy diff 查看。")
    decider = accept if action == "accept" else reject
    _write(decider(texts, chosen, _stamp(reason)), texts)


def retire_segment(segment: str, successor: str, reason: tuple[str, str]) -> None:
    """Answer `chainmap taxonomy retire`."""
    texts = _texts()
    _write(retire(texts, segment, successor, _stamp(reason)), texts)


def undo(decision: str, reason: tuple[str, str]) -> None:
    """Answer `chainmap taxonomy rollback`."""
    texts = _texts()
    found = _complete(decision, [d.id for d in read_journal(texts)], "决定")
    _write(rollback(texts, found, _stamp(reason)), texts)


def show_log(fmt: Format, out: Path | None) -> None:
    """Answer `chainmap taxonomy log`, newest first."""
    journal = read_journal(_texts())
    undone = {d.subject for d in journal if d.action == "rollback"}
    rows = [
        {"编号": d.id, "时间": d.at, "岗位": d.by,
         "决定": ACTION_ZH[d.action] + ("（已回退）" if d.id in undone else ""),
         "内容": d.what, "理由": d.why}
        for d in reversed(journal)
    ]  # fmt: skip
    plain = [d.model_dump(mode="json") for d in reversed(journal)]
    emit(fmt, out, record=plain, rows=rows, title=f"分类决定记录：{len(journal)} 条")


def export_taxonomy(folder: Path) -> None:
    """Answer `chainmap taxonomy export`.

    Raises:
        InputError: The folder is there and not empty, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} 已存在且不为空。", todo="指定一个新文件夹。")
    source = resources.path("taxonomy")
    names = [f.relative_to(source) for f in sorted(source.rglob("*")) if f.is_file()]
    try:
        for name in names:
            if any(part.startswith(".") for part in name.parts):
                continue
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(resources.read_bytes("taxonomy", *name.parts))
    except OSError as error:
        raise InputError(f"无法写入 {folder}：{reason_of(error)}。") from error
    say(f"已复制到 {folder}。设下面的环境变量后，各命令改用它：")
    say(f"  {resources.OWN_TAXONOMY}={folder.resolve()}")


def _texts() -> dict[str, str]:
    if taxonomy_files.finish_replacement():
        say("上次写入被中断，已补完。")
    return taxonomy_files.taxonomy_texts()


def _write(verdict: Verdict, texts: dict[str, str]) -> None:
    taxonomy_files.replace_taxonomy(verdict.changed, texts)
    for decision in verdict.decisions:
        say(f"{decision.id} {ACTION_ZH[decision.action]}：{decision.what}")
    files = [name for name in verdict.changed if name != resources.JOURNAL]
    say(f"已写入 {'、'.join([*files, resources.JOURNAL])}（{resources.writable_taxonomy()}）。")


def _write_draft(file: Path, text: str, proposals: Sequence[Proposal]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"无法写入 {file.parent}：{reason_of(error)}。") from error
    if file.exists():
        text, added = with_more(read_text(file), str(file), proposals)
        say(f"{file} 已存在：原有内容不动，补入 {added} 条新提案。")
    write_file(file, lambda path: path.write_text(text, encoding="utf-8"))
    say(f"已写入 {file}")


def _chosen(drafts: Path, choice: Choice, texts: dict[str, str]) -> list[Proposal]:
    """Return the pending proposals that are meant, in file order; a decided one only by its id.

    Raises:
        InputError: There is no such folder, or a draft in it is not UTF-8.
    """
    if not drafts.is_dir():
        raise InputError(
            f"没有草案文件夹 {drafts}。", todo="先运行 chainmap draft 文件…，或用 --drafts 指定。"
        )
    found: dict[str, Proposal] = {}
    for file in sorted(drafts.glob("*.yml")):
        for proposal in read_draft(read_text(file), str(file)).proposals:
            found.setdefault(proposal.id, proposal)
    if choice.ids:
        meant = dict.fromkeys(_complete(given, found, "提案") for given in choice.ids)
        return [found[id_] for id_ in meant]
    decided = standing(read_journal(texts))
    return [
        proposal
        for proposal in found.values()
        if proposal.id not in decided
        and choice.kind in (None, proposal.kind)
        and proposal.confidence >= choice.at_least
    ]


def _complete(given: str, known: Iterable[str], what: str) -> str:
    """Return the one id that begins as the user wrote it.

    Raises:
        UnknownNameError: None does, or several do.
    """
    pool = list(known)
    found = [id_ for id_ in pool if id_.startswith(given) and len(given) >= _SHORTEST_PREFIX]
    if given in pool or len(found) == 1:
        return given if given in pool else found[0]
    raise UnknownNameError(what, given, tuple(found[:3]))


def _diff_text(texts: dict[str, str], proposals: Sequence[Proposal]) -> str:
    """Return proposals as a list in comments, then one unified diff per file."""
    new, blocked = preview(texts, proposals)
    lines = []
    for p in proposals:
        lines.append(f"# {p.id}  {KIND_ZH[p.kind]}  把握 {p.confidence:.2f}  {p.summary}")
        lines.append(f"#   {p.reason}")
        if p.id in blocked:
            lines.append(f"#   暂不能采纳：{blocked[p.id].removeprefix(p.id + '：')}")
    for name in sorted(new):
        old = texts.get(name, "").splitlines()
        name_in = f"taxonomy/{name}"
        lines += difflib.unified_diff(
            old, new[name].splitlines(), name_in, f"{name_in}（采纳后）", lineterm="", n=2
        )
    return "".join(line + "\n" for line in lines)


def _stamp(reason: tuple[str, str]) -> Stamp:
    now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return Stamp(now, *reason)
