"""Refuses what a page in a browser asks for: changes, with the login that the browser remembers, and foreign names."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from mctop.service.http.operation import is_v1, refusal_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HARMLESS = frozenset(("GET", "HEAD"))
"""Methods that change nothing."""

JSON = frozenset(("application/json",))
CURLS = JSON | {"application/x-www-form-urlencoded"}
"""Content types of v1, whose documents send JSON by `curl -d`; a form cannot spell JSON in it, as it encodes braces."""

FROM_A_PAGE = "A page in a browser may not change this cache."
NOT_JSON = "The body must be JSON, with Content-Type: application/json."


FOREIGN_NAME = "This service is not called by that name; --name NAME allows it."


class BrowserGuard:
    """Answers 403 to anything but GET and HEAD that comes from a page, or whose body a form could have sent.

    Answers 421 where Host is a name that is not this machine's: a page's own name can be made to point here, and the
    page would then read what it likes. An address cannot be made to, and `names` are allowed.

    Browsers send Origin with every such request, and newer ones Sec-Fetch-Site, and no page can leave them out; the
    API has no pages of its own, and other clients send neither. So no Origin is allowed, not even that of this host: a
    name that was made to point here would be one.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str] = frozenset()) -> None:
        self._app = app
        own = {"localhost", socket.gethostname(), *names}
        self._names = {name.lower().rstrip(".") for name in own}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, status = Headers(scope=scope), 403
        words = None if self._is_ours(headers.get("host", "")) else FOREIGN_NAME
        if words is not None:
            status = 421
        elif scope["method"] not in HARMLESS:
            words = refusal_of(headers, CURLS if is_v1(scope["path"]) else JSON)
        if words is None:
            await self._app(scope, receive, send)
        else:
            await refusal_response(scope["path"], status, words)(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header has an address, or a name of this machine; one without Host comes from no browser."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        name = name.strip("[]").lower().rstrip(".")
        if not name or name in self._names:
            return True
        try:
            ip_address(name)
        except ValueError:
            return False
        return True


def refusal_of(headers: Headers, allowed: frozenset[str]) -> str | None:
    """Say why a request with these headers may change nothing, or None; a body is of an `allowed` content type."""
    if "origin" in headers or headers.get("sec-fetch-site", "none") != "none":
        return FROM_A_PAGE
    types = {value.partition(";")[0].strip().lower() for value in headers.getlist("content-type")}
    return None if types <= allowed else NOT_JSON
