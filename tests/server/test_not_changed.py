"""What has not changed is not sent again, and loses nothing by that: a list read again ends where
it ended before."""

from chainmap.server.deprecations import mark_deprecated
from tests.server.contract_paths import asked_for, things_made
from tests.server.routes import contract
from tests.server.serving import ON_ONE
from tests.server.test_deprecations import GOING


def questions(made):
    """What the examples of the operations that know a 304 ask for; lists in pages of one."""
    for path, methods in contract()["paths"].items():
        operation = methods.get("get", {})
        if "304" in operation.get("responses", {}):
            limited = any(one["name"] == "limit" for one in operation["parameters"])
            asked = asked_for(path, operation, made)
            joint = "&" if "?" in asked else "?"
            yield asked + f"{joint}limit=1" * limited


class Cache:
    """A cache as RFC 9111, 4.3.4 has it: what a 304 says takes the place of what was kept."""

    def __init__(self, served, key):
        self.served = served
        self.key = key
        self.kept = {}

    def get(self, path):
        """Body and headers, as whoever asks through the cache gets them."""
        body, headers = self.kept.get(path, (b"", {}))
        known = {"If-None-Match": headers["etag"]} if headers else {}
        answer = self.served.get(path, self.key, **known)
        assert answer.status_code == (304 if headers else 200), (path, answer.text)
        if headers:
            assert "link" not in answer.headers, path
            assert answer.headers["etag"] == headers["etag"], path  # what is asked with next
            headers.update(answer.headers)
        else:
            body, headers = answer.content, answer.headers
        self.kept[path] = body, headers
        answer.headers = headers
        return body, answer.links


@ON_ONE
def test_a_list_read_again_has_as_many_pages(served):
    key = served.key("admin")
    several = 0
    for path in questions(things_made(served, key)):
        cache, read = Cache(served, key), []
        for _ in range(2):
            pages, following = [], path
            while following and len(pages) < 3:
                body, links = cache.get(following)
                pages.append((body, links))
                following = links.get("next", {}).get("url")
            read.append(pages)
        assert read[0] == read[1], path
        several += len(read[0]) > 1
    assert several > 8


@ON_ONE
def test_what_is_to_go_loses_no_link_either(served):
    mark_deprecated(served.app, {"listChains": GOING})
    cache = Cache(served, served.key())
    first = cache.get("/v1/chains?limit=1")
    assert {"next", "describedby", "deprecation"} <= first[1].keys()
    assert cache.get("/v1/chains?limit=1") == first
