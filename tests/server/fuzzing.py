"""Requests nobody means: the contract's own, with some part of each spoilt."""

import json
import random
from urllib.parse import quote, unquote, urlencode

REAL = {
    "code": ["330600", "绍兴", "宁波市", "Hangzhou"],
    "chain": ["integrated-circuits", "新材料", "quantum"],
    "segment": ["ic-photoresist-duv", "紫外光刻胶"],
    "company": ["silan"],
    "snapshot": ["current"],
    "city": ["330200", "嘉兴"],
    "kind": ["build", "gaps", "product"],
    "sort": ["name", "-rank"],
    "fields": ["rank,segment", "code"],
    "peers": ["size", "province", "similar", "绍兴,宁波"],
    "as_of": ["2024-05-01", "2026-01-01"],
    "top": ["3", "20"],
    "limit": ["1", "7"],
    "q": ["士兰", "slw", "芯"],
}
"""Names and values that exist, by the parameter's name; without them everything ends at 404."""

BODIES = {
    "/v1/targets": {"city": "绍兴", "chain": "集成电路", "top": 3, "weights": {"affinity": 0.5}},
    "/v1/lists": {"name": "甲", "question": {"city": "绍兴", "top": 2}},
    "/v1/target-batches": {"name": "批", "cities": ["绍兴"], "question": {"city": "绍兴"}},
    "/v1/builds/catalogue": {"city": "绍兴", "per_chain": 1},
    "/v1/builds/presence": {},
    "/v1/embed-tokens": {"origin": "https://park.example", "minutes": 5, "city": "绍兴"},
}
"""A body that is right, by path; what is not here starts as an empty object."""

TABLE = (
    "企业名称,统一社会信用代码,注册地址,经营范围\r\n"
    "甲精密减速器有限公司,,浙江省绍兴市,电机的生产。\r\n"
)

TEXTS = [
    "", " ", "\x00", "%00", "../../etc/passwd", "..\\..\\x", "'; DROP TABLE jobs;--", "{{7*7}}",
    "<script>alert(1)</script>", "=1+1", "\u202eabc", "\ud800", "\ufeff绍兴", "ＡＢＣ", "٣٣٠٦٠٠",
    "é" * 30, "绍" * 4000, "0", "-1", "1e309", "NaN", "9" * 400, "1_000", "0x10", "²", "true",
    "null", "[]", "{}", "9999-12-31", "0000-01-01", "0001-01-01", "2026-02-29", "2026-11-21T00:00",
    "*", "?", "#", "a;b", "a\r\nX-Evil: 1", "\\", "/", "//", "._.", ",", ",,,", "-", "--name",
    "rank,rank", "\u0661", "𠮷", "🏭", "a\tb", "%", "%zz", "%ff%fe", "(", "[", "(a+)+$", "\u2028",
]  # fmt: skip
NUMBERS = [0, -1, 1, 2**31, 2**53, 2**63, 10**40, -0.0, 0.1, 1e308, 5e-324]
HEADERS = {
    "accept": ["*/*", "text/csv", "application/pdf", ";q=", "text/csv;q=nan", "a/b,c", ",,", "*",
               "application/vnd.apache.parquet", "application/json;q=0", "text/*;q=inf"],
    "if-none-match": ["*", '"x"', 'W/"x"', ",", '"' * 50],
    "content-type": ["text/plain", "application/xml", "multipart/form-data", "application/json; "
                     "charset=gbk", "", "multipart/form-data; boundary=", "a", "application/json"],
    "content-length": ["-1", "abc", "999999999999", "", "１", "0"],
    "idempotency-key": ["", "a", "绍兴", "x" * 300, "a b", "k-1"],
    "x-request-id": ["", "a b", "x" * 300, "\u00ff", "ok-1"],
    "origin": ["null", "https://evil.example", "http://127.0.0.1", "://", ""],
    "cookie": ["chainmap_session=x", "a", "chainmap_session=" + "x." * 40, "city=绍新", "=;=;"],
    "range": ["bytes=0-", "bytes=-1", "x"],
    "accept-language": ["en", "zh;q=x", "\u00ff"],
    "sec-fetch-site": ["cross-site"],
    "transfer-encoding": ["chunked"],
    "host": ["", "evil.example", "127.0.0.1:1:1", "[::1"],
    "accept-encoding": ["br;q=1", "gzip, \u00ff"],
    "x-forwarded-for": ["1.2.3.4"],
    "expect": ["100-continue"],
    "upgrade": ["websocket"],
}  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "X"]
PLACES = ["/", "/v1", "/v1/", "//v1//chains", "/docs", "/docs/problems", "/metrics", "/login",
          "/embed/x", "/static/../x", "/docs-page/%2e%2e/x", "/openapi.json", "/mcp", "/logout",
          "/embed/frame.js", "/targets", "/gaps", "/companies", "/chains", "/lists",
          "/policies"]  # fmt: skip


class Asked:
    """One request as it is handed to the application."""

    def __init__(self, method, template, path, query, headers, body):
        self.method, self.template, self.path, self.query = method, template, path, query
        self.headers, self.body = headers, body

    def __repr__(self):
        return (
            f"{self.method} {self.path!r} ?{self.query[:300]!r} {self.headers} {self.body[:300]!r}"
        )


