"""Work of the service beside answering: its periodic tasks, and threads for calls that block."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Chore = Callable[[], Awaitable[None]]

EVERY = 15.0
"""Seconds between two rounds."""

logger = logging.getLogger(__name__)


@asynccontextmanager
async def doing(*chores: Chore, beside: Chore | None = None) -> AsyncIterator[None]:
    """Do the chores, round after round, while the block lasts; one that fails ends them all, and says so.

    `beside` runs as long by itself.
    """
    tasks = [asyncio.create_task(_rounds(chores))]
    if beside is not None:
        tasks.append(asyncio.ensure_future(beside()))
    for task in tasks:
        task.add_done_callback(_report)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _rounds(chores: tuple[Chore, ...]) -> None:
    while True:
        for chore in chores:
            await chore()
        await asyncio.sleep(EVERY)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (failure := task.exception()) is not None:
        logger.error("the service's own chores failed", exc_info=failure)


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
