"""What watching a memcached costs: CPU of whoever watches and of the server, slower answers, and lost lines."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import psutil

from mctop.service.memcached.protocol.address import Access
from mctop.service.memcached.protocol.capabilities import capabilities
from mctop.service.memcached.protocol.server import MemcachedServer
from mctop.service.memcached.stream.introspection import Introspection
from mctop.service.memcached.stream.watcher import Watcher
from tests.benchmarks.memcachedload import Load, fill, result, start
from tests.benchmarks.registry import Figure, benchmark
from tests.service.memcached.realserver import PROGRAM, RealServer, real_server

RATES = (20_000, 50_000)
SECONDS = 10.0
GLANCE = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """A load, and the CPU of the watching process in percent of a core, of the server in microseconds a command.

    `lost` is the lines that are missing, in percent; `said` what mctop says is missing.
    """

    load: Load
    watching: float
    server: float
    lost: float
    said: float


def worked(process: psutil.Process) -> float:
    """Seconds of CPU that a process used."""
    used = process.cpu_times()
    return float(used.user + used.system)


async def measured(server: RealServer, rate: int, *, watched: bool) -> Run:
    """Load a server, watched or not."""
    fill(server.port)
    watcher = Watcher(server.address, Access(), lambda: capabilities("1.6.18", {}, has_mn=True, has_me=True))
    asked = MemcachedServer(server.address, Access())
    task = asyncio.create_task(watcher.run())
    while watched and not watcher.state.on:
        watcher.want()
        await asyncio.sleep(GLANCE)
    watcher.compare((await asked.stats()).counters)
    process = psutil.Process(server.process.pid)
    before, own = worked(process), time.process_time()
    done = await asyncio.to_thread(result, start(server.port, rate, SECONDS))
    after, own = worked(process), time.process_time() - own
    seen = -1
    while seen < watcher.state.lines:
        seen = watcher.state.lines
        await asyncio.sleep(5 * GLANCE)
    watcher.compare((await asked.stats()).counters)
    said = Introspection((watcher,)).sampled()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    asked.close()
    return Run(
        done,
        own / done.commands * rate * 100,
        (after - before) / done.commands * 1e6,
        (1 - seen / done.lines) * 100 if watched else 0.0,
        (1 - said) * 100 if said is not None else 0.0,
    )


async def idle(server: RealServer) -> float:
    """The CPU in percent of watching a server that does nothing."""
    watcher = Watcher(server.address, Access(), lambda: capabilities("1.6.18", {}, has_mn=True, has_me=True))
    task = asyncio.create_task(watcher.run())
    watcher.want()
    await asyncio.sleep(1)
    before = time.process_time()
    await asyncio.sleep(SECONDS)
    used = time.process_time() - before
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return used / SECONDS * 100


@benchmark("watching")
def watching() -> tuple[Figure, ...]:
    """A memcached on loopback at each rate, not watched and watched, gets, sets and all."""
    if PROGRAM is None:
        return ()
    with real_server("-B", "ascii", "-t", "2") as server:
        figures = [Figure("CPU of watching at 0 commands/s", asyncio.run(idle(server)), "%", 1)]
    for rate in RATES:
        with real_server("-B", "ascii", "-t", "2") as server:
            alone = asyncio.run(measured(server, rate, watched=False))
            seen = asyncio.run(measured(server, rate, watched=True))
        at = f"at {rate:,} commands/s"
        figures += [
            Figure(f"commands {at}, not watched", alone.load.a_second, "/s"),
            Figure(f"commands {at}, watched", seen.load.a_second, "/s"),
            Figure(f"CPU of watching {at}", seen.watching, "%"),
            Figure(f"memcached's CPU {at}, not watched", alone.server, "us/cmd"),
            Figure(f"memcached's CPU {at}, watched", seen.server, "us/cmd"),
            Figure(f"median answer to 20 {at}, not watched", alone.load.median, "us"),
            Figure(f"median answer to 20 {at}, watched", seen.load.median, "us"),
            Figure(f"99th percentile {at}, not watched", alone.load.slow, "us"),
            Figure(f"99th percentile {at}, watched", seen.load.slow, "us"),
            Figure(f"lines lost {at}", seen.lost, "%", 1),
            Figure(f"loss that is not told {at}", abs(seen.lost - seen.said), "%", 0.1),
        ]
    return tuple(figures)
