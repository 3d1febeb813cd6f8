"""Pauses take no time, and what takes time is waited for."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING

from tests.hostile.day.virtual_time import LeapingLoop, LeapingPolicy, VirtualTime

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    import pytest


def run(
    monkeypatch: pytest.MonkeyPatch,
    body: Callable[[VirtualTime], Coroutine[None, None, None]],
    first: Callable[[], object] = lambda: None,
) -> VirtualTime:
    """Run on a loop in virtual time."""
    virtual = VirtualTime()
    monkeypatch.setattr(time, "monotonic", virtual.monotonic)
    loop = LeapingLoop(virtual, first)
    try:
        loop.run_until_complete(body(virtual))
    finally:
        loop.close()
    return virtual


def test_a_day_passes_at_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[int] = []

    async def sleeper(hours: int) -> None:
        await asyncio.sleep(hours * 3600)
        woken.append(hours)

    async def body(virtual: VirtualTime) -> None:
        begun = virtual.monotonic()
        await asyncio.gather(*map(sleeper, (24, 1, 5, 3)))
        assert virtual.monotonic() - begun >= 24 * 3600

    virtual = run(monkeypatch, body)
    assert woken == [1, 3, 5, 24]
    assert 24 * 3600 - 60 < virtual.ahead < 24 * 3600 + 60


def test_time_does_not_leap_while_a_thread_works(monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(virtual: VirtualTime) -> None:
        before = virtual.ahead
        connected, other = socket.socketpair()
        work = asyncio.to_thread(connected.recv, 1)
        asyncio.get_running_loop().call_later(0.01, other.send, b"x")
        assert await work == b"x"
        assert virtual.ahead == before
        connected.close()
        other.close()

    run(monkeypatch, body)


def test_data_come_before_a_leap(monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(virtual: VirtualTime) -> None:
        one, two = socket.socketpair()
        for each in (one, two):
            each.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(one, b"x")
        late = loop.call_later(3600, one.close)
        assert await loop.sock_recv(two, 1) == b"x"
        assert virtual.ahead < 3600
        late.cancel()
        one.close()
        two.close()

    run(monkeypatch, body)


def test_a_policy_gives_loops_that_begin_with_what_was_said() -> None:
    begun: list[str] = []
    loop = LeapingPolicy(VirtualTime(), lambda: begun.append("first")).new_event_loop()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    assert begun == ["first"]
