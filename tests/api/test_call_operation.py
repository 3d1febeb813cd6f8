"""What both versions of the API do to carry out an operation."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.call import LARGEST, LONG, segment
from mctop.api.client import Client
from mctop.api.errors import BadAnswer, TooLarge
from mctop.api.response import Answer
from mctop.api.transport import Transport
from tests.api.conftest import LOGIN
from tests.api.hostile_json import JSON
from tests.api.operation_cases import CASES

if TYPE_CHECKING:
    from collections.abc import Mapping


@given(st.text(min_size=1))
def test_g10_a_segment_is_one_segment_and_comes_back(name: str) -> None:
    encoded = segment(name)
    assert encoded.isascii()
    assert not set(encoded) & set("/?#&= ")
    assert encoded not in (".", "..")
    assert unquote(encoded) == name


class Canned(Transport):
    """Answers every request with the same body."""

    body = b""

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Answer without a socket."""
        return Answer(200, self.body)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
async def test_whatever_the_body_an_operation_returns_a_value_or_raises_a_bad_answer(body: bytes) -> None:
    transport = Canned("http://127.0.0.1:1", LOGIN)
    transport.body = body
    for _, call, *_ in CASES:
        with contextlib.suppress(BadAnswer):
            await call(Client(transport, 4))


async def test_a_long_answer_is_read_and_one_that_no_real_one_reaches_is_not() -> None:
    transport = Canned("http://127.0.0.1:9", LOGIN)
    transport.body = json.dumps([{"id": number, "name": "x" * 400} for number in range(900)]).encode()
    assert len(transport.body) > LONG
    assert len((await Client(transport, 4).watched_prefixes()).items) == 900
    transport.body += b" " * LARGEST
    with pytest.raises(TooLarge, match="4 MiB"):
        await Client(transport, 4).watched_prefixes()
