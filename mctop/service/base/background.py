"""Work of the service beside answering: its periodic tasks, and threads for calls that block."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mctop.api.models.cache import Grade
from mctop.api.models.exactness import Exactness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

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
    """Keeps one piece of work going."""

    name: str
    clock: Clock = time.monotonic
    _failure: TaskFailure | None = None
    _begun: float | None = None

    @property
    def failure(self) -> TaskFailure | None:
        """Why it stands still now, None while it goes on: work without an end, once it lasted as long as it paused."""
        if self._failure is not None and self._begun is not None:
            return None if self.clock() - self._begun >= self._failure.pause else self._failure
        return self._failure

    async def run(
        self,
        work: Chore,
        rest: Callable[[], float] = _no_rest,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Do the work over and over until cancelled, with `rest` seconds after each time that it ends well.

        After a failure it pauses instead; the pause grows unless the work lasted as long as the longest one.
        """
        seconds = FIRST_PAUSE
        while True:
            due = partial(_pause_after, self.clock, self.clock(), seconds)
            if await self.attempt(work, due):
                seconds = FIRST_PAUSE
                await pause(rest())
            else:
                seconds = due()
                await pause(seconds)
                seconds = min(seconds * 2, LONGEST_PAUSE)

    async def attempt(self, work: Chore, due: Callable[[], float]) -> bool:
        """Do the work once; whatever it raises is logged, and said by `failure` with the seconds until it is due."""
        self._begun = self.clock()
        try:
            await work()
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is None or task.cancelling():
                raise
            failed: BaseException = error  # nobody cancelled this task: something within it was
        except Exception as error:  # noqa: BLE001  # whatever it is, the siblings go on
            failed = error
        else:
            self._failure = None
            return True
        finally:
            self._begun = None
        seconds = due()
        logger.error("%s failed, and begins again within %g s", self.name, seconds, exc_info=failed)
        self._failure = TaskFailure(failure_words(failed), seconds)
        return False


def failure_words(error: BaseException) -> str:
    """An exception in one short printable line, of a group the first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    text = f"{type(error).__name__}: {error}".removesuffix(": ")[:LONGEST_FAILURE]
    return "".join(letter if letter.isprintable() else "·" for letter in text)


@dataclass
class Duty:
    """Work that the service does by itself: every EVERY seconds, or without an end.

    While it stands still because it failed, what is told of `of`, an operation, is old: `lack` says what is missing.
    """

    name: str
    work: Chore
    of: str
    lack: str
    endless: bool = False
    supervisor: Supervisor = field(init=False)

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(self.name)

    async def run(self) -> None:
        """Do it until cancelled."""
        await self.supervisor.run(self.work, _no_rest if self.endless else lambda: EVERY)

    def grades(self) -> tuple[Grade, ...]:
        """The grade of what stands still with it, which is told as it was; none while it goes on."""
        failure = self.supervisor.failure
        if failure is None:
            return ()
        return (Grade(of=self.of, grade=Exactness.APPROXIMATE, note=f"{self.lack}: {failure}"),)


@asynccontextmanager
async def doing(duties: Iterable[Duty]) -> AsyncIterator[None]:
    """Do them while the block lasts; one that fails is logged, and begun again later."""
    tasks = [asyncio.create_task(duty.run()) for duty in duties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


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
