"""Write the contracts: `api/openapi.json` and the JSON Schemas of `taxonomy/schema/`.

With `--client` the contract the typed client is made from is written to stdout.
"""

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
from chainmap.server.formats import FIELDS_JSON

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


def client_contract() -> str:
    """Return the contract the typed client is made from: of answers that are whole records.

    An answer with only some `fields` of a record would be none of the client's types.
    """
    document = json.loads(resources.read_bytes("api", "openapi.json"))
    for path in document["paths"].values():
        for operation in path.values():
            content = operation["responses"].get("200", {}).get("content", {})
            if content.pop(FIELDS_JSON, None) is not None:
                kept = [one for one in operation["parameters"] if one["name"] != "fields"]
                operation["parameters"] = kept
    return _json(document)


def release_contract() -> None:
    """Keep today's contract as the one this version was released with."""
    file = resources.root() / "api" / "released" / f"openapi-{__version__}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(contracts()["api/openapi.json"], encoding="utf-8")


if __name__ == "__main__":
    if "--client" in sys.argv[1:]:
        sys.stdout.write(client_contract())
    elif "--release" in sys.argv[1:]:
        release_contract()
    else:
        write_contracts()
