"""A small identity provider on loopback, as honest or as dishonest as a test wants it."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

POLL_S = 0.02
"""How soon it notices that it is to stop."""

KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))
"""The provider's own, and another that calls itself the same."""


@dataclass
class Issuer:
    """What it answers; `claims` overrides what an honest one would say."""

    address: str = ""
    groups: list[str] = field(default_factory=lambda: ["招商处"])
    claims: dict = field(default_factory=dict)
    described: dict = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    signing: RSAKey | None = None
    asked: dict = field(default_factory=dict)
    verifiers: list[str] = field(default_factory=list)

    def authorise(self, url: str) -> str:
        """Return the code for an authorisation address, as if the reader had logged in."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        return "code-1"

    def description(self) -> dict:
        """Return the discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.described

    def token(self, form: dict) -> tuple[int, dict]:
        """Return the answer of the token endpoint; PKCE is checked as a real one would."""
        verifier = form.get("code_verifier", "")
        self.verifiers.append(verifier)
        digest = hashlib.sha256(verifier.encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": self.asked["client_id"], "sub": "u-4711", "iat": now,
            "exp": now + 300, "nonce": self.asked["nonce"], "groups": self.groups,
        } | self.claims  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing or self.key)
        return 200, {"access_token": "at", "token_type": "Bearer", "id_token": signed}


@contextmanager
def issuer_running():
    """Yield an `Issuer` that answers on loopback."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/jwks":
                self._answer(200, {"keys": [issuer.key.as_dict(private=False)]})
            else:
                self._answer(200, issuer.description())

        def do_POST(self):
            text = self.rfile.read(int(self.headers["content-length"])).decode()
            self._answer(*issuer.token({n: v[0] for n, v in parse_qs(text).items()}))

        def _answer(self, status, body):
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
