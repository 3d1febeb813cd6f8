"""Asking every server at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from mctop.service.memcached.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable

Answer = TypeVar("Answer")


async def ask_all(asked: Iterable[Awaitable[Answer]]) -> list[Answer | Trouble]:
    """Each one's answer or its Trouble, in their order, once all are there; raise whatever else one of them raised."""
    answers = await asyncio.gather(*asked, return_exceptions=True)
    told: list[Answer | Trouble] = []
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, Trouble):
            raise answer
        told.append(answer)
    return told
