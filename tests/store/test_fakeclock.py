"""The clock that the other tests stand on."""

import asyncio

from tests.store.fakeclock import FakeClock


async def test_sleepers_wake_in_order_each_at_its_own_moment() -> None:
    clock, woken = FakeClock(), []

    async def sleeper(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((seconds, clock.monotonic()))

    tasks = [asyncio.create_task(sleeper(seconds)) for seconds in (3, 1, 2)]
    await clock.advance(2.5)
    assert woken == [(1, 1001.0), (2, 1002.0)]
    await clock.advance(0.5)
    assert woken[-1] == (3, 1003.0)
    assert all(task.done() for task in tasks)


async def test_a_jump_moves_the_wall_and_not_the_monotonic_clock() -> None:
    clock = FakeClock()
    wall, monotonic = clock.wall(), clock.monotonic()
    clock.jump(60)
    assert (clock.wall() - wall, clock.monotonic() - monotonic) == (60, 0)
