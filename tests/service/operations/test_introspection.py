"""v2: introspection."""

from __future__ import annotations

import pytest

from tests.service.asking import V2, Asking
from tests.service.fakebackend import PREFIX_STATS, SERVERS

INTROSPECTION = f"{V2}/introspection"


async def test_logs_come_by_server_with_whole_seconds(ask: Asking) -> None:
    line = {"timestamp": "2023-11-14T22:13:50Z", "key": "session:1", "command": "GET", "status": "HIT", "size": 12}
    assert (await ask("GET", f"{INTROSPECTION}/recent_logs")).json() == {server: [line] for server in SERVERS}


async def test_compound_and_prefix_stats_have_the_documented_columns(ask: Asking) -> None:
    await ask("POST", f"{INTROSPECTION}/prefixes", json={"name": "session:"})
    for path, name in (("compound_stats", "compound_stats"), ("prefixes/1/stats", "prefix_stats")):
        (row,) = (await ask("GET", f"{INTROSPECTION}/{path}")).json()
        assert (row["name"], row["columns"]) == (name, ["time", *PREFIX_STATS])


async def test_popular_items_have_all_four_lists_and_whole_popularity(ask: Asking) -> None:
    popular = (await ask("GET", f"{INTROSPECTION}/popular_items")).json()
    assert popular == {
        "time_slice": 186_554_450_945,
        "most_hit_keys": [{"name": "session:1", "popularity": 7}],
        "most_missed_keys": [],
        "most_mutated_keys": [],
        "popular_prefixes": [],
    }


async def test_key_stats_is_a_list_empty_for_a_key_never_seen(ask: Asking) -> None:
    (known,) = (await ask("GET", f"{INTROSPECTION}/key_stats", params={"key": "session:1"})).json()
    assert known == {
        "timestamp": "2023-11-14T22:13:50Z",
        "name": "session:1",
        "size": 12,
        "hit_count": 3,
        "miss_count": 1,
        "mutation_count": None,
        "in_cache": True,
    }
    assert (await ask("GET", f"{INTROSPECTION}/key_stats", params={"key": "\u202e[b] &?#\x00"})).json() == []
    assert (await ask("GET", f"{INTROSPECTION}/key_stats")).status_code == 400


async def test_a_prefix_is_watched_with_200_and_unwatched_with_204(ask: Asking) -> None:
    watched = await ask("POST", f"{INTROSPECTION}/prefixes", json={"name": "a:"})
    assert (watched.status_code, watched.json()) == (200, {"id": 1, "name": "a:"})
    assert (await ask("GET", f"{INTROSPECTION}/prefixes")).json() == [watched.json()]
    assert (await ask("DELETE", f"{INTROSPECTION}/prefixes/1")).status_code == 204
    assert (await ask("GET", f"{INTROSPECTION}/prefixes")).json() == []


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": None}, {"name": "x" * 251}, {"prefix": "a:"}])
async def test_what_names_no_prefix_is_400(ask: Asking, body: dict[str, object]) -> None:
    answer = await ask("POST", f"{INTROSPECTION}/prefixes", json=body)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("The prefix could not be watched.")


async def test_the_21st_prefix_is_400_with_the_reason(ask: Asking) -> None:
    for number in range(20):
        assert (await ask("POST", f"{INTROSPECTION}/prefixes", json={"name": f"p{number}"})).status_code == 200
    answer = await ask("POST", f"{INTROSPECTION}/prefixes", json={"name": "p20"})
    assert (answer.status_code, answer.json()) == (400, {"message": "A cache watches at most 20 prefixes."})


@pytest.mark.parametrize("path", ["prefixes/1/stats", "prefixes/x/stats", "prefixes/1/popular_items"])
async def test_a_prefix_nobody_watches_is_400(ask: Asking, path: str) -> None:
    assert (await ask("GET", f"{INTROSPECTION}/{path}")).status_code == 400
