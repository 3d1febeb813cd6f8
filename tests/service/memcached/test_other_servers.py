"""Servers that speak memcached's protocol and are another program: they are watched as far as they tell."""

from __future__ import annotations

import pytest

from mctop.api.models.stats import COUNTERS
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.standing import standing

DRAGONFLY = {
    b"version": b"VERSION 1.6.15 DF\r\n",
    b"stats": (
        b"STAT pid 7\r\nSTAT uptime 31\r\nSTAT time 1700000000\r\nSTAT version 1.6.15\r\nSTAT libevent iouring\r\n"
        b"STAT pointer_size 64\r\nSTAT rusage_user 0.1\r\nSTAT rusage_system 0.2\r\nSTAT max_connections -1\r\n"
        b"STAT curr_connections 5\r\nSTAT total_connections 9\r\nSTAT rejected_connections -1\r\n"
        b"STAT bytes_read 100\r\nSTAT bytes_written 200\r\nSTAT limit_maxbytes 1024\r\nEND\r\n"
    ),
}
ARCUS = {
    b"version": b"VERSION 1.11.7\r\n",
    b"stats": b"STAT pid 7\r\nSTAT uptime 31\r\nSTAT cmd_get 4\r\nEND\r\n",
    b"stats settings": b"STAT maxbytes 64\r\nEND\r\n",
}
UNKNOWN_COMMAND = b"ERROR unknown command\r\n"


async def test_a_server_of_fifteen_lines_has_no_zeros() -> None:
    async with fake_server(DRAGONFLY, otherwise=b"ERROR\r\n") as address, standing(address, by_itself=False) as service:
        stats = await service.client.stats()
        told = {name for name in COUNTERS if getattr(stats.total, name) is not None}
        assert told == {"curr_connections", "total_connections", "bytes_read", "bytes_written", "limit_maxbytes"}
        assert (stats.servers[0].counters.pid, stats.servers[0].counters.uptime) == (7, 31)
        legacy = await service.legacy.stats()
        assert {name for name in COUNTERS if getattr(legacy.total, name) is not None} == told


async def test_of_a_fork_with_a_great_version_nothing_is_believed_that_it_does_not_prove() -> None:
    async with (
        fake_server(ARCUS, otherwise=UNKNOWN_COMMAND) as address,
        standing(address, by_itself=False) as service,
    ):
        await service.sample()
        able = service.members[0].capabilities
        assert able is not None
        assert (able.has_me, able.has_metadump) == (False, False)
        grades = await service.grades()
        assert {grades[of].grade for of in ("key_stats.in_cache", "key_stats", "prefix_stats.num_keys")} == {
            "impossible"
        }


@pytest.mark.parametrize("connections", [b"18446744073709549633", b"-1", b"many", b"1\r\nSTAT curr_connections 2"])
async def test_a_line_that_makes_no_sense_costs_its_number_alone(connections: bytes) -> None:
    lines = b"STAT pid 7\r\nSTAT uptime 31\r\nSTAT curr_connections " + connections + b"\r\nSTAT cmd_get 4\r\nEND\r\n"
    async with (
        fake_server({**ARCUS, b"stats": lines}, otherwise=UNKNOWN_COMMAND) as address,
        standing(address, by_itself=False) as service,
    ):
        total = (await service.client.stats()).total
        assert (total.curr_connections, total.cmd_get) == (None, 4)
