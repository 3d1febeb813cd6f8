"""What to tell a person whom the API does not let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from mctop.api.errors import Refused


class AuthenticationFailed(Exception):
    """The API does not let this credential in; the message tells a person what to do, in part in the server's words."""


def not_let_in(error: Refused) -> AuthenticationFailed:
    """Say what a refusal means when nothing has been let through before."""
    if isinstance(error, NotFound):
        advice = "no cache found for this credential; give the cache id, which is on the dashboard's Settings page"
    elif isinstance(error, Forbidden):
        advice = "this credential may not use the API; give it the API capability on the dashboard's Settings page"
    else:
        advice = "the API does not accept this username and password"
    return AuthenticationFailed(f"{advice} ({error.status}: {error.message})")
