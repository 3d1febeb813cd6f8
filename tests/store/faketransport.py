"""A way to the API on which a test answers."""

import json
from collections.abc import Mapping

from mctop.api.errors import ApiError
from mctop.api.response import Answer
from mctop.api.transport import Transport
from tests.store.fakeclock import FakeClock


class FakeTransport(Transport):
    """Answers by the last part of the path; notes every call as (monotonic time, path)."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__("http://127.0.0.1:9", None)
        self.clock = clock
        self.calls: list[tuple[float, str]] = []
        self.answers: dict[str, object] = {
            "login": {"cache_id": 1561},
            "stats": {"cmd_get": 1, "time": 1_700_000_000},
            "info": {"id": 1561},
        }

    def asked(self, last: str) -> list[float]:
        """When a path that ends so was asked."""
        return [time for time, path in self.calls if path.endswith("/" + last)]

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        self.calls.append((self.clock.monotonic(), path))
        answer = self.answers[path.rpartition("/")[2]]
        if isinstance(answer, ApiError):
            raise answer
        return Answer(200, json.dumps(answer).encode())
