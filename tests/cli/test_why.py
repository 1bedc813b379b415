import json

from tests.cli.running import run_command


def test_why_not_tells_the_stage_and_the_smallest_change():
    code, out, _ = run_command("why-not", "绍兴", "长电科技", "--chain", "集成电路", "-f", "json")
    answer = json.loads(out)
    assert code == 0 and answer["stage"] == "below_cut"
    assert answer["changes"] and all(change["rank_after"] for change in answer["changes"])
