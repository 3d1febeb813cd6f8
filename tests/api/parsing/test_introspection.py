"""Log lines, popular items and key stats: any JSON in any place loses no good row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.introspection import LogLine, PopularItem
from mctop.api.parsing.introspection import parse_key_stats, parse_log_excerpt, parse_popular_items, parse_recent_logs
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


FIELDS = [1_673_364_000.25, "k", "GET", "HIT", 1]


def excerpt(**fields: object) -> object:
    return {"cursor": "c", "servers": [{"server": "a:1", "lines": [FIELDS], "missed": 3, "lost": 2, **fields}]}


def test_an_excerpt_says_where_it_ends_and_what_is_missing() -> None:
    read = parse_log_excerpt(excerpt(left_out=7))
    (log,) = read.servers
    assert (read.cursor, log.lines, log.missed, log.lost, log.left_out) == ("c", (tuple(FIELDS),), 3, 2, 7)
    assert parse_log_excerpt(excerpt(missed=None)).servers[0].missed is None


@given(st.lists(JSON | st.just(FIELDS)))
def test_no_good_line_of_an_excerpt_is_lost(rows: list[object]) -> None:
    read = parse_log_excerpt(excerpt(lines=rows))
    (log,) = read.servers
    assert log.lines.count(tuple(FIELDS)) == sum(row == FIELDS for row in rows)
    assert len(log.lines) + read.dropped == len(rows)


def test_the_lines_of_an_excerpt_are_bounded_together() -> None:
    servers = [{"server": f"s{number}:1", "lines": [FIELDS] * 6_000} for number in range(3)]
    read = parse_log_excerpt({"cursor": "c", "servers": servers})
    assert [len(log.lines) for log in read.servers] == [6_000, 4_000, 0]
    assert read.dropped == 8_000


@pytest.mark.parametrize(
    "raw", [{}, {"cursor": ""}, {"cursor": 3}, {"cursor": "x" * 70_000}, excerpt(missed="x"), excerpt(lost=[])]
)
def test_an_excerpt_without_a_cursor_or_with_counts_that_make_no_sense_is_none(raw: object) -> None:
    with pytest.raises(Malformed):
        parse_log_excerpt(raw)


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
