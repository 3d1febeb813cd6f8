"""Refuses changes that a page in a browser asks for, which sends along the login that the browser remembers."""

from __future__ import annotations

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


class BrowserGuard:
    """Answers 403 to anything but GET and HEAD that comes from a page, or whose body a form could have sent.

    Browsers send Origin with every such request, and newer ones Sec-Fetch-Site, and no page can leave them out; the
    API has no pages of its own, and other clients send neither. So no Origin is allowed, not even that of this host: a
    name that was made to point here would be one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        words = None
        if scope["type"] == "http" and scope["method"] not in HARMLESS:
            words = refusal_of(Headers(scope=scope), CURLS if is_v1(scope["path"]) else JSON)
        if words is None:
            await self._app(scope, receive, send)
        else:
            await refusal_response(scope["path"], 403, words)(scope, receive, send)


def refusal_of(headers: Headers, allowed: frozenset[str]) -> str | None:
    """Say why a request with these headers may change nothing, or None; a body is of an `allowed` content type."""
    if "origin" in headers or headers.get("sec-fetch-site", "none") != "none":
        return FROM_A_PAGE
    types = {value.partition(";")[0].strip().lower() for value in headers.getlist("content-type")}
    return None if types <= allowed else NOT_JSON
