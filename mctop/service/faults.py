"""Faults on purpose: a middleware that makes chosen answers late, wrong, broken or missing. For tests."""

from __future__ import annotations

import asyncio
import fnmatch
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mctop.service.faultbodies import Json

    Rewrite = Callable[[Json], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with an answer; the default is nothing.

    `latency` seconds pass before the request is looked at. `black_hole` never looks at it. Whatever else goes wrong,
    the request was carried out, as when an answer is lost on its way. `status`, `retry_after` and `body` replace
    what was answered. `rewrites` change a JSON body in turn. Only `cut` (0-1) of the body is sent before the
    connection ends. `drip` is the seconds between single bytes.
    """

    latency: float = 0.0
    black_hole: bool = False
    status: int | None = None
    retry_after: str | None = None
    body: bytes | None = None
    rewrites: tuple[Rewrite, ...] = ()
    cut: float = 1.0
    drip: float | None = None


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Which answers go wrong: the first pattern (`*` is anything) that matches the path says how."""

    rules: tuple[tuple[str, Fault], ...] = ()

    def fault(self, path: str) -> Fault | None:
        """Find what goes wrong at a path."""
        return next((fault for pattern, fault in self.rules if fnmatch.fnmatchcase(path, pattern)), None)


class Faults:
    """The plan in force; a test replaces it while the service runs."""

    def __init__(self) -> None:
        self.plan = FaultPlan()

    def set(self, pattern: str, fault: Fault) -> None:
        """Let one fault be the whole plan."""
        self.plan = FaultPlan(((pattern, fault),))

    def clear(self) -> None:
        """Let everything go well."""
        self.plan = FaultPlan()


@dataclass(slots=True)
class Answer:
    """An answer of the application, held back."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def take(self, message: Message) -> None:
        """Take what the application sends."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")


class FaultMiddleware:
    """Answers with the faults of the plan in force."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app, self._faults = app, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, wrongly if the plan says so."""
        fault = self._faults.plan.fault(scope["path"]) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        await asyncio.sleep(fault.latency)
        if fault.black_hole:
            while (await receive())["type"] != "http.disconnect":
                continue
            return
        answer = Answer()
        await self._app(_uncompressed(scope), receive, answer.take)
        await _send_wrong(_wrong(answer, fault), fault, send)


def _uncompressed(scope: Scope) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}


def _wrong(answer: Answer, fault: Fault) -> Answer:
    body = answer.body if fault.body is None else fault.body
    if fault.rewrites and body:
        document: Json = json.loads(body)
        for rewrite in fault.rewrites:
            document = rewrite(document)
        body = json.dumps(document).encode()
    headers = [(name, value) for name, value in answer.headers if name != b"content-length"]
    headers.append((b"content-length", b"%d" % len(body)))
    if fault.retry_after is not None:
        headers.append((b"retry-after", fault.retry_after.encode()))
    return Answer(fault.status or answer.status, headers, body)


async def _send_wrong(answer: Answer, fault: Fault, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    body = answer.body[: int(len(answer.body) * fault.cut)]
    if fault.drip is not None:
        for byte in body:
            await send({"type": "http.response.body", "body": bytes((byte,)), "more_body": True})
            await asyncio.sleep(fault.drip)
        body = b""
    await send({"type": "http.response.body", "body": body, "more_body": fault.cut < 1.0})
