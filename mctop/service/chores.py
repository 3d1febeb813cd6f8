"""What the service does by itself, beside answering."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

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
