"""Addresses of the contract's operations, with names that exist."""

from urllib.parse import quote

LIST = {"name": "甲", "question": {"city": "绍兴", "chain": "集成电路", "top": 3}}
NAMES = {"chain": ["集成电路"], "company": ["kfmi"], "q": ["电子"]}
"""For parameters without an example in the contract that are needed, or make a list longer."""


def things_made(served, key):
    """Ids of a list, snapshots, a job and an approved catalogue made here, by parameter."""
    shown = {"Authorization": f"Bearer {key}"}

    def post(path, body):
        answer = served.client.post(path, json=body, headers=shown)
        assert answer.status_code in (201, 202), answer.text
        return answer.headers["location"].rpartition("/")[2]

    kept = post("/v1/lists", LIST)
    snapshots = [post("/v1/snapshots", LIST | {"name": name}) for name in "乙丙"]
    job = post("/v1/target-batches", LIST | {"cities": ["绍兴"]})
    base = "/v1/cities/330600/catalogue"
    draft = served.get(base, key).json()["catalogue"]["version"]
    sanction = {"by": "投资促进处", "date": "2024-12-02", "in_use": draft}
    post(f"{base}/versions/{draft}/approval", sanction)
    return {
        "list_id": [kept], "snapshot": ["current", snapshots[0]], "job_id": [job],
        "from": [snapshots[0]], "to": [snapshots[1], "today"],
    }  # fmt: skip


def asked_for(path, operation, made):
    """What an example of an operation asks for.

    Args:
        path: Its path in the contract.
        operation: What the contract says of it.
        made: Of `things_made`; the last name of a parameter counts.
    """
    asked = []
    for one in operation.get("parameters", []):
        schema = one["schema"]
        examples = [*NAMES.get(one["name"], ()), *one.get("examples", ())]
        names = made.get(one["name"]) or schema.get("examples") or examples
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", quote(names[-1]))
        elif one["in"] == "query" and one.get("required"):
            asked.append(f"{one['name']}={quote(names[-1])}")
    return "?".join([path, *(["&".join(asked)] if asked else [])])
