"""A draft as a file: YAML that an expert reads, completes and keeps; and its reading back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from chainmap.chains import yaml_text as yt
from chainmap.concepts.proposal import DraftFile, Proposal
from chainmap.curated import CuratedFile

_HEAD = """\
# 待审提案：由 chainmap draft 从政策原文提出，没有任何一条已进入 taxonomy/。
# 逐条核对 evidence 所指的原文，改正 entry 各字段，补上标“待填”的字段；id 一行不要改。
# 采纳：chainmap taxonomy accept 编号… --by 岗位 --why 理由
# 驳回：chainmap taxonomy reject 编号… --by 岗位 --why 理由
"""
_TO_FILL = "  # 待填"
_TO_CHECK = "  # 建议值，请核定"
_FOR_GOOD = "；采纳后不再改"


def read_draft(text: str, file: str) -> DraftFile:
    """Return a draft as its expert left it.

    Raises:
        CurationError: It is not YAML, or a field is missing, unknown or malformed.
    """
    return CuratedFile(text, file).check(DraftFile)


def draft_text(draft: DraftFile) -> str:
    """Return a new draft file's text."""
    head = f"{_HEAD}taxonomy_sha256: {yt.flow(draft.taxonomy_sha256, quoted=True)}\n"
    notes = "".join(f"  - {yt.flow(note)}\n" for note in draft.notes)
    head += f"notes:\n{notes}" if notes else "notes: []\n"
    if not draft.proposals:
        return head + "proposals: []\n"
    return head + "proposals:\n" + _proposals(draft.proposals)


def with_more(text: str, file: str, proposals: Iterable[Proposal]) -> tuple[str, int]:
    """Return an existing draft with what it lacks added at its end, and how many were added.

    What stands there stays byte for byte: an expert may have worked on it.

    Raises:
        CurationError: The existing file is not a draft.
    """
    present = {proposal.id for proposal in read_draft(text, file).proposals}
    new = [proposal for proposal in proposals if proposal.id not in present]
    if not new:
        return text, 0
    if not present:
        text = text.replace("proposals: []", "proposals:")
    return text.rstrip("\n") + "\n" + _proposals(new), len(new)


def _proposals(proposals: Sequence[Proposal]) -> str:
    return "".join(_proposal(proposal) for proposal in proposals)


def _proposal(proposal: Proposal) -> str:
    value = proposal.model_dump(mode="json")
    order = ("id", "kind", "summary", "reason", "confidence", "fill", "evidence", "entry")
    lines = []
    for key in order:
        lines += _field(key, value[key], set(proposal.fill) if key == "entry" else set(), 4)
    lines[0] = "  - " + lines[0].lstrip()
    return "\n".join(lines) + "\n"


def _field(key: str, value: JsonValue, fill: set[str], indent: int) -> list[str]:
    """Return a field's lines: mappings and lists of them in block form, the rest in one line."""
    pad = " " * indent
    if isinstance(value, dict):
        lines = [f"{pad}{key}:"]
        for name, inner in value.items():
            lines += _field(name, inner, fill, indent + 2)
        return lines
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [f"{pad}{key}:", *(f"{pad}  - {yt.flow(item, quoted=True)}" for item in value)]
    mark = ""
    if key in fill:
        mark = _TO_FILL if value in ("", [], None) else _TO_CHECK
        mark += _FOR_GOOD if key == "id" else ""
    return [f"{pad}{key}: {yt.flow(value)}{mark}"]
