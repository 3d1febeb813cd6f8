"""Each of the 32 operations goes out as the documents show it."""

from __future__ import annotations

import inspect

import pytest

from mctop.api.client import Client
from mctop.api.errors import NotSent, OutcomeUnknown
from mctop.api.transport import Transport
from tests.api.conftest import LOGIN
from tests.api.faultserver import FaultServer, as_json, then_close
from tests.api.operation_cases import CASES, ROOT, Case

OWN = {"log_after"}
"""What our own service adds to an operation."""


def test_g3_there_are_32_operations_with_one_method_each() -> None:
    methods = {name for name, _ in inspect.getmembers(Client, inspect.isfunction) if not name.startswith("_")}
    assert methods - OWN == {case[0] for case in CASES}
    assert (len(CASES), methods & OWN) == (32, OWN)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
async def test_each_operation_goes_out_as_documented(server: FaultServer, client: Client, case: Case) -> None:
    _, call, method, target, body, answer = case
    server.replies[f"{ROOT}/{target.partition('?')[0]}"] = as_json(answer)
    await call(client)
    (seen,) = server.seen
    assert (seen.method, seen.target) == (method, f"{ROOT}/{target}")
    assert (seen.json if seen.body else None) == body
    assert ("content-type" in seen.headers) == (body is not None)


CHANGES = tuple(case for case in CASES if case[2] != "GET")


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case[0])
async def test_t6_no_change_is_ever_sent_again(server: FaultServer, client: Client, case: Case) -> None:
    await client.recent_logs()
    server.replies[f"{ROOT}/{case[3]}"] = then_close(b"")
    with pytest.raises(OutcomeUnknown):
        await case[1](client)
    assert [seen.method for seen in server.seen] == ["GET", case[2]]


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case[0])
async def test_read_only_lets_no_change_open_a_socket(server: FaultServer, case: Case) -> None:
    transport = Transport(server.url, LOGIN, read_only=True)
    with pytest.raises(NotSent):
        await case[1](Client(transport, 4))
    await transport.aclose()
    assert server.connections == 0