class Spoiler:
    """Makes requests, the same for the same seed.

    Args:
        document: The OpenAPI document whose operations are asked.
        seed: Where the chances begin.
    """

    def __init__(self, document, seed):
        self.chance = random.Random(seed)
        self.operations = [
            (method.upper(), path, operation)
            for path, methods in sorted(document["paths"].items())
            for method, operation in sorted(methods.items())
        ]

    def __iter__(self):
        while True:
            yield self.request()

    def request(self):
        """One request; about a third is wholly right but for one value."""
        chance = self.chance
        method, template, operation = chance.choice(self.operations)
        spoilt = chance.random()
        path, query = self._filled(template, operation, spoilt)
        headers = {"content-type": "application/json"}
        body = b""
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            body = self._json(template, spoilt)
        elif content:
            headers["content-type"], body = self._form(spoilt)
        headers |= self._headers(spoilt)
        if spoilt > 0.95:
            method = chance.choice(METHODS)
        if spoilt > 0.98:
            path = chance.choice([*PLACES, f"/{self._bytes_of_path()}"])
            template = None
        return Asked(method, template, path, query, headers, body)

    def _text(self):
        if self.chance.random() < 0.7:
            return self.chance.choice(TEXTS)
        letters = [chr(self.chance.randrange(1, 0x3000)) for _ in range(self.chance.randrange(12))]
        return "".join(letters)

    def _bytes_of_path(self):
        return quote(bytes(self.chance.randrange(256) for _ in range(12)), safe="%/.?")

    def _value(self, name, spoilt):
        if name in REAL and self.chance.random() > spoilt:
            return self.chance.choice(REAL[name])
        return self._text()

    def _filled(self, template, operation, spoilt):
        path, query = template, []
        for parameter in operation.get("parameters", []):
            name = parameter["name"]
            if parameter["in"] == "path":
                value = self._value(name, spoilt) or "x"
                path = path.replace(f"{{{name}}}", quote(value, safe="", errors="surrogatepass"))
            elif parameter["in"] == "query" and self.chance.random() < 0.3:
                query += [(name, self._value(name, spoilt))] * self.chance.choice([1, 1, 1, 2])
        if spoilt > 0.9:
            query.append((self._text(), self._text()))
        made = urlencode(query, errors="surrogatepass").encode()
        if spoilt > 0.93:
            made += bytes(self.chance.randrange(256) for _ in range(6))
        return path, made

    def _headers(self, spoilt):
        if spoilt < 0.3:
            return {}
        names = self.chance.sample(sorted(HEADERS), self.chance.randrange(4))
        return {name: self.chance.choice(HEADERS[name]) for name in names}

    def _json(self, template, spoilt):
        right = json.loads(json.dumps(BODIES.get(template, {})))
        if spoilt > 0.9:
            return self.chance.choice([
                b"", b"{", b"null", b"[]", b'"x"', b"NaN", b"\xff\xfe{}", b"\x00" * 9, b"1" * 5000,
                b"[" * 50_000, b'{"a":' * 5000, b'{"city":"\\ud800"}', b"{} {}", b"-", b"1e999",
                b'{"city":"a","city":"b"}', bytes(self.chance.randrange(256) for _ in range(40)),
            ])  # fmt: skip
        for _ in range(self.chance.randrange(3)):
            self._spoil(right)
        return json.dumps(right).encode()

    def _spoil(self, value):
        """Change something somewhere in an object."""
        name = self.chance.choice([*value, self._text()]) if value else self._text()
        inner = value.get(name)
        if isinstance(inner, dict) and inner and self.chance.random() < 0.7:
            self._spoil(inner)
            return
        value[name] = self.chance.choice([
            None, True, [], {}, [[]], {"": {}}, self._text(), self.chance.choice(NUMBERS),
            [self._text()] * 3, float("nan"), float("inf"), self._value(name, 0.3),
        ])  # fmt: skip

    def _form(self, spoilt):
        content = self.chance.choice(
            [TABLE.encode(), TABLE.encode("gb18030"), b"", b"PK\x03\x04" + b"\x00" * 40,
             b"\xff" * 99, b"a\x00b", (TABLE * 40).encode("utf-16"), b'"' * 999,
             b"PAR1" + b"x" * 30 + b"PAR1"]
        )  # fmt: skip
        name = self.chance.choice(
            ["名单.csv", "a.xlsx", "a.zip", "a.parquet", "../x.csv", "a.exe", "b\x00.exe", ".csv"]
        )
        day = self.chance.choice(["", "2026-01-01", self._text()])
        start = "--b\r\nContent-Disposition: form-data"
        parts = [
            f'{start}; name="file"; filename="{name}"\r\n\r\n'.encode() + content,
            b'\r\n--b\r\nContent-Disposition: form-data; name="as_of"\r\n\r\n'
            + day.encode(errors="replace"),
            b"\r\n--b--\r\n",
        ]
        if spoilt > 0.7:
            self.chance.shuffle(parts)
        return "multipart/form-data; boundary=b", b"".join(parts)


def scope_of(asked, key):
    """The ASGI scope of a request, as a server that has read it off the wire makes it."""
    given = {"host": "127.0.0.1", "authorization": f"Bearer {key}"} | asked.headers
    given.setdefault("content-length", str(len(asked.body)))
    headers = [
        (name.encode(), value.encode("utf-8", errors="surrogateescape"))
        for name, value in given.items()
    ]
    return {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1",
        "method": asked.method, "scheme": "http", "path": unquote(asked.path),
        "raw_path": asked.path.encode("ascii", errors="replace"), "query_string": asked.query,
        "root_path": "", "headers": headers, "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8600), "state": {},
    }  # fmt: skip
