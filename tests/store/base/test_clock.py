"""Waiting for the first of several."""

import asyncio

import pytest

from mctop.store.base.clock import first_of


async def test_the_others_are_cancelled_once_one_is_done() -> None:
    ended: list[str] = []

    async def forever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("forever")

    await first_of(forever(), asyncio.sleep(0))
    await asyncio.sleep(0)
    assert ended == ["forever"]


async def test_what_one_raises_is_raised() -> None:
    async def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await first_of(asyncio.Event().wait(), fails())
