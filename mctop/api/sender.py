"""What carries the requests of an operation; the transport does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.api.answer import Answer


class Sender(Protocol):
    """Sends requests to one API; may raise any ApiError."""

    def now(self) -> float:
        """Epoch seconds on the server's clock, as far as it is known."""

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Send one request and return its answer, which is 2xx. `path` is percent-encoded, `body` goes as JSON."""
