"""Identity of proposals: the same thing proposed again bears the same id."""

from __future__ import annotations

import hashlib
import json


def proposal_id(kind: str, *what: object) -> str:
    """Return a proposal's id: a hash of its kind and of what makes it this proposal.

    Evidence of a new name is no part of it, so that one found in two documents is one proposal
    and one rejected stays rejected; a citation's document is.
    """
    key = json.dumps([kind, *what], ensure_ascii=False)
    return "p-" + hashlib.sha256(key.encode()).hexdigest()[:10]
