"""The API on a raw socket: the real application answers, and the fault that is switched on spoils the answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from mctop.api.models.alerts import NewDeliveryConfig
from mctop.service.account import open_account
from mctop.service.http.times import read_moment
from mctop.service.process.application import create_app
from tests.api.faultserver import FaultServer, Seen, raw
from tests.contract.documents import place
from tests.contract.server import PASSWORD, USERNAME
from tests.hostile.matrix.fault import Good, answer
from tests.hostile.matrix.faults import FAULTS
from tests.hostile.matrix.operations import ALERT, OPERATIONS, PREFIX, SPARE, UNUSED
from tests.service.fakebackend import CACHE_ID, FakeBackend

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext

    from starlette.types import ASGIApp, Message

    from tests.api.faultserver import Reply

NO_FAULT = -1
FARTHEST = 30 * 86_400.0
"""Seconds ahead of this machine's clock at which what a client takes for the present is not taken over."""
PARENT = 0.5
"""Seconds between two looks whether who started this is still there."""


class Control:
    """What both processes see, as numbers in shared memory."""

    def __init__(self, context: ForkContext) -> None:
        names = ("port", "operation", "fault", "wanted", "ready", "lies", "asked", "beats")
        self._numbers = {name: context.Value("q", 0) for name in names}
        self._numbers["fault"].value = NO_FAULT

    def get(self, name: str) -> int:
        """Read a number: `lies` were told since the last switch, `asked` is how often the operation was asked."""
        return int(self._numbers[name].value)

    def put(self, name: str, value: int) -> None:
        """Write a number."""
        self._numbers[name].value = value

    def add(self, name: str) -> None:
        """Count."""
        self._numbers[name].value += 1

    def switch(self, operation: int, fault: int) -> None:
        """Have a fault, or none, over an account that is as it was at first; it is in force once `ready` says so."""
        for name, value in (("operation", operation), ("fault", fault), ("lies", 0), ("asked", 0)):
            self.put(name, value)
        self.add("wanted")

    @property
    def in_force(self) -> bool:
        """Whether the server has taken over what was switched."""
        return self.get("ready") == self.get("wanted")


class Liar(FaultServer):
    """Serves a small cache, and spoils the answers of one operation."""

    def __init__(self, control: Control) -> None:
        super().__init__()
        self._control = control
        self._backend = FakeBackend()
        self._backend.time = time.time()
        self._app = self._fresh()
        self._prepared: Reply | None = None

    async def follow(self) -> None:
        """Take over what is switched, until who started this is gone."""
        parent, control = os.getppid(), self._control
        looked = time.monotonic()
        while time.monotonic() - looked < PARENT or os.getppid() == parent:
            if time.monotonic() - looked >= PARENT:
                looked = time.monotonic()
            if not control.in_force:
                wanted = control.get("wanted")
                await self._prepare()
                control.put("ready", wanted)
            await asyncio.sleep(0.001)

    async def reply_to(self, seen: Seen) -> Reply:
        """Answer well, or wrongly."""
        control = self._control
        self.seen.clear()
        self._note_time(seen)
        good = await self._ask(self._app, seen)
        operation = OPERATIONS[control.get("operation")]
        if place(seen.method, seen.path, CACHE_ID) != operation.place:
            return raw(answer(good))
        control.add("asked")
        fault = control.get("fault")
        if fault == NO_FAULT:
            return raw(answer(good))
        control.add("lies")
        return self._prepared or FAULTS[fault].reply(good)

    async def _prepare(self) -> None:
        """Begin anew, and make an answer that takes long to make."""
        fault, operation = self._control.get("fault"), OPERATIONS[self._control.get("operation")]
        self._app, self._prepared = self._fresh(), None
        if fault != NO_FAULT and FAULTS[fault].heavy:
            body = b"" if operation.body is None else json.dumps(operation.body).encode()
            login = b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
            sample = Seen(operation.method, operation.target(time.time()), {"authorization": f"Basic {login}"}, body)
            good = await self._ask(self._fresh(), sample)
            self._prepared = FAULTS[fault].reply(good)

    def _fresh(self) -> ASGIApp:
        """The application over a new account."""
        account = open_account(CACHE_ID, USERNAME, PASSWORD)
        password = SPARE.sasl_password
        account.credentials.add(SPARE.sasl_username, password.get_secret_value() if password else "")
        account.deliveries.add(NewDeliveryConfig(delivery_type="email", email="a@example.net"))
        account.deliveries.add(UNUSED)
        account.alerts.add(ALERT)
        account.prefixes.watch(PREFIX.name)
        self._backend.cluster = "one"
        self._backend.done.clear()
        return create_app(self._backend, account)

    def _note_time(self, seen: Seen) -> None:
        """Go by the client's time, which leaps; where it asks for none, time passes with each request."""
        query = parse_qs(seen.target.partition("?")[2])
        self._backend.time += 1.0
        with contextlib.suppress(ValueError):
            asked = read_moment(query.get("endTime", [""])[0])
            if self._backend.time < asked < time.time() + FARTHEST:
                self._backend.time = asked

    async def _ask(self, app: ASGIApp, seen: Seen) -> Good:
        """Have the application answer."""
        path, _, query = seen.target.partition("?")
        headers = [(name.encode(), value.encode("latin-1")) for name, value in seen.headers.items()]
        headers = [header for header in headers if header[0] != b"accept-encoding"]
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": seen.method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", self.port),
        }  # fmt: skip
        status, parts = 500, list[bytes]()

        async def receive() -> Message:
            return {"type": "http.request", "body": seen.body, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            parts.append(message.get("body", b""))

        await app(scope, receive, send)
        return Good(status, b"".join(parts), time.time())


def serve(control: Control) -> None:
    """Serve until who started this process is gone."""

    async def run() -> None:
        async with Liar(control) as server:
            control.put("port", server.port)
            await server.follow()

    asyncio.run(run())
