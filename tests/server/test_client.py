"""The generated client: made from today's contract, and right about the running service."""

import ast
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from contextlib import ExitStack
from pathlib import Path

import pytest

import chainmap
from chainmap import resources
from chainmap.ledger.engine import ledger_url
from chainmap.server.contract import client_contract
from chainmap.server.formats import FIELDS_JSON
from tests.server.embedding import Listening
from tests.server.serving import Served

CLIENT = resources.path("api", "client")
WHOLE = resources.path("api", "openapi.json")

PROGRAM = """
from io import BytesIO

from chainmap_client import AuthenticatedClient
from chainmap_client.api.chains import list_chains
from chainmap_client.api.cities import get_panorama, list_gaps, list_targets, rank_targets
from chainmap_client.api.cities import get_report
from chainmap_client.api.embedding import create_embed_token
from chainmap_client.api.jobs import cancel_job, get_job_rejects, import_companies
from chainmap_client.models import (
    BodyImportCompanies, ChainSummary, EmbedTokenRecord, EmbedTokenRequest, GapList, JobRecord,
    Panorama, Problem, TargetList, TargetQuestion,
)
from chainmap_client.types import File


def ask(url: str, key: str) -> list[str]:
    client = AuthenticatedClient(base_url=url, token=key, timeout=None)
    said: list[str] = []
    chains = list_chains.sync_detailed(client=client)
    assert isinstance(chains.parsed, list) and chains.headers["chainmap-snapshot"]
    first = chains.parsed[0]
    assert isinstance(first, ChainSummary)
    said.append(first.name)
    gaps = list_gaps.sync("330600", client=client, chain="集成电路", top=3)
    assert isinstance(gaps, GapList) and gaps.gaps[0].rank == 1
    said.append(gaps.gaps[0].citations[0].title)
    targets = list_targets.sync("绍兴", client=client, chain="集成电路", top=3)
    assert isinstance(targets, TargetList)
    said.extend(target.company for target in targets.targets)
    question = TargetQuestion(city="绍兴", chain="集成电路", top=3)
    asked = rank_targets.sync(client=client, body=question)
    assert isinstance(asked, TargetList)
    assert [one.company_id for one in asked.targets] == [t.company_id for t in targets.targets]
    drawn = get_panorama.sync("330600", "integrated-circuits", client=client)
    assert isinstance(drawn, Panorama) and drawn.stages[0].groups[0].segments[0].name
    wanted = EmbedTokenRequest(origin="https://park.example", city="绍兴")
    token = create_embed_token.sync(client=client, body=wanted)
    assert isinstance(token, EmbedTokenRecord) and token.city_code == "330600"
    problem = list_targets.sync("绍新", client=client)
    assert isinstance(problem, Problem) and problem.status == 404
    said.extend(problem.nearest or [])
    report = get_report.sync("330600", client=client, chain="量子信息", top=1)
    assert isinstance(report, File) and report.payload.read().startswith(b"%PDF")
    listed = BytesIO("企业名称,注册地址\\r\\n甲公司,绍兴市\\r\\n".encode())
    sent = BodyImportCompanies(file=File(payload=listed, file_name="名单.csv"))
    job = import_companies.sync(client=client, body=sent)
    assert isinstance(job, JobRecord) and job.kind == "import-companies"
    none = get_job_rejects.sync(job.id, client=client)
    assert isinstance(none, Problem) and none.status == 404
    over = [cancel_job.sync(job.id, client=client) for _ in range(2)]
    assert isinstance(over[0], JobRecord) and isinstance(over[1], Problem)
    assert over[1].status == 409
    return said
"""


@pytest.fixture(scope="module")
def copied():
    """The client and a program that uses it, away from the checkout: imports leave traces."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(CLIENT / "chainmap_client", folder / "chainmap_client")
        (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
        yield folder


def test_it_is_made_from_todays_contract():
    today = hashlib.sha256(WHOLE.read_bytes()).hexdigest()
    made_from = (CLIENT / "contract.sha256").read_text("utf-8").strip()
    assert made_from == today, "api/client is stale: run `make client`"
    project = tomllib.loads((CLIENT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == chainmap.__version__


def test_it_offers_no_parameter_its_records_break_on():
    signatures = {
        file.stem: {argument.arg for argument in one.args.kwonlyargs}
        for file in (CLIENT / "chainmap_client" / "api").rglob("*.py")
        for one in ast.parse(file.read_text("utf-8")).body
        if isinstance(one, ast.FunctionDef) and one.name == "sync"
    }
    assert {"sort", "limit", "top"} <= signatures["list_targets"]
    assert not [name for name, arguments in signatures.items() if "fields" in arguments]
    whole, said = (json.loads(text) for text in (WHOLE.read_bytes(), client_contract()))
    assert json.dumps(whole).count('"name": "fields"') > 10
    assert FIELDS_JSON not in json.dumps(said) and '"name": "fields"' not in json.dumps(said)
    assert (
        said["components"] == whole["components"] and said["paths"].keys() == whole["paths"].keys()
    )


def test_it_speaks_with_the_running_service(copied):
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        served = Served(ledger_url(None, folder), folder, job_workers=0)
        closing.callback(served.service.ledger.close)
        key = served.key("editor", origins=("https://park.example",))
        origin = closing.enter_context(Listening(served.app)).origin
        run = "import sys; from program import ask; print(*ask(*sys.argv[1:]), sep='\\n')"
        done = subprocess.run(
            [sys.executable, "-c", run, origin, key],
            cwd=copied, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said = done.stdout.splitlines()
        path = "/v1/cities/330600/targets?chain=集成电路&top=3"
        expected = [one["company"] for one in served.get(path, key).json()["targets"]]
        assert said[2:5] == expected and "绍兴市" in said


def test_its_types_hold(copied):
    mypy = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent"]
    done = subprocess.run(
        [*mypy, "--cache-dir", str(copied / ".cache"), "program.py"],
        cwd=copied, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    wrong = PROGRAM.replace("gaps.gaps[0].rank == 1", "gaps.gaps[0].no_such_field")
    (copied / "wrong.py").write_text(wrong, encoding="utf-8")
    done = subprocess.run(
        [*mypy, "--cache-dir", str(copied / ".cache"), "wrong.py"],
        cwd=copied, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 1 and "no_such_field" in done.stdout
