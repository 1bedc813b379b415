"""Write the contracts: `api/openapi.json` and the JSON Schemas of `taxonomy/schema/`."""

from __future__ import annotations

import json
import sys

from pydantic import BaseModel

from chainmap import __version__, resources
from chainmap.chains.reader import CitationFile, CrosswalkFile, DomainFile, GlossaryFile
from chainmap.concepts.chain import Chain
from chainmap.concepts.scope import ScopeGrammar, ScopePhrases
from chainmap.concepts.wording import WordingFile
from chainmap.server.app import build_app

SCHEMAS: dict[str, type[BaseModel]] = {
    "chain": Chain,
    "domains": DomainFile,
    "glossary": GlossaryFile,
    "citations": CitationFile,
    "crosswalk": CrosswalkFile,
    "policy-verbs": WordingFile,
    "scope-phrases": ScopePhrases,
    "scope-grammar": ScopeGrammar,
}


def contracts() -> dict[str, str]:
    """Return file name (seen from the project's root) → its content, as it should be now."""
    files = {"api/openapi.json": _json(build_app().openapi())}
    for name, model in SCHEMAS.items():
        files[f"taxonomy/schema/{name}.schema.json"] = _json(model.model_json_schema())
    return files


def write_contracts() -> None:
    """Write every contract file of a checkout."""
    for name, content in contracts().items():
        file = resources.root() / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def release_contract() -> None:
    """Keep today's contract as the one this version was released with."""
    file = resources.root() / "api" / "released" / f"openapi-{__version__}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(contracts()["api/openapi.json"], encoding="utf-8")


if __name__ == "__main__":
    release_contract() if "--release" in sys.argv[1:] else write_contracts()
