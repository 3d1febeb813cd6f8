"""What a real memcached was asked, and what the history says of it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from mctop.api.models.formulas import STATS
from mctop.service.base.backend import BucketSpan
from mctop.service.memcached.history.history import MemcachedHistory
from mctop.service.memcached.protocol.address import Access
from mctop.service.memcached.protocol.server import MemcachedServer
from tests.service.memcached.history.servers import START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pymemcache.client.base import Client

    from tests.service.memcached.realserver import RealServer

DONE = {
    "set_rate": 41, "get_rate": 61, "delete_rate": 5, "incr_rate": 7, "decr_rate": 1, "touch_rate": 4, "cas_rate": 3,
    "flush_rate": 1, "request_rate": 123, "cas_badval_rate": 1, "eviction_rate": 0, "get_expired_rate": 0,
    "get_hit_rate": 41 / 61, "delete_hit_rate": 4 / 5, "incr_hit_rate": 1, "decr_hit_rate": 0, "touch_hit_rate": 1,
    "cas_hit_rate": 1 / 2, "hit_rate": (41 + 4 + 7 + 4 + 1) / (61 + 5 + 7 + 1 + 4 + 2), "set_fraction": 41 / 123,
}  # fmt: skip
"""What `work` is, if it is done in a second."""


def work(client: Client) -> None:
    for number in range(40):
        client.set(f"key:{number}", "value")
    for number in range(60):
        client.get(f"key:{number}")
    client.set("number", "1")
    for _ in range(7):
        client.incr("number", 1)
    client.decr("absent", 1)
    _, token = client.gets("key:30")
    for key in ("key:30", "key:30", "absent"):
        client.cas(key, "other", token)
    for number in range(4):
        client.touch(f"key:{number}", 100)
        client.delete(f"key:{number}")
    client.delete("absent")
    client.flush_all()


class Watched:
    """A server whose counters are taken once a second, on a clock of its own."""

    def __init__(self, server: RealServer) -> None:
        seconds: Iterator[int] = count(START)
        self.name = server.address.text
        self.history = MemcachedHistory(None, (self.name,))
        self.server = MemcachedServer(server.address, Access(), lambda: float(next(seconds)))

    async def look(self) -> None:
        self.history.sample(self.name, await self.server.stats())

    def said(self, seconds: int = 1) -> dict[str, float | None]:
        """The stats as they would be, had all been done in one second."""
        series = self.history.processed(tuple(STATS), BucketSpan(START, START + 60, 60))
        rate = {one.stat: seconds if one.stat.endswith("_rate") and "hit" not in one.stat else 1 for one in series}
        return {one.stat: None if one.values[0] is None else one.values[0] * rate[one.stat] for one in series}

    def close(self) -> None:
        self.server.close()
        self.history.close()


async def test_the_stats_are_exactly_what_was_done_through_a_reset_and_a_restart(
    memcached: RealServer, client: Client
) -> None:
    watched = Watched(memcached)
    await watched.look()
    work(client)
    await watched.look()
    assert len(watched.said()) == 36
    assert watched.said().items() >= DONE.items()
    work(client)
    await watched.server.reset()
    await watched.look()
    assert watched.said(2)["request_rate"] == pytest.approx(123), "what was reset unseen is lost, and nothing else is"
    work(client)
    await watched.look()
    assert watched.said(3)["request_rate"] == pytest.approx(2 * 123)
    client.close()
    memcached.kill()
    memcached.start()
    work(client)
    await watched.look()
    told = watched.said(4)
    assert told["request_rate"] == pytest.approx(3 * 123)
    assert told["hit_rate"] == pytest.approx(DONE["hit_rate"])
    assert told["max_bytes"] == 64 * 2**20
    watched.close()
