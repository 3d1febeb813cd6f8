"""What the service does by itself."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from mctop.service.base.background import doing

if TYPE_CHECKING:
    import pytest


async def test_chores_are_done_while_the_block_lasts_and_no_longer() -> None:
    done = asyncio.Event()

    async def chore() -> None:
        done.set()

    before = asyncio.all_tasks()
    async with doing(chore):
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

    async with doing(beside=beside):
        await asyncio.wait_for(began.wait(), 5)
        assert not ended.is_set()
    assert ended.is_set()


async def test_a_chore_that_fails_says_so_and_does_not_end_the_service(caplog: pytest.LogCaptureFixture) -> None:
    failed = asyncio.Event()

    async def chore() -> None:
        failed.set()
        raise RuntimeError("broken")

    with caplog.at_level(logging.ERROR):
        async with doing(chore):
            await asyncio.wait_for(failed.wait(), 5)
    assert "chores failed" in caplog.text
    assert "broken" in caplog.text
