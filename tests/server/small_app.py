"""The smallest application a generation can serve: it answers what a file said at its start."""

import asyncio
import os
from pathlib import Path


def make():
    """Return the application; a file that says `broken` stops it."""
    said = Path(os.environ["SMALL_APP_FILE"]).read_text("utf-8")
    if said == "broken":
        raise SystemExit(3)

    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            while True:
                event = (await receive())["type"]
                await send({"type": f"{event}.complete"})
                if event.endswith("shutdown"):
                    return
        await asyncio.sleep(0.05)
        headers = [(b"content-length", str(len(said)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": said.encode()})

    return app
