import json

import pytest

from chainmap import resources
from chainmap.server.contract import SCHEMAS, contracts

NAMES = ["api/openapi.json", *(f"taxonomy/schema/{name}.schema.json" for name in SCHEMAS)]


@pytest.fixture(scope="module")
def files():
    return contracts()


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_what_the_code_makes(name, files):
    stored = (resources.root() / name).read_text(encoding="utf-8")
    assert stored == files[name], f"{name} is stale: run `make api`"


def test_no_other_file_is_made(files):
    assert files.keys() == set(NAMES)


def test_every_operation_has_an_id_and_says_what_it_returns(files):
    paths = json.loads(files["api/openapi.json"])["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids) >= 6
    assert all(operation["description"] for operation in operations)
