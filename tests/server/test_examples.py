"""`api/examples/`, run as they stand against a service with keys."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from chainmap import resources
from chainmap.concepts.gap_records import GapRecord
from chainmap.concepts.records import TargetList, TargetRecord
from chainmap.ledger.engine import ledger_url
from tests.server.embedding import Listening
from tests.server.running import free_port
from tests.server.serving import Served

EXAMPLES = resources.path("api", "examples")


@pytest.fixture(scope="module")
def service():
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        served = Served(ledger_url(None, folder), folder, job_workers=0)
        closing.callback(served.service.ledger.close)
        served.origin = closing.enter_context(Listening(served.app)).origin
        served.analyst = served.key("analyst")
        yield served


def run(service, command, folder, key=None):
    environment = os.environ | {
        "CHAINMAP_URL": service.origin,
        "CHAINMAP_KEY": key or service.analyst,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, timeout=600
    )


def first_targets(service):
    path = "/v1/cities/330600/targets?chain=集成电路&top=5"
    return service.get(path, service.analyst).json()["targets"]


def test_curl(service, tmp_path):
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    done = run(service, ["sh", str(EXAMPLES / "targets.sh")], tmp_path)
    assert done.returncode == 0, done.stderr
    names = [one["short_name"] for one in first_targets(service)]
    shown = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert [row["short_name"] for row in shown] == names
    kept = (tmp_path / "targets.csv").read_bytes().decode("utf-8-sig")
    assert [row["short_name"] for row in csv.DictReader(io.StringIO(kept))] == names
    refused = run(service, ["sh", str(EXAMPLES / "targets.sh")], tmp_path, key="cm_wrong")
    assert refused.returncode != 0


def test_python(service, tmp_path):
    command = [sys.executable, str(EXAMPLES / "targets.py")]
    done = run(service, command, tmp_path)
    assert done.returncode == 0, done.stderr
    for one in first_targets(service):
        assert f"{one['company']} → {one['segment']}" in done.stdout
    chains = service.get("/v1/chains", service.analyst).json()
    assert "、".join(chain["name"] for chain in chains) in done.stdout
    refused = run(service, command, tmp_path, key="cm_wrong")
    assert refused.returncode == 1 and "密钥无效" in refused.stderr


def test_python_reads_a_list_again_to_its_end(service, tmp_path):
    asked = "/v1/companies?q=电子&limit=100"
    script = (
        "import runpy, sys; every = runpy.run_path(sys.argv[1])['every']; "
        "print('\\n' + ' '.join(str(len(list(every(sys.argv[2])))) for _ in range(3)))"
    )
    done = run(service, [sys.executable, "-c", script, EXAMPLES / "targets.py", asked], tmp_path)
    assert done.returncode == 0, done.stderr
    several = len(service.get("/v1/companies?q=电子", service.analyst).json())
    assert several > 100 and done.stdout.splitlines()[-1] == f"{several} {several} {several}"


def test_javascript(service, tmp_path):
    if shutil.which("node") is None:
        pytest.skip("needs node")
    done = run(service, ["node", str(EXAMPLES / "targets.mjs")], tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(one["company"] in done.stdout for one in first_targets(service))
    found = service.get("/v1/companies?q=半导体", service.analyst).json()
    assert f"{len(found)} 家" in done.stdout


def test_the_hosts_own_server_mints_tokens(service, tmp_path):
    import time
    import urllib.request

    port = free_port()
    key = service.key(origins=(f"http://127.0.0.1:{port}",))
    environment = os.environ | {"CHAINMAP_URL": service.origin, "CHAINMAP_KEY": key}
    site = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-B", str(EXAMPLES / "embed_token.py"), str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                page = urllib.request.urlopen(f"{site}/").read().decode()
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)
        assert f'src="{service.origin}/embed/chainmap-embed.js"' in page
        import json

        token = json.loads(urllib.request.urlopen(f"{site}/chainmap-token").read())["token"]
    finally:
        process.kill()
        process.wait()
    assert service.get("/v1/cities/330600/gaps?top=1", token, origin=site).status_code == 200
    assert service.get("/v1/cities/330200/gaps?top=1", token).status_code == 403


def test_the_power_query_asks_for_what_there_is(service):
    """Excel cannot run here: its names and its address are held to the records."""
    text = (EXAMPLES / "excel-power-query.md").read_text("utf-8")
    code = text.split("```m")[1].split("```")[0]
    columns = re.search(r'名单,\s*\{("rank"[^}]*)\}', code)
    assert set(re.findall(r'"(\w+)"', columns[1])) <= TargetRecord.model_fields.keys()
    assert "targets" in TargetList.model_fields and "内容[targets]" in code
    cited = set(re.findall(r"\[(title|box)\] &|& \[(title|box)\]", code))
    assert cited
    renamed = re.search(r"指纹,\s*\{(.*?)\n        \}", code, re.S)
    pairs = re.findall(r'\{"(\w+)", "(\w+)"\}', renamed[1])
    assert {old for old, _ in pairs} == set(re.findall(r'"(\w+)"', columns[1]))
    for opened, closed in ("()", "[]", "{}"):
        assert code.count(opened) == code.count(closed)
    gap_columns = re.findall(r"`(\w+)`", text.split("列名取")[1].split("。")[0])
    assert set(gap_columns) <= GapRecord.model_fields.keys()
    asked = {"chain": "集成电路", "top": "50"}
    answer = service.client.get(
        "/v1/cities/330600/targets", params=asked, headers={"X-API-Key": service.analyst}
    )
    assert answer.status_code == 200 and "data_sha256" in answer.json()["basis"]
