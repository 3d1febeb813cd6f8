"""API v1: each of the 9 operations, and what its documents contradict."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import BadAnswer, Forbidden, NotFound, ServerFault
from mctop.api.legacy import LegacyClient, login
from mctop.api.models.cache import Capabilities, Credential
from mctop.api.models.stats import Counters, HistoryRow
from tests.api.faultserver import FaultServer, as_json, plain

if TYPE_CHECKING:
    from mctop.api.transport import Transport

ROOT = "/api/v1/1561"
MAY = Capabilities(write_capability=True, flush_capability=False, api_capability=True)


def test_v1_has_9_operations_with_one_function_each() -> None:
    methods = [name for name, _ in inspect.getmembers(LegacyClient, inspect.isfunction) if not name.startswith("_")]
    assert len(methods) + len([login]) == 9


async def test_v1_login_is_the_examples_path(server: FaultServer, transport: Transport) -> None:
    server.replies["/api/v1/login"] = as_json({"cache_id": 1561})
    assert await login(transport) == 1561
    assert server.seen[0].method == "GET"


async def test_v1_login_without_a_cache_is_not_found(server: FaultServer, transport: Transport) -> None:
    server.replies["/api/v1/login"] = plain(b'"No cache found."', "404 Not Found")
    with pytest.raises(NotFound, match=r"No cache found\."):
        await login(transport)


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"cache_id": None}, {"cache_id": "x"}, {"cache_id": 0}, {"cache_id": 2**64}, 7]
)
async def test_v1_login_that_tells_no_id_is_a_bad_answer(
    server: FaultServer, transport: Transport, answer: object
) -> None:
    server.replies["/api/v1/login"] = as_json(answer)
    with pytest.raises(BadAnswer):
        await login(transport)


async def test_v1_login_may_tell_the_id_as_a_string(server: FaultServer, transport: Transport) -> None:
    server.replies["/api/v1/login"] = as_json({"cache_id": "1561"})
    assert await login(transport) == 1561


async def test_v2_update_is_the_examples_patch_with_strings_for_all_three(
    server: FaultServer, legacy: LegacyClient
) -> None:
    server.replies[f"{ROOT}/credentials/a%2Fb"] = as_json({"flush_capability": False, "write_capability": "true"})
    assert await legacy.update_credential("a/b", MAY) == Capabilities(write_capability=True)
    assert server.seen[0].method == "PATCH"
    assert server.seen[0].json == {"write_capability": "true", "flush_capability": "false", "api_capability": "true"}


async def test_v3_delete_is_the_examples_delete_and_never_a_post(server: FaultServer, legacy: LegacyClient) -> None:
    server.replies[f"{ROOT}/credentials/primary/u"] = as_json("")
    await legacy.delete_credential("u")
    assert [(seen.method, seen.path) for seen in server.seen] == [("DELETE", f"{ROOT}/credentials/primary/u")]


async def test_v4_promote_names_the_username_and_ids_may_be_null(server: FaultServer, legacy: LegacyClient) -> None:
    server.replies[f"{ROOT}/credentials/primary/u"] = as_json({"id": None, "uuid": None})
    await legacy.promote_credential("u")
    assert [(seen.method, seen.path) for seen in server.seen] == [("POST", f"{ROOT}/credentials/primary/u")]


async def test_v4_a_created_credential_may_have_no_id(server: FaultServer, legacy: LegacyClient) -> None:
    server.replies[f"{ROOT}/credentials"] = as_json({"id": None, "uuid": None, "sasl_username": "u", "cache_id": 14})
    assert await legacy.create_credential() == Credential(cache_id=14, sasl_username="u")


async def test_v5_listed_credentials_lack_passwords(server: FaultServer, legacy: LegacyClient) -> None:
    server.replies[f"{ROOT}/credentials"] = as_json([{"id": 44, "sasl_username": "u", "api_capability": True}])
    assert (await legacy.credentials()).items == (Credential(id=44, sasl_username="u", api_capability=True),)


async def test_v6_history_has_ids_and_milliseconds_as_strings(server: FaultServer, legacy: LegacyClient) -> None:
    row = {"memcachier_id": "11", "server": "a.b.c", "stats": {"time": 1490731542}, "timestamp": "1490731541096"}
    server.replies[f"{ROOT}/history"] = as_json([row, {"server": "a.b.c", "timestamp": "1490731541096"}])
    history = await legacy.history()
    assert history.items == (HistoryRow(time=1490731541.096, server="a.b.c", stats=Counters(time=1490731542)),)
    assert history.dropped == 1


async def test_v7_a_failing_server_is_named_and_statuses_are_not_limited_to_the_documented(
    server: FaultServer, legacy: LegacyClient
) -> None:
    server.replies[f"{ROOT}/flush"] = plain(b"Server error: a.b.c:1234", "500 Internal Server Error")
    with pytest.raises(ServerFault, match=r"Server error: a\.b\.c:1234"):
        await legacy.flush()
    server.replies[f"{ROOT}/stats"] = plain(b'"You are not authorized to perform this action."', "403 Forbidden")
    with pytest.raises(Forbidden, match="You are not authorized to perform this action"):
        await legacy.stats()


async def test_v1_stats_are_keyed_by_server(server: FaultServer, legacy: LegacyClient) -> None:
    server.replies[f"{ROOT}/stats"] = as_json({"a:12345": {"auth_cmds": 19, "time": 1500651085}})
    stats = await legacy.stats()
    assert stats.total == Counters(auth_cmds=19, time=1500651085)
    assert [each.server for each in stats.servers] == ["a:12345"]


async def test_v1_flush_succeeds_with_an_empty_string(server: FaultServer, legacy: LegacyClient) -> None:
    server.replies[f"{ROOT}/flush"] = as_json("")
    await legacy.flush()
    assert server.seen[0].method == "POST"
