"""v2: what the cache is, its management, and commands to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.api.models.cache import Grade
from mctop.service.base.backend import Down
from mctop.service.http.response_bodies import Shape
from tests.service.asking import V2, Asking
from tests.service.fakebackend import SERVERS, FakeBackend, identity

if TYPE_CHECKING:
    from mctop.api.models.stats import ServerCounters


async def test_strings_come_as_json(ask: Asking) -> None:
    assert (await ask("POST", f"{V2}/switch_cluster")).json() == "two"
    first, second = [(await ask("POST", f"{V2}/rotate_sso")).json() for _ in range(2)]
    assert first != second


async def test_a_cache_that_cannot_switch_does_not(ask: Asking) -> None:
    fixed = Asking(FakeBackend(identity(can_switch=False)))
    assert (await fixed("POST", f"{V2}/switch_cluster")).status_code == 403
    assert fixed.backend.cluster == "one"
    fixed.account.close()


async def test_commands_reach_the_cache_and_answer_nothing(ask: Asking) -> None:
    for command, status in (("flush", 204), ("reset_stats", 204), ("enable_cache", 200)):
        answer = await ask("POST", f"{V2}/{command}")
        assert (answer.status_code, answer.content) == (status, b"")
    assert ask.backend.done == ["flush", "reset_stats", "enable"]


async def test_stats_are_flat_as_in_the_example_and_asking_for_them_shows_in_the_cache(ask: Asking) -> None:
    stats = (await ask("GET", f"{V2}/stats")).json()
    assert (stats["cmd_get"], stats["time"]) == (30, int(ask.backend.time))
    assert ask.backend.done == ["STATS"]


async def test_stats_come_by_server_where_the_shape_says_so() -> None:
    ask = Asking(shape=Shape(stats_per_server=True))
    stats = (await ask("GET", f"{V2}/stats")).json()
    assert {server: each["cmd_get"] for server, each in stats.items()} == dict(zip(SERVERS, (10, 20), strict=True))
    ask.account.close()


async def test_info_tells_grades_only_where_there_are_some() -> None:
    ask = Asking()
    assert "grades" not in (await ask("GET", f"{V2}/info")).json()
    ask.backend.graded = (Grade(of="recent_logs", grade="approximate", share=0.98),)
    told = (await ask("GET", f"{V2}/info")).json()
    assert told["label"] == "shop"
    assert told["grades"] == [{"of": "recent_logs", "grade": "approximate", "share": 0.98, "note": "", "server": ""}]
    ask.account.close()


async def test_what_has_no_meaning_before_other_servers_answers_501() -> None:
    ask = Asking(FakeBackend(replace(identity(), cache_type="memcached")))
    refused = await ask("POST", f"{V2}/rotate_sso")
    assert (refused.status_code, "dashboard" in refused.text) == (501, True)
    ask.account.close()


async def test_servers_that_are_down_answer_503_and_why() -> None:
    ask = Asking(Unreachable())
    refused = await ask("GET", f"{V2}/stats")
    assert refused.status_code == 503
    assert "mc1: nothing listens there" in refused.text
    ask.account.close()


class Unreachable(FakeBackend):
    async def counters(self) -> tuple[ServerCounters, ...]:
        raise Down("mc1: nothing listens there")
