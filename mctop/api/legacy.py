"""API v1: one method for each of its 9 documented operations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mctop.api.call import ask, capabilities_body, segment
from mctop.api.models.cache import Credential
from mctop.api.parsing.cache import parse_cache_id
from mctop.api.parsing.counters import parse_history, parse_stats
from mctop.api.parsing.rows import parse_one, parse_rows, parse_told
from mctop.api.response import LARGEST_DECODED

if TYPE_CHECKING:
    from mctop.api.call import Sender
    from mctop.api.models.cache import Capabilities
    from mctop.api.models.stats import HistoryRow, Stats
    from mctop.api.models.value import Rows

ROOT = "/api/v1"
"""Also before `login`, whose text leaves the version out while its example does not."""


async def login(sender: Sender) -> int:
    """Ask which cache the credential belongs to, and return its `cache_id`. NotFound means that there is none."""
    return await ask(sender, "GET", f"{ROOT}/login", parse_cache_id)


class LegacyClient:
    """The operations of API v1 on one cache. Every method may raise any ApiError.

    Where the text and the example of an operation differ, the example is sent: it names the method, the path and the
    username that the text copies wrongly.
    """

    def __init__(self, sender: Sender, cache_id: int) -> None:
        self.cache_id = cache_id
        self._sender = sender
        self._root = f"{ROOT}/{cache_id}"

    async def stats(self) -> Stats:
        """Read the counters of each server, and their sum."""
        return await ask(self._sender, "GET", f"{self._root}/stats", parse_stats)

    async def history(self) -> Rows[HistoryRow]:
        """Read the counters of each server over time, in the API's order."""
        return await ask(self._sender, "GET", f"{self._root}/history", parse_history, largest=LARGEST_DECODED)

    async def flush(self) -> None:
        """Drop every item."""
        await self._sender.send("POST", f"{self._root}/flush")

    async def credentials(self) -> Rows[Credential]:
        """List the credentials; v1 leaves their passwords out."""
        return await ask(self._sender, "GET", f"{self._root}/credentials", partial(parse_rows, Credential))

    async def create_credential(self) -> Credential:
        """Create a credential; the server chooses its username, password and capabilities."""
        return await ask(self._sender, "POST", f"{self._root}/credentials", partial(parse_one, Credential))

    async def update_credential(self, username: str, capabilities: Capabilities) -> Capabilities:
        """Set all three capabilities, and return what the server says they are now.

        The text says POST with query parameters; the example is a PATCH with a body whose value is the string
        "false". The defaults are documented as true here and as false in v2, so all three are always sent.
        """
        body = {name: "true" if may else "false" for name, may in capabilities_body(capabilities).items()}
        path = f"{self._root}/credentials/{segment(username)}"
        return await ask(self._sender, "PATCH", path, partial(parse_told, capabilities), body=body)

    async def promote_credential(self, username: str) -> None:
        """Make a credential the primary one; the text says its id, the example its username."""
        await self._sender.send("POST", f"{self._root}/credentials/primary/{segment(username)}")

    async def delete_credential(self, username: str) -> None:
        """Delete a credential.

        The text repeats promote, POST .../credentials/primary/<id>: sending that would promote. The example sends
        DELETE to the same path with the username, which can at worst do nothing.
        """
        await self._sender.send("DELETE", f"{self._root}/credentials/primary/{segment(username)}")
