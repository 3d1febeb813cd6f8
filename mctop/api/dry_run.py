"""The request that an operation would send, and a sender that lets exactly that request through, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.errors import ApiError, NotSent

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from mctop.api.call import Sender
    from mctop.api.response import Answer


@dataclass(frozen=True, slots=True, repr=False)
class Rehearsed:
    """A request that was not sent; `body` is what would go as JSON, None for nothing, secrets in it in clear."""

    method: str
    path: str
    body: object | None = None


class _Curtain(Exception):
    """Ends a rehearsal at its first request."""

    def __init__(self, request: Rehearsed) -> None:
        super().__init__("rehearsed")
        self.request = request


class _Stage:
    """A sender that sends nothing."""

    def now(self) -> float:
        return 0.0

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        raise _Curtain(Rehearsed(method, path, body))


def rehearse(operation: Callable[[Sender], Coroutine[object, object, object]]) -> Rehearsed:
    """Carry out an operation until its first request, and return that."""
    acting = operation(_Stage())
    try:
        acting.send(None)
    except _Curtain as curtain:
        return curtain.request
    except StopIteration:
        pass
    acting.close()
    raise AssertionError("an operation that does not begin with a request")


class Once:
    """A sender that lets one change through, the one that was rehearsed, and that once.

    `sent` says that it was handed on, `status` is that of its answer, None without one.
    """

    def __init__(self, sender: Sender, rehearsed: Rehearsed) -> None:
        self._sender = sender
        self._due: Rehearsed | None = rehearsed
        self.sent = False
        self.status: int | None = None

    def now(self) -> float:
        """Epoch seconds on the server's clock."""
        return self._sender.now()

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Send the change. Raise NotSent for any other, and the second time."""
        due, self._due = self._due, None
        if query is not None or due != Rehearsed(method, path, body):
            raise NotSent(method, path, "not what was confirmed")
        self.sent = True
        try:
            answer = await self._sender.send(method, path, body=body)
        except ApiError as error:
            self.status = error.status
            raise
        self.status = answer.status
        return answer
