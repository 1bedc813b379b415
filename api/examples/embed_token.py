"""本站服务器的“/chainmap-token”：用密钥换 15 分钟的嵌入令牌，交给自己的网页。

用法：CHAINMAP_URL=… CHAINMAP_KEY=cm_… python embed_token.py [端口]

The host's own server: serves embed.html, and mints embed tokens for it. The key stays here.
"""

import json
import os
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

URL = os.environ.get("CHAINMAP_URL", "http://127.0.0.1:8600")
KEY = os.environ["CHAINMAP_KEY"]
PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8700
ORIGIN = os.environ.get("ORIGIN", f"http://127.0.0.1:{PORT}")
PAGE = Path(__file__).with_name("embed.html").read_text("utf-8")


def token():
    """Return a new token as JSON."""
    asked = json.dumps({"origin": ORIGIN, "city": "330600"}).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{URL}/v1/embed-tokens", asked, headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


class Site(BaseHTTPRequestHandler):
    """Two addresses: the page, and its token."""

    def do_GET(self):
        """Answer."""
        given = self.path == "/chainmap-token"
        body = token() if given else PAGE.replace("http://127.0.0.1:8600", URL).encode()
        self.send_response(200)
        self.send_header(
            "Content-Type", "application/json" if given else "text/html; charset=utf-8"
        )
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", PORT), Site).serve_forever()
