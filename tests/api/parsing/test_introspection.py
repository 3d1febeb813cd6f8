"""Log lines, popular items and key stats: any JSON in any place loses no good row."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.introspection import CertainFrom, LogLine, PopularItem
from mctop.api.parsing.introspection import parse_key_stats, parse_popular_items, parse_recent_logs
from mctop.api.parsing.json_text import Malformed
from tests.api.hostile_json import JSON

ROW = {"timestamp": "2023-01-10T15:20:00Z", "key": "k", "command": "GET", "status": "HIT", "size": 1}
LINE = LogLine(time=1_673_364_000.0, key="k", command="GET", status="HIT", size=1)
JUNK = JSON.filter(lambda value: not isinstance(value, dict))


def test_the_servers_and_the_lines_of_a_log_are_bounded() -> None:
    logs = parse_recent_logs({f"s{number}:1": [] for number in range(1_100)} | {"s0:1": [ROW] * 10_001})
    assert (len(logs.servers), len(logs.servers[0].lines), logs.dropped) == (1_000, 10_000, 101)


@given(st.lists(JUNK | st.just(ROW)), JUNK)
def test_no_good_log_line_is_lost(rows: list[object], junk: object) -> None:
    logs = parse_recent_logs({"a:1": rows, "b:1": junk, "c:1": [ROW]})
    lines = {log.server: log.lines for log in logs.servers}
    assert lines["a:1"] == (LINE,) * rows.count(ROW)
    assert lines["c:1"] == (LINE,)
    assert logs.dropped >= len(rows) - rows.count(ROW)


@given(JSON)
def test_any_field_of_a_log_line_may_be_anything(value: object) -> None:
    for name in ROW:
        logs = parse_recent_logs({"a:1": [ROW, {**ROW, name: value}]})
        assert len(logs.servers[0].lines) + logs.dropped == 2
        assert LINE in logs.servers[0].lines


def test_lines_of_one_second_keep_the_servers_order() -> None:
    first, second, third = ({**ROW, "key": key} for key in "abc")
    later = {**ROW, "timestamp": "2023-01-10T15:20:01Z", "key": "d"}
    (oldest_first,) = parse_recent_logs({"a:1": [first, second, third, later]}).servers
    (newest_first,) = parse_recent_logs({"a:1": [later, third, second, first]}).servers
    assert [line.key for line in oldest_first.lines] == [line.key for line in newest_first.lines] == list("abcd")


@given(st.lists(JUNK | st.just({"name": "k", "popularity": 2})), JSON)
def test_no_good_popular_item_is_lost(rows: list[object], junk: object) -> None:
    items = parse_popular_items({"most_hit_keys": rows, "most_missed_keys": [{"name": "m"}], "time_slice": junk})
    good = rows.count({"name": "k", "popularity": 2})
    assert items.most_hit_keys == (PopularItem(name="k", popularity=2),) * good
    assert items.most_missed_keys == (PopularItem(name="m"),)
    assert items.dropped >= len(rows) - good


@given(JSON)
def test_any_json_is_read_or_malformed(value: object) -> None:
    for parse in (parse_recent_logs, parse_popular_items, parse_key_stats):
        try:
            parse(value)
        except Malformed:
            continue


def test_from_where_on_lists_are_certain_is_read_and_nonsense_costs_that_alone() -> None:
    rows = [{"name": "k", "popularity": 2}]
    items = parse_popular_items({"most_hit_keys": rows, "certain_from": {"most_hit_keys": 48, "more": 1}})
    assert items.certain_from == CertainFrom(most_hit_keys=48)
    nonsense: tuple[object, ...] = (7, [], "x", {"most_hit_keys": "many"}, {"most_hit_keys": []})
    for junk in nonsense:
        items = parse_popular_items({"most_hit_keys": rows, "certain_from": junk})
        assert (items.certain_from, items.dropped, len(items.most_hit_keys)) == (None, 1, 1)
    assert parse_popular_items({"most_hit_keys": rows}).certain_from is None


def test_a_count_of_a_key_that_is_not_told_is_not_nought() -> None:
    (row,) = parse_key_stats([{"timestamp": "2026-01-01T00:00:00Z", "hit_count": 0, "mutation_count": None}]).items
    assert (row.hit_count, row.miss_count, row.mutation_count) == (0, None, None)
