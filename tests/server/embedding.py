"""Our service on one port, and a page that is not ours on another, with manners of its own."""

import html
import http.server
import socket
import threading
import time
from contextlib import contextmanager

UGLY = """
* { color: #f0f !important; font: 40px/0.6 cursive !important; text-transform: uppercase; }
div, table, td, th, ul, li, p, button { display: inline !important; border: 9px dotted lime; }
.root, .title, .chip, .scroll, .hidden, .status { display: none !important; }
body { letter-spacing: .5em; word-spacing: 2em; direction: ltr; text-align: right; }
chainmap-gaps { --chainmap-accent: #7a0019; --chainmap-paper: #fffbea; --chainmap-radius: 0px; }
h1 { font: 20px sans-serif !important; letter-spacing: 0; word-spacing: 0; text-align: left; }
"""
"""What a badly behaved page does to everything on it; the theming at the end is wanted."""

ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"/>'

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self' {ours}; "
    "connect-src 'self' {ours}; frame-src {ours}; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


class Listening:
    """An application listening on loopback."""

    def __init__(self, app):
        import uvicorn

        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="error", lifespan="off", ws="none")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )

    def __enter__(self):
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.server.should_exit = True
        self.thread.join(60)
        self.socket.close()


@contextmanager
def foreign_site(ours):
    """Yield a foreign site: its origin, and the pages it serves by path, to be filled."""
    pages = {"/ugly.css": ("text/css", UGLY), "/icon.svg": ("image/svg+xml", ICON)}
    policy = POLICY.format(ours=ours)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            kind, content = pages.get(self.path, ("text/plain", None))
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((content or "").encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", pages
    finally:
        server.shutdown()
        server.server_close()


def page(*parts, ours):
    """A foreign page that loads our component beside its own style sheet."""
    body = "\n".join(parts)
    return (
        "text/html",
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>园区招商</title>'
        f'<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/ugly.css">'
        f'<script type="module" src="{ours}/embed/chainmap-embed.js"></script></head>'
        f"<body><nav></nav><main><h1>某园区招商网</h1>{body}</main></body></html>",
    )


def element(kind, **attributes):
    """Our component as a page writes it."""
    said = " ".join(
        f'{name.replace("_", "-")}="{html.escape(str(value), quote=True)}"'
        for name, value in attributes.items()
    )
    return f"<chainmap-{kind} {said}></chainmap-{kind}>"
