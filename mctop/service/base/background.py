"""Work of the service beside answering: its periodic tasks, and threads for calls that block."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Clock = Callable[[], float]

    Chore = Callable[[], Awaitable[object]]

EVERY = 15.0
"""Seconds between two rounds."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before work that failed is begun again: twice as long each time, as a fault that stays must not spin."""

LONGEST_FAILURE = 120
"""Letters of an exception that are shown; the log has all of it."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TaskFailure:
    """An exception that nobody foresaw, in printable words, and the seconds after which the work is begun again."""

    words: str
    pause: float

    def __str__(self) -> str:
        return f"mctop failed ({self.words}), and tries again within {self.pause:g} s"


def _no_rest() -> float:
    return 0.0


def _pause_after(clock: Clock, begun: float, seconds: float) -> float:
    return FIRST_PAUSE if clock() - begun >= LONGEST_PAUSE else seconds


@dataclass
class Supervisor:
    """Keeps one piece of work going; `failure` is why it stands still now, None while it goes on."""

    name: str
    failure: TaskFailure | None = None

    async def run(
        self,
        work: Chore,
        rest: Callable[[], float] = _no_rest,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
        clock: Clock = time.monotonic,
    ) -> None:
        """Do the work over and over until cancelled, with `rest` seconds after each time that it ends well.

        After a failure it pauses instead; the pause grows unless the work lasted as long as the longest one.
        """
        seconds = FIRST_PAUSE
        while True:
            due = partial(_pause_after, clock, clock(), seconds)
            if await self.attempt(work, due):
                seconds = FIRST_PAUSE
                await pause(rest())
            else:
                seconds = due()
                await pause(seconds)
                seconds = min(seconds * 2, LONGEST_PAUSE)

    async def attempt(self, work: Chore, due: Callable[[], float]) -> bool:
        """Do the work once; whatever it raises is logged, and said by `failure` with the seconds until it is due."""
        try:
            await work()
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is None or task.cancelling():
                raise
            failed: BaseException = error  # nobody cancelled this task: something within it was
        except Exception as error:  # noqa: BLE001  # whatever it is, the siblings go on
            failed = error
        else:
            self.failure = None
            return True
        seconds = due()
        logger.error("%s failed, and begins again within %g s", self.name, seconds, exc_info=failed)
        self.failure = TaskFailure(failure_words(failed), seconds)
        return False


def failure_words(error: BaseException) -> str:
    """An exception in one short printable line, of a group the first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    text = f"{type(error).__name__}: {error}".removesuffix(": ")[:LONGEST_FAILURE]
    return "".join(letter if letter.isprintable() else "·" for letter in text)


@asynccontextmanager
async def doing(*chores: Chore, beside: Chore | None = None) -> AsyncIterator[None]:
    """Do the chores, each round after round, while the block lasts; one that fails is logged, and begun again later.

    `beside` runs as long by itself.
    """
    tasks = [asyncio.create_task(Supervisor(_chore_name(chore)).run(chore, lambda: EVERY)) for chore in chores]
    if beside is not None:
        tasks.append(asyncio.create_task(Supervisor("what runs beside the service").run(beside)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


def _chore_name(chore: Chore) -> str:
    return f"the service's chore {getattr(chore, '__qualname__', 'of its own')}"


Result = TypeVar("Result")


async def apart(work: Callable[[], Result]) -> Result:
    """Wait for work done in a daemon thread of its own; its exception is raised here."""
    outcome: Future[Result] = Future()
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001  # it is raised by whoever waits
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return await asyncio.wrap_future(outcome)
