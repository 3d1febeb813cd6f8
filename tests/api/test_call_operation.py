"""What both versions of the API do to carry out an operation."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from mctop.api.call import segment
from mctop.api.client import Client
from mctop.api.errors import BadAnswer
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
