"""Asking every server at once."""

from __future__ import annotations

import pytest

from mctop.service.memcached.protocol.server import ask_all
from mctop.service.memcached.protocol.trouble import ServerTrouble, TroubleKind

GONE = ServerTrouble(TroubleKind.CLOSED, "mc1:11211", "it closed the connection")


async def one(answer: int | Exception) -> int:
    if isinstance(answer, Exception):
        raise answer
    return answer


async def test_each_answers_or_is_in_trouble() -> None:
    assert await ask_all(one(answer) for answer in (1, GONE, 3)) == [1, GONE, 3]


async def test_what_is_no_trouble_of_a_server_is_hidden_by_none() -> None:
    with pytest.raises(ZeroDivisionError):
        await ask_all(one(answer) for answer in (1, GONE, ZeroDivisionError()))
