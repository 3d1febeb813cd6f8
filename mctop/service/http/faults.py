"""Faults on purpose, for tests: chosen answers become late, wrong, broken or missing."""

from __future__ import annotations

import asyncio
import fnmatch
import itertools
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Rewrite = Callable[["Json"], "Json"]

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

HOSTILE = (
    "\x1b[2J\x1b[31mred",
    "\x1b]52;c;bWN0b3A=\x07clipboard",
    "\x1b]0;title\x1b\\\x9b6n\x90q\x9c",
    "[bold red]markup[/] [@click=app.quit]click[/]",
    "[/][/nothing]",
    "\u202egnp.txe\u2066\u200f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334algo",
    "line\nbreak\r\ttab\x00\x08\x7f",
    "\ud800 lone surrogate",
    "\uff37\uff49\uff44\uff45 \u3000 wide",
    "",
)
HUGE = "k" * 1_048_576
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SERVER = re.compile(r"[\w.-]+:\d{1,5}")
SHAPE = frozenset(("columns",))
"""Fields whose text is part of the format."""


def with_nulls(document: Json) -> Json:
    """Make every other value null, and every empty list; times and names of columns stay."""
    turns = itertools.cycle((False, True))

    def change(value: Json) -> Json:
        if isinstance(value, dict):
            return {name: each if name in SHAPE else change(each) for name, each in value.items()}
        if isinstance(value, list):
            return [change(each) for each in value] or None
        if isinstance(value, str) and TIME.fullmatch(value):
            return value
        return None if next(turns) else value

    return change(document)


def with_hostile_text(document: Json) -> Json:
    """Put hostile text into every text field and server's name, and one text of 1 MiB; times and columns stay."""
    return _hostile(document, itertools.chain(HOSTILE, (HUGE,), itertools.cycle(HOSTILE)))


def _hostile(value: Json, texts: Iterator[str]) -> Json:
    if isinstance(value, dict):
        return {
            (f"{name} {next(texts)}" if SERVER.fullmatch(name) else name): (
                each if name in SHAPE else _hostile(each, texts)
            )
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_hostile(each, texts) for each in value]
    if isinstance(value, str) and not TIME.fullmatch(value):
        return next(texts)
    return value


def with_servers(count: int, document: Json) -> Json:
    """Let there be `count` servers, each like the first: in the cache object, in rows, in logs, in stats by server."""
    names = [f"mc{number}.crowd.example-cache.net:11211" for number in range(1, count + 1)]
    if isinstance(document, dict) and "servers" in document:
        return {**document, "servers": list[Json](names)}
    if isinstance(document, dict) and document and all(SERVER.fullmatch(name) for name in document):
        first = next(iter(document.values()))
        return dict.fromkeys(names, first)
    if isinstance(document, list) and document and isinstance(document[0], dict) and "tags" in document[0]:
        row = document[0]
        return [{**row, "tags": {"server": name}} for name in names]
    return document


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
class BufferedAnswer:
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
        answer = BufferedAnswer()
        await self._app(_uncompressed(scope), receive, answer.take)
        await _send_wrong(_wrong(answer, fault), fault, send)


def _uncompressed(scope: Scope) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}


def _wrong(answer: BufferedAnswer, fault: Fault) -> BufferedAnswer:
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
    return BufferedAnswer(fault.status or answer.status, headers, body)


async def _send_wrong(answer: BufferedAnswer, fault: Fault, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    body = answer.body[: int(len(answer.body) * fault.cut)]
    if fault.drip is not None:
        for byte in body:
            await send({"type": "http.response.body", "body": bytes((byte,)), "more_body": True})
            await asyncio.sleep(fault.drip)
        body = b""
    await send({"type": "http.response.body", "body": body, "more_body": fault.cut < 1.0})
