"""API v1, whose text and examples contradict each other: the examples are served, both are accepted."""

from __future__ import annotations

import pytest

from tests.contract.server import PASSWORD, USERNAME
from tests.service.asking import V1, Asking
from tests.service.fakebackend import CACHE_ID, SERVERS

EVERYTHING = {"write_capability": True, "flush_capability": True, "api_capability": True}


@pytest.mark.parametrize("path", ["/api/v1/login", "/api/login"])
async def test_login_is_where_the_example_and_where_the_text_says(ask: Asking, path: str) -> None:
    assert (await ask("GET", path)).json() == {"cache_id": CACHE_ID}


async def test_stats_come_by_server(ask: Asking) -> None:
    assert {server: each["cmd_get"] for server, each in (await ask("GET", f"{V1}/stats")).json().items()} == dict(
        zip(SERVERS, (10, 20), strict=True)
    )


async def test_history_has_string_ids_and_milliseconds_and_servers_without_port(ask: Asking) -> None:
    rows = (await ask("GET", f"{V1}/history")).json()
    assert [row["server"] for row in rows] == ["mc1.example-cache.net", "mc2.example-cache.net"]
    assert {(row["memcachier_id"], row["timestamp"]) for row in rows} == {(str(CACHE_ID), "1700000030000")}
    assert rows[0]["stats"]["cmd_get"] == 10


async def test_flush_and_delete_answer_an_empty_json_string(ask: Asking) -> None:
    created = (await ask("POST", f"{V1}/credentials")).json()
    for method, path in (("POST", "flush"), ("DELETE", f"credentials/primary/{created['sasl_username']}")):
        answer = await ask(method, f"{V1}/{path}")
        assert (answer.status_code, answer.content) == (200, b'""')


async def test_the_list_shows_no_password_and_a_null_uuid(ask: Asking) -> None:
    (own,) = (await ask("GET", f"{V1}/credentials")).json()
    assert own == {
        "cache_id": CACHE_ID,
        "id": 1,
        "sasl_username": USERNAME,
        "uuid": None,
        **EVERYTHING,
        "primary": True,
    }
    assert PASSWORD not in (await ask("GET", f"{V1}/credentials")).text


async def test_creating_answers_200_with_the_password_and_no_id(ask: Asking) -> None:
    answer = await ask("POST", f"{V1}/credentials")
    assert answer.status_code == 200
    assert answer.json()["id"] is None
    login = (answer.json()["sasl_username"], answer.json()["sasl_password"])
    assert (await ask("GET", "/api/v1/login", auth=login)).status_code == 200


async def test_updating_as_the_example_does_it_leaves_the_rest_true(ask: Asking) -> None:
    body = b'{"flush_capability":"false"}'
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await ask("PATCH", f"{V1}/credentials/{USERNAME}", content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (200, {**EVERYTHING, "flush_capability": False})


async def test_updating_as_the_text_says_it_works_by_id_and_query(ask: Asking) -> None:
    answer = await ask("POST", f"{V1}/credentials/1?write_capability=false")
    assert (answer.status_code, answer.json()) == (200, {**EVERYTHING, "write_capability": False})


async def test_a_capability_that_is_neither_true_nor_false_is_400(ask: Asking) -> None:
    for query, body in (("write_capability=maybe", b""), ("", b'{"write_capability":"maybe"}')):
        answer = await ask("PATCH", f"{V1}/credentials/{USERNAME}?{query}", content=body)
        assert answer.status_code == 400
        assert answer.json().startswith("The capabilities could not be updated.")


async def test_promoting_works_by_username_and_by_id(ask: Asking) -> None:
    created = (await ask("POST", f"{V1}/credentials")).json()
    promoted = (await ask("POST", f"{V1}/credentials/primary/{created['sasl_username']}")).json()
    assert (promoted["primary"], promoted["id"], "sasl_password" in promoted) == (True, None, False)
    assert (await ask("POST", f"{V1}/credentials/primary/1")).json()["sasl_username"] == USERNAME


async def test_deleting_works_where_the_example_has_it_and_where_v2_has_it(ask: Asking) -> None:
    for path in ("credentials/primary", "credentials"):
        created = (await ask("POST", f"{V1}/credentials")).json()
        assert (await ask("DELETE", f"{V1}/{path}/{created['sasl_username']}")).status_code == 200
    assert len(ask.account.credentials.all()) == 1
    assert (await ask("DELETE", f"{V1}/credentials/{USERNAME}")).status_code == 400
