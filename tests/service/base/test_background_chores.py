"""What the service does by itself."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from mctop.service.base.background import Duty, Supervisor, doing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def duty(work: Callable[[], Awaitable[object]], *, endless: bool = False) -> Duty:
    """A duty that what is told of alerts depends on."""
    return Duty("a chore", work, "alerts", "not judged", endless=endless)


async def test_chores_are_done_while_the_block_lasts_and_no_longer() -> None:
    done = asyncio.Event()

    async def chore() -> None:
        done.set()

    before = asyncio.all_tasks()
    async with doing((duty(chore),)):
        await asyncio.wait_for(done.wait(), 5)
    assert asyncio.all_tasks() == before


async def test_what_runs_beside_is_cancelled_at_the_end_of_the_block() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def beside() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with doing((duty(beside, endless=True),)):
        await asyncio.wait_for(began.wait(), 5)
        assert not ended.is_set()
    assert ended.is_set()


async def test_a_chore_that_fails_says_so_and_ends_neither_the_service_nor_another(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed, done = asyncio.Event(), asyncio.Event()

    async def chore() -> None:
        failed.set()
        raise RuntimeError("broken")

    async def other() -> None:
        if failed.is_set():
            done.set()

    with caplog.at_level(logging.ERROR):
        async with doing((duty(chore), duty(other))):
            await asyncio.wait_for(failed.wait(), 5)
            await asyncio.wait_for(done.wait(), 5)
    assert "chore" in caplog.text
    assert "broken" in caplog.text


class Fault(Exception):
    """What nobody foresaw."""


class Stage:
    """Work that fails so many times and then goes well, under a clock that only pauses move."""

    def __init__(self, failures: int, lasting: float = 0.0) -> None:
        self.failures, self.lasting = failures, lasting
        self.pauses: list[float] = []
        self.time = 0.0
        self.supervisor = Supervisor("the work", lambda: self.time)

    async def work(self) -> None:
        self.time += self.lasting
        if self.failures:
            self.failures -= 1
            raise ExceptionGroup("of a group", [Fault("line\x1b[31m\n")])

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds
        if len(self.pauses) == 9:
            raise asyncio.CancelledError

    async def play(self) -> None:
        with pytest.raises(asyncio.CancelledError):
            await self.supervisor.run(self.work, lambda: 5.0, self.pause)


async def test_work_that_fails_is_tried_again_later_and_later_for_a_minute_at_most() -> None:
    stage = Stage(failures=99)
    await stage.play()
    assert stage.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert str(stage.supervisor.failure) == "mctop failed (Fault: line·[31m·), and tries again within 60 s"


async def test_work_that_goes_well_again_has_no_failure_and_begins_with_short_pauses() -> None:
    stage = Stage(failures=3)
    await stage.play()
    assert stage.pauses == [1, 2, 4, 5, 5, 5, 5, 5, 5]
    assert stage.supervisor.failure is None


async def test_work_that_lasted_before_it_failed_is_tried_again_soon() -> None:
    stage = Stage(failures=99, lasting=60.0)
    await stage.play()
    assert stage.pauses == [1] * 9


async def test_a_cancellation_that_nobody_asked_for_is_a_failure_and_one_that_was_is_not() -> None:
    supervisor, failed = Supervisor("the work"), asyncio.Event()

    async def work() -> None:
        if not failed.is_set():
            failed.set()
            raise asyncio.CancelledError
        await asyncio.Event().wait()

    task = asyncio.create_task(supervisor.run(work))
    await asyncio.wait_for(failed.wait(), 5)
    await asyncio.sleep(0)
    assert supervisor.failure is not None
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_while_a_duty_stands_still_what_depends_on_it_has_a_grade_that_says_why() -> None:
    async def broken() -> None:
        raise Fault("no one thought of this")

    judging = duty(broken)
    assert judging.grades() == ()
    assert not await judging.supervisor.attempt(broken, lambda: 1.0)
    (grade,) = judging.grades()
    assert (grade.of, grade.grade) == ("alerts", "approximate")
    assert grade.note == "not judged: mctop failed (Fault: no one thought of this), and tries again within 1 s"


async def test_work_without_an_end_goes_on_again_once_it_lasts_as_long_as_it_paused() -> None:
    time, begun, again = 0.0, asyncio.Event(), asyncio.Event()

    async def work() -> None:
        if not begun.is_set():
            begun.set()
            raise Fault("at first")
        again.set()
        await asyncio.Event().wait()

    async def pause(seconds: float) -> None:
        nonlocal time
        time += seconds

    supervisor = Supervisor("the work", lambda: time)
    task = asyncio.create_task(supervisor.run(work, pause=pause))
    await again.wait()
    assert supervisor.failure is not None
    time += 0.9
    assert supervisor.failure is not None
    time += 0.1
    assert supervisor.failure is None
    task.cancel()
    await asyncio.wait([task])
