"""Faults on purpose, over a socket where the connection itself is at fault."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from mctop.service.http.faults import (
    HOSTILE,
    HUGE,
    Fault,
    FaultPlan,
    Faults,
    with_hostile_text,
    with_nulls,
    with_servers,
)
from tests.contract.server import RunningService, running_service
from tests.service.asking import V2, Asking
from tests.service.fakebackend import FakeBackend

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def service() -> Iterator[RunningService]:
    with running_service(FakeBackend()) as running:
        yield running


@pytest.fixture
def client(service: RunningService) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, auth=(service.username, service.password), timeout=5) as client:
        yield client
    service.faults.clear()


def test_the_first_pattern_that_matches_decides() -> None:
    first, second = Fault(status=500), Fault(status=503)
    plan = FaultPlan((("*/stats", first), ("/api/v2/*", second)))
    assert plan.fault("/api/v2/caches/1/stats") is first
    assert plan.fault("/api/v2/caches/1/info") is second
    assert plan.fault("/api/v1/login") is None


def test_a_status_comes_with_its_retry_after_and_the_plan_changes_while_it_runs(
    service: RunningService, client: httpx.Client
) -> None:
    service.faults.set("*/info", Fault(status=429, retry_after="7", body=b'{"message":"Slow down"}'))
    answer = client.get(f"{V2}/info")
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["message"]) == (429, "7", "Slow down")
    assert client.get(f"{V2}/stats").status_code == 200
    service.faults.clear()
    assert client.get(f"{V2}/info").status_code == 200


def test_a_cut_body_ends_early(service: RunningService, client: httpx.Client) -> None:
    service.faults.set("*/info", Fault(cut=0.5))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(f"{V2}/info")


def test_latency_and_drip_delay_an_answer_that_is_whole(service: RunningService, client: httpx.Client) -> None:
    whole = client.get("/api/v1/login").content
    service.faults.set("*", Fault(latency=0.1, drip=0.002))
    begun = time.monotonic()
    assert client.get("/api/v1/login").content == whole
    assert time.monotonic() - begun >= 0.1 + 0.002 * len(whole)


def test_a_black_hole_never_answers(service: RunningService, client: httpx.Client) -> None:
    service.faults.set("*", Fault(black_hole=True))
    with pytest.raises(httpx.ReadTimeout):
        client.get("/api/v1/login", timeout=0.1)


async def test_malformed_json_is_sent_as_it_is() -> None:
    faults = Faults()
    faults.set("*", Fault(body=b'{"id": 1,'))
    ask = Asking(faults=faults)
    assert (await ask("GET", f"{V2}/info")).content == b'{"id": 1,'
    ask.account.close()


async def test_hostile_text_is_in_every_text_field_of_a_big_answer_though_it_was_compressed() -> None:
    faults = Faults()
    faults.set("*", Fault(rewrites=(with_hostile_text,)))
    ask = Asking(faults=faults)
    rows = (await ask("GET", f"{V2}/insight/latency")).json()
    assert rows[0]["tags"]["server"] in HOSTILE
    assert rows[0]["columns"] == ["time", "duration"]
    assert rows[0]["values"][0][0].endswith("Z")
    ask.account.close()


def test_hostile_text_replaces_text_and_servers_but_neither_times_nor_columns() -> None:
    logs = {"a.example:11211": [{"timestamp": "2023-01-11T10:10:44Z", "key": "", "command": "GET", "size": 3}] * 10}
    ((server, lines),) = _object(with_hostile_text(json.loads(json.dumps(logs)))).items()
    assert server.startswith("a.example:11211 ")
    assert isinstance(lines, list)
    keys = [_object(line)["key"] for line in lines]
    assert all(_object(line)["timestamp"] == "2023-01-11T10:10:44Z" for line in lines)
    assert all(_object(line)["size"] == 3 for line in lines)
    texts = {*keys, *(_object(line)["command"] for line in lines)}
    assert texts <= {*HOSTILE, HUGE}
    assert HUGE in texts


def test_nulls_come_for_every_other_value_and_empty_list() -> None:
    row = {"columns": ["time", "a", "b"], "values": [["2023-01-11T10:10:44Z", 1, 2]], "none": []}
    assert with_nulls(json.loads(json.dumps(row))) == {
        "columns": ["time", "a", "b"],
        "values": [["2023-01-11T10:10:44Z", 1, None]],
        "none": None,
    }


@pytest.mark.parametrize("path", ["info", "insight/latency", "introspection/recent_logs"])
async def test_a_hundred_servers_stand_behind_the_cache_everywhere(path: str) -> None:
    faults = Faults()
    faults.set("*", Fault(rewrites=(lambda document: with_servers(100, document),)))
    ask = Asking(faults=faults)
    answer = (await ask("GET", f"{V2}/{path}")).json()
    assert len(answer["servers"] if path == "info" else answer) == 100
    ask.account.close()


def _object(document: object) -> dict[str, object]:
    assert isinstance(document, dict)
    return document
