"""A hundred servers: for how long the loop is held while the whole program polls and shows them."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.login import Login
from mctop.api.transport import Transport
from mctop.store.base.clock import SystemClock
from mctop.store.polling.fleet import Fleet, Watched
from mctop.store.polling.session import Session
from mctop.store.store import Store
from mctop.ui.app.app import Mctop
from mctop.ui.registry.options import UiOptions
from tests.benchmarks.registry import Figure, benchmark
from tests.hostile.matrix.cell import waited_for_processor

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextlib import AbstractAsyncContextManager

SERVERS = 100
SERVICE = f"""
import sys, time
from functools import partial
from mctop.service.http.faults import Fault, with_servers
from mctop.service.simulation.simulation import Simulation
from tests.contract.server import running_service
with running_service(Simulation(seed=1, scenario="steady", started=time.time())) as service:
    service.faults.set("*", Fault(rewrites=(partial(with_servers, {SERVERS}),)))
    print(service.url, service.username, service.password, flush=True)
    sys.stdin.read()
"""
BEGINNING, EACH = 10.0, 12.0
"""Seconds until the first answers of everything are in, and then in each view: two turns of what is polled often."""
BEAT = 0.005


@benchmark("crowd")
def crowd() -> tuple[Figure, ...]:
    """The longest time for which each part of the program keeps the loop from anything else."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVICE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout is not None
        url, username, password = service.stdout.readline().split()
        transport = Transport(url, Login(username, SecretStr(password)))
        polls, screen = asyncio.run(_store_alone(transport)), asyncio.run(_program(url, username, password))
        service.communicate()
    return (
        Figure(f"the loop held by a poll of {SERVERS} servers", polls * 1000, "ms", reach=50),
        Figure(f"the same with the whole program at 160x48, {SERVERS} servers", screen * 1000, "ms"),
    )


async def _store_alone(transport: Transport) -> float:
    """The session fills a store of which everything is wanted."""
    store = Store()
    store.opened.set(True)
    for each in store.slices():
        each.value.follow(lambda _: None)
    session = Session(store, transport, None)
    return await _longest(session.run(), lambda: asyncio.sleep(BEGINNING + 2 * EACH), BEGINNING)


async def _program(url: str, username: str, password: str) -> float:
    """The program goes through its views."""

    async def connect(store: Store, turn: AbstractAsyncContextManager[None]) -> Session:
        return Session(store, Transport(url, Login(username, SecretStr(password))), None)

    clock = SystemClock()
    fleet = Fleet((Watched("cache", connect),), "cache", clock)
    app = Mctop(lambda: fleet, clock=clock, options=UiOptions())
    async with app.run_test(size=(160, 48)) as pilot:

        async def tour() -> None:
            await asyncio.sleep(BEGINNING)
            for key in "1236":
                await pilot.press(key)
                await asyncio.sleep(EACH)

        return await _longest(asyncio.sleep(3600), tour, BEGINNING)


async def _longest(
    work: Coroutine[object, object, object], watched: Callable[[], Coroutine[object, object, object]], settle: float
) -> float:
    """The longest that the loop was held, the start aside, while something is awaited beside the work.

    Time that other processes took from this one does not count.
    """
    working = asyncio.create_task(work)
    longest = [0.0]

    async def beat() -> None:
        await asyncio.sleep(settle)
        while True:
            before, waited = time.perf_counter(), waited_for_processor()
            await asyncio.sleep(BEAT)
            held = time.perf_counter() - before - BEAT - (waited_for_processor() - waited)
            longest[0] = max(longest[0], held)

    gc.freeze()  # as the program does once it has started
    beating = asyncio.create_task(beat())
    await watched()
    for task in (beating, working):
        task.cancel()
    await asyncio.gather(beating, working, return_exceptions=True)
    return longest[0]
