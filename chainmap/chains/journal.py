"""The journal of decisions on the taxonomy (`decisions.jsonl`): who, when, why, what."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import Field, ValidationError

from chainmap.chains.amendments import Amendment
from chainmap.concepts.proposal import DECISION_ID_PATTERN
from chainmap.concepts.provenance import Frozen
from chainmap.errors import CurationError, InputError
from chainmap.resources import JOURNAL

Action = Literal["accept", "reject", "retire", "rollback"]
_OFFICE = re.compile(
    r"[处科室局委办组院所部厅署司会队站团岗员长校社厂]$|专班|专家|中心|公司|小组|^(?:副|常务副)?主任$"
)
ACTION_ZH = {"accept": "采纳", "reject": "驳回", "retire": "停用", "rollback": "回退"}


class Decision(Frozen):
    """One line of the journal `decisions.jsonl`.

    Attributes:
        at: ISO date and time with zone.
        by: A role or an office, never a natural person.
        subject: The proposal's id, the retired segment's id, or the decision undone.
        what: What was decided, in Chinese.
        evidence: `sha256:start-end` of the passages behind it.
        inverse: The changes that undo it, in the order to be made; null for a rejection.
        created: Ids that exist since, each with its kind before it.
    """

    id: str = Field(pattern=DECISION_ID_PATTERN)
    at: str
    action: Action
    by: str
    why: str
    subject: str
    what: str
    evidence: tuple[str, ...] = Field(default=(), strict=False)
    changes: tuple[Amendment, ...] = Field(default=(), strict=False)
    inverse: tuple[Amendment, ...] = Field(default=(), strict=False)
    created: tuple[str, ...] = Field(default=(), strict=False)


class Stamp(NamedTuple):
    """Who decides, when and why; the clock is read by the caller."""

    at: str
    by: str
    why: str


def read_journal(texts: Mapping[str, str]) -> list[Decision]:
    """Return the decisions so far, oldest first.

    Raises:
        CurationError: A line is not a decision.
    """
    found = []
    for number, line in enumerate(texts.get(JOURNAL, "").splitlines(), 1):
        try:
            found.append(Decision.model_validate_json(line))
        except ValidationError as error:
            raise CurationError(
                "这一行不是有效的决定记录",
                file=f"taxonomy/{JOURNAL}",
                line=number,
                todo="该文件由命令追加，不要手改；从版本库恢复。",
            ) from error
    return found


def standing(journal: Sequence[Decision]) -> dict[str, Decision]:
    """Return what is decided on each proposal or segment and not rolled back, by its id."""
    undone = {d.subject for d in journal if d.action == "rollback"}
    return {d.subject: d for d in journal if d.action != "rollback" and d.id not in undone}


def refuse_person(by: str) -> None:
    """Raise where a name reads as a natural person's; the journal travels with the taxonomy.

    Raises:
        InputError: It is empty, a contact, or looks like a personal name.
    """
    name = by.strip()
    if not name or "@" in name or re.search(r"\d{7,}|先生|女士|同志", name):
        raise InputError(
            "署名应为岗位或处室名称，不写人名和联系方式。", todo="例如 产业处、集成电路专班。"
        )
    if re.fullmatch(r"[一-鿿·]{2,4}", name) and not _OFFICE.search(name):
        raise InputError(
            f"“{by}”像是人名；记录中只写岗位或处室。", todo="例如 产业处、集成电路专班。"
        )


def decision(action: Action, stamp: Stamp, about: tuple[str, str], **more: object) -> Decision:
    """Return a decision; its id is a hash of what is decided, on what, when and after how many.

    Args:
        action: What is done.
        stamp: Who decides, when and why.
        about: The subject's id, and the decision in words.
        more: `serial`, the number of decisions before it, and the remaining fields.
    """
    subject, what = about
    key = json.dumps([action, stamp.at, subject, more.pop("serial")], ensure_ascii=False)
    made = {
        "id": "d-" + hashlib.sha256(key.encode()).hexdigest()[:10],
        **{"at": stamp.at, "action": action, "by": stamp.by.strip(), "why": stamp.why.strip()},
        **{"subject": subject, "what": what, **more},
    }
    return Decision.model_validate(made)
