"""What the documents of API v2 leave out or contradict: insight and introspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import BadRequest
from mctop.api.models.introspection import KeyStats, LogLine, PopularItem, PopularItems, Prefix
from mctop.api.models.series import Series
from tests.api.faultserver import FaultServer, as_json, plain

if TYPE_CHECKING:
    from mctop.api.client import Client

ROOT = "/api/v2/caches/4"
INSIGHT, INTROSPECTION = f"{ROOT}/insight", f"{ROOT}/introspection"
START, END = 1_673_191_200.0, 1_673_364_000.0
T0 = "2023-01-10T15:20:00Z"


async def test_e13_names_are_comma_separated_and_the_answer_may_be_null(server: FaultServer, client: Client) -> None:
    server.replies[f"{INSIGHT}/processed_stats"] = as_json(None)
    answer = await client.processed_stats(("bytes", "hit_rate"), START, END)
    assert (answer.series, answer.dropped) == ((), 0)
    assert "names=bytes,hit_rate&" in server.seen[0].target


async def test_e14_columns_are_read_by_name_whatever_was_asked(server: FaultServer, client: Client) -> None:
    server.replies[f"{INSIGHT}/processed_stats/per_server"] = as_json(
        [
            {
                "name": "processed_stats",
                "tags": {"server": "your.server.memcachier.com:11211"},
                "columns": ["max_bytes", "time", "mystery", "hit_rate"],
                "values": [[1, T0, 9, 0.5]],
            }
        ]
    )
    answer = await client.processed_stats_per_server(("auth_cmds_rate", "bytes"), START, END)
    server_name = "your.server.memcachier.com:11211"
    assert answer.series == (
        Series(stat="max_bytes", server=server_name, times=(1_673_364_000,), values=(1,)),
        Series(stat="hit_rate", server=server_name, times=(1_673_364_000,), values=(0.5,)),
    )


async def test_e15_latency_has_no_names_and_stays_nanoseconds(server: FaultServer, client: Client) -> None:
    server.replies[f"{INSIGHT}/latency"] = as_json(
        [{"name": "latency", "tags": {"server": "a:1"}, "columns": ["time", "duration"], "values": [[T0, 2416805.75]]}]
    )
    answer = await client.latency(START, END)
    assert answer.series == (Series(stat="duration", server="a:1", times=(1_673_364_000,), values=(2416805.75,)),)
    assert "names" not in server.seen[0].target


async def test_e25_e31_compound_and_prefix_stats_are_series_whatever_their_range(
    server: FaultServer, client: Client
) -> None:
    columns = ["time", "num_keys", "total_size", "total_hits_rate", "total_misses_rate", "total_mutations_rate"]
    rows = [{"name": "x", "columns": columns, "values": [["2023-01-16T10:50:00Z", 1, 2, 3, 4, None]]}]
    server.replies[f"{INTROSPECTION}/compound_stats"] = as_json(rows)
    server.replies[f"{INTROSPECTION}/prefixes/1/stats"] = as_json(rows)
    compound, prefix = await client.compound_stats(START, END), await client.prefix_stats(1, START, END)
    assert compound == prefix
    assert [(series.stat, series.values) for series in compound.series] == [
        ("num_keys", (1,)),
        ("total_size", (2,)),
        ("total_hits_rate", (3,)),
        ("total_misses_rate", (4,)),
        ("total_mutations_rate", (None,)),
    ]


async def test_g7_a_400_of_influxdb_is_a_bad_request_with_its_words(server: FaultServer, client: Client) -> None:
    server.replies[f"{INSIGHT}/latency"] = as_json({"message": "Failed to query InfluxDB"}, "400 Bad Request")
    with pytest.raises(BadRequest, match="Failed to query InfluxDB"):
        await client.latency(START, END)


async def test_e24_log_lines_come_oldest_first_whatever_the_servers_order(server: FaultServer, client: Client) -> None:
    old, new = ({"timestamp": f"2023-01-11T10:10:4{n}Z", "key": "", "command": "STATS", "size": None} for n in (4, 5))
    server.replies[f"{INTROSPECTION}/recent_logs"] = as_json({"a:1": [new, old], "b:1": [old, new], "c:1": None})
    logs = await client.recent_logs()
    lines = (LogLine(time=1_673_431_844.0, command="STATS"), LogLine(time=1_673_431_845.0, command="STATS"))
    assert [(log.server, log.lines) for log in logs.servers] == [("a:1", lines), ("b:1", lines), ("c:1", ())]


async def test_e24_a_bad_log_line_is_dropped_and_counted(server: FaultServer, client: Client) -> None:
    good = {"timestamp": "2023-01-11T10:10:44Z", "key": "k", "command": "BREW", "status": "TEAPOT", "size": "7"}
    server.replies[f"{INTROSPECTION}/recent_logs"] = as_json({"a:1": [good, {"key": "k"}, 3, None], "b:1": "oops"})
    logs = await client.recent_logs()
    assert logs.servers[0].lines == (LogLine(time=1_673_431_844.0, key="k", command="BREW", status="TEAPOT", size=7),)
    assert logs.dropped == 4


async def test_e26_e32_popular_items_may_lack_any_list(server: FaultServer, client: Client) -> None:
    raw = {
        "time_slice": 186554450945,
        "most_hit_keys": [{"name": "k", "popularity": 1.5}, {}],
        "popular_prefixes": None,
    }
    server.replies[f"{INTROSPECTION}/popular_items"] = as_json(raw)
    server.replies[f"{INTROSPECTION}/prefixes/1/popular_items"] = as_json(None)
    items = await client.popular_items()
    assert items == PopularItems(
        time_slice=186554450945, most_hit_keys=(PopularItem(name="k", popularity=1.5),), dropped=1
    )
    assert await client.prefix_popular_items(1) == PopularItems()


async def test_e27_key_stats_is_a_list_of_any_length(server: FaultServer, client: Client) -> None:
    row = {"timestamp": "2019-08-24T14:15:22Z", "name": "k", "size": 1, "hit_count": 2, "in_cache": True}
    value = KeyStats(time=1_566_656_122.0, name="k", size=1, hit_count=2, in_cache=True)
    bodies: tuple[tuple[object, tuple[KeyStats, ...]], ...] = (
        ([], ()), ([row], (value,)), ([row, row], (value, value)), (row, (value,)), ({}, ()),
    )  # fmt: skip
    for body, expected in bodies:
        server.replies[f"{INTROSPECTION}/key_stats"] = as_json(body)
        assert (await client.key_stats("k")).items == expected


@pytest.mark.parametrize(
    ("key", "query"),
    [("a b", "a%20b"), ("a&b=c", "a%26b%3Dc"), ("50%+1", "50%25%2B1"), ("#?/", "%23%3F%2F"), ("\u00fc\n", "%C3%BC%0A"),
     ("\x00\x7f", "%00%7F"), ("\ud800", "%3F"), ("a:1,b", "a:1,b")],
)  # fmt: skip
async def test_e27_a_key_of_any_characters_reaches_the_query(
    server: FaultServer, client: Client, key: str, query: str
) -> None:
    await client.key_stats(key)
    assert server.seen[0].target == f"{INTROSPECTION}/key_stats?key={query}"


async def test_e28_e29_prefixes_are_listed_and_watched_with_200(server: FaultServer, client: Client) -> None:
    server.replies[f"{INTROSPECTION}/prefixes"] = as_json([{"id": 1, "name": "a:"}, {"name": "no id"}])
    listed = await client.watched_prefixes()
    assert (listed.items, listed.dropped) == ((Prefix(id=1, name="a:"),), 1)
    server.replies[f"{INTROSPECTION}/prefixes"] = as_json({"id": 2, "name": "b:"})
    assert await client.watch_prefix("b:") == Prefix(id=2, name="b:")


async def test_e29_a_prefix_too_many_says_what_the_server_said(server: FaultServer, client: Client) -> None:
    server.replies[f"{INTROSPECTION}/prefixes"] = plain(b'"too many"', "400 Bad Request")
    with pytest.raises(BadRequest, match="too many"):
        await client.watch_prefix("b:")
