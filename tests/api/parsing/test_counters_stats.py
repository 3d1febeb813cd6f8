"""Counters, flat for the cache or keyed by server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.stats import Counters, ServerCounters
from mctop.api.models.value import LARGEST
from mctop.api.parsing.counters import parse_stats
from mctop.api.parsing.json_text import Malformed
from tests.api.hostile_json import JSON


def test_t5_flat_counters_are_the_caches() -> None:
    stats = parse_stats({"get_hits": "3", "get_misses": 4.0, "evictions": None, "threads": 8, "time": 1})
    assert stats.total == Counters(get_hits=3, get_misses=4, time=1)
    assert (stats.servers, stats.dropped) == ((), 0)


def test_t5_counters_of_servers_are_summed_with_the_newest_time() -> None:
    stats = parse_stats({"a:1": {"bytes": 3, "time": 9}, "b:1": {"bytes": 4, "time": 5}})
    assert stats.total == Counters(bytes=7, time=9)
    assert stats.servers == (
        ServerCounters(server="a:1", counters=Counters(bytes=3, time=9)),
        ServerCounters(server="b:1", counters=Counters(bytes=4, time=5)),
    )


def test_t5_a_server_without_sense_is_dropped_and_counted() -> None:
    stats = parse_stats({"a:1": {"bytes": 3}, "b:1": {"bytes": "many"}, "c:1": {}, "d:1": None})
    assert ([each.server for each in stats.servers], stats.dropped) == (["a:1"], 3)


@pytest.mark.parametrize("raw", [None, {}, [], 7, {"message": "x"}, {"a:1": {}}, {"a:1": None}, {"bytes": []}])
def test_no_counters_at_all_are_malformed_and_never_zeros(raw: object) -> None:
    with pytest.raises(Malformed):
        parse_stats(raw)


def test_sums_stay_within_64_bits() -> None:
    assert parse_stats({"a": {"bytes": LARGEST - 1}, "b": {"bytes": 9}}).total.bytes == LARGEST


@given(st.dictionaries(st.sampled_from(["a:1", "b:1", "c:1"]), JSON | st.just({"bytes": 1})))
def test_no_good_server_is_lost(raw: dict[str, object]) -> None:
    good = {server for server, value in raw.items() if value == {"bytes": 1}}
    try:
        stats = parse_stats(raw)
    except Malformed:
        assert not good
        return
    assert good <= {each.server for each in stats.servers}
    assert len(stats.servers) + stats.dropped == len(raw)


@given(JSON, JSON)
def test_any_json_is_stats_or_malformed(value: object, junk: object) -> None:
    for raw in (value, {"bytes": value}, {"bytes": 1, "more": junk}):
        try:
            stats = parse_stats(raw)
        except Malformed:
            assert raw != {"bytes": 1, "more": junk}
            continue
        assert isinstance(stats.total.bytes, int)


@pytest.mark.parametrize("nonsense", ["abc", "", None, -1, 2**64 - 17, "18446744073709549633", True, [], float("nan")])
def test_a_number_that_makes_no_sense_costs_itself_alone(nonsense: object) -> None:
    total = parse_stats({"a:1": {"get_hits": 3, "curr_connections": nonsense, "time": 9}}).total
    assert (total.get_hits, total.curr_connections, total.get_misses, total.time) == (3, None, None, 9)


def test_what_one_server_does_not_tell_is_not_told_of_all() -> None:
    stats = parse_stats({"a:1": {"get_hits": 3, "bytes": 5}, "b:1": {"get_hits": 4}})
    assert (stats.total.get_hits, stats.total.bytes, stats.servers[0].counters.bytes) == (7, None, 5)


def test_pid_and_uptime_are_of_one_server_and_never_added_up() -> None:
    stats = parse_stats({"a:1": {"pid": 3, "uptime": 60, "bytes": 5}, "b:1": {"pid": 4, "uptime": 70, "bytes": 5}})
    assert (stats.total.pid, stats.total.uptime, stats.servers[1].counters.uptime) == (None, None, 70)
