import pytest

from chainmap import resources
from chainmap.server.contract import contracts

FILES = contracts()


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_what_the_code_makes(name):
    stored = (resources.root() / name).read_text(encoding="utf-8")
    assert stored == FILES[name], f"{name} is stale: run `make api`"


def test_every_operation_has_an_id_and_says_what_it_returns():
    import json

    paths = json.loads(FILES["api/openapi.json"])["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids) >= 6
    assert all(operation["description"] for operation in operations)
