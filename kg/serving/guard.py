"""What is refused before anything is read, and the headers that every answer has.

The server listens on loopback, where any page in a browser can reach it. A site
whose name has been made to resolve to this machine (DNS rebinding) shows itself
by the header Host; another site's script by Origin or Sec-Fetch-Site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HOSTS", "Guard"]

HOSTS = frozenset(("127.0.0.1", "localhost"))
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Middleware; `cors` is the origin that may ask from elsewhere, `*` for all, empty for none."""

    def __init__(self, app: ASGIApp, cors: str = "") -> None:
        self._app = app
        self._cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or passes on."""
        from starlette.responses import PlainTextResponse

        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode(), value.encode())
                        for name, value in _HEADERS.items()
                        if name.lower().encode() not in present
                    ),
                ]
            await send(message)

        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        host = _host(headers.get("host", ""))
        if host not in HOSTS:
            text = (
                f"this server goes by {' and '.join(sorted(HOSTS))}, not by {host or 'no name'}\n"
            )
            await PlainTextResponse(text, 421)(scope, receive, guarded)
        elif not self._cors and _foreign(headers):
            text = "pages of other sites may not ask here; kg serve --cors lets them\n"
            await PlainTextResponse(text, 403)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _foreign(headers: dict[str, str]) -> bool:
    """Whether another site's page asks by itself; a person who follows a link may."""
    origin = headers.get("origin", "")
    if origin and origin != f"http://{headers.get('host', '')}":
        return True
    site, mode = headers.get("sec-fetch-site", ""), headers.get("sec-fetch-mode", "")
    return site in ("cross-site", "same-site") and mode != "navigate"
