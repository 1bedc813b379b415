"""docs/api.md says what the service does: operations, scopes, problems, tools."""

import re
from pathlib import Path

from chainmap.concepts.access import Scope
from chainmap.server.agents import TOOLS
from chainmap.server.app import build_app
from chainmap.server.problems import KINDS
from chainmap.settings import Settings
from tests.server.routes import routes_of, scopes_of

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_every_operation_is_there_with_its_scope():
    scopes = {}
    for route in routes_of(build_app()):
        if getattr(route, "operation_id", None) and route.include_in_schema:
            asked = scopes_of(route)
            wanted = [scope for scope in asked if scope is not Scope.READ] or asked
            scopes[route.operation_id] = ", ".join(sorted(set(wanted))) or "none"
    said = {}
    for line in TEXT.split("## Operations")[1].split("##")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and "`" in cells[1]:
            said |= dict.fromkeys(re.findall(r"`(\w+)`", cells[1]), cells[3])
    assert said == scopes


def test_every_problem_is_there_with_its_status():
    said = {}
    for line in TEXT.split("## Problems")[1].split("## Promises")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and cells[2].isdigit():
            said |= dict.fromkeys(re.findall(r"`([\w-]+)`", cells[1]), int(cells[2]))
    assert said == {slug: kind.status for slug, kind in KINDS.items()}


def test_every_tool_and_every_setting_is_there():
    assert all(f"`{tool.__name__}`" in TEXT for tool in TOOLS)
    deployed = (ROOT / "docs" / "deploy" / "README.md").read_text("utf-8")
    assert [n for n in Settings.model_fields if f"`CHAINMAP_{n.upper()}`" not in deployed] == []


def test_links_lead_somewhere():
    for file in ("docs/api.md", "docs/deploy/README.md", "docs/threat-model.md"):
        text = (ROOT / file).read_text("utf-8")
        links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
        assert all(((ROOT / file).parent / link).exists() for link in links), links
