"""Series out of InfluxDB's rows."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.series import Series, SeriesAnswer
from mctop.api.parsing.json_text import Malformed, parse_json
from mctop.api.parsing.series import parse_series
from tests.api.hostile_json import JSON

if TYPE_CHECKING:
    from collections.abc import Sequence

T0 = 1_673_364_000
NOW = T0 + 86_400.0


def test_the_groups_and_the_rows_of_each_are_bounded_to_the_newest_rows() -> None:
    rows = [[T0 - 10_004 + number, 1.0] for number in range(10_005)]
    answer = parse_series([group(rows), *[group([])] * 1_000], (), NOW)
    assert (answer.series[0].times[0], answer.series[0].times[-1], answer.dropped) == (T0 - 9_999, T0, 6)


def at(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def group(values: object, columns: Sequence[object] = ("time", "bytes"), **more: object) -> dict[str, object]:
    return {"name": "processed_stats", "columns": list(columns), "values": values, **more}


def parse(*groups: object, wanted: tuple[str, ...] = ()) -> SeriesAnswer:
    return parse_series(list(groups), wanted, NOW)


def test_t4_null_cells_are_gaps_and_zero_is_zero() -> None:
    (series,) = parse(group([[at(T0), 0], [at(T0 + 60), None], [at(T0 + 120), 1.5]])).series
    assert series.times == (T0, T0 + 60, T0 + 120)
    assert series.values == (0, None, 1.5)


def test_t4_rows_are_sorted_and_the_last_of_equal_times_wins() -> None:
    (series,) = parse(group([[at(T0 + 60), 1], [at(T0), 2], [at(T0 + 60), 3]])).series
    assert (series.times, series.values) == ((T0, T0 + 60), (2, 3))


def test_t4_rows_that_make_no_sense_are_dropped_and_counted() -> None:
    rows = [["soon", 1], [None, 1], [at(T0), 7], [], 3, None, {"time": at(T0)}, ["0001-01-01T00:00:00Z", 1], [[], 1]]
    answer = parse(group(rows))
    assert answer.series == (Series(stat="bytes", times=(T0,), values=(7,)),)
    assert answer.dropped == len(rows) - 1


def test_t4_times_more_than_an_hour_ahead_are_dropped() -> None:
    answer = parse(group([[at(int(NOW) + 3_600), 1], [at(int(NOW) + 3_601), 2]]))
    assert (answer.series[0].values, answer.dropped) == ((1,), 1)


def test_t4_a_cell_that_is_no_number_is_a_gap_and_counted() -> None:
    rows = [[at(T0 + n), cell] for n, cell in enumerate(["7", " 8.5 ", "x", True, [], "nan", "inf", 10**400])]
    answer = parse(group(rows))
    assert answer.series[0].values == (7, 8.5, None, None, None, None, None, None)
    assert answer.dropped == 6


def test_a_short_row_has_gaps_and_a_long_one_is_cut() -> None:
    answer = parse(group([[at(T0), 1], [at(T0 + 60), 1, 2, 3]], ("time", "bytes", "items")))
    assert [(series.stat, series.values) for series in answer.series] == [("bytes", (1, 1)), ("items", (None, 2))]


def test_t4_columns_are_read_by_name_and_unknown_ones_left() -> None:
    answer = parse(group([[1, at(T0), 2, 3]], ("bytes", "time", "mystery", "asked")), wanted=("asked",))
    assert [(series.stat, series.values) for series in answer.series] == [("bytes", (1,)), ("asked", (3,))]


@pytest.mark.parametrize(
    "broken",
    [{}, {"values": None}, {"columns": ["time"]}, {"columns": ["bytes"], "values": []}, {"values": [], "columns": None},
     group(None), group([]), group([], tags=None)],
)  # fmt: skip
def test_g11_any_part_of_a_row_may_be_absent(broken: object) -> None:
    answer = parse(broken, group([[at(T0), 1]]))
    assert [series.values for series in answer.series if series.times] == [(1,)]
    assert answer.dropped == 0


def test_a_server_that_sends_several_groups_has_one_series() -> None:
    answer = parse(
        group([[at(T0), 1]], tags={"server": "a:1"}),
        group([[at(T0), 9]], tags={"server": "b:1"}),
        group([[at(T0 + 60), 2]], tags={"server": "a:1"}, partial=True),
        group([[at(T0), 5]], tags={"server": ""}),
    )
    assert [(series.server, series.values) for series in answer.series] == [
        ("a:1", (1, 2)),
        ("b:1", (9,)),
        (None, (5,)),
    ]


@pytest.mark.parametrize("raw", [None, [], {}, ""])
def test_no_data_in_any_form_is_no_series(raw: object) -> None:
    assert parse_series(raw, (), NOW) == SeriesAnswer()


@pytest.mark.parametrize("raw", [7, "x", {"error": "x"}, True])
def test_what_is_no_list_is_malformed(raw: object) -> None:
    with pytest.raises(Malformed, match="not a list"):
        parse_series(raw, (), NOW)


POINTS = st.lists(st.tuples(st.integers(0, 10_000), st.none() | st.floats(allow_nan=False, allow_infinity=False)))


@given(POINTS, JSON.filter(lambda value: not isinstance(value, list)))
def test_no_good_row_is_lost_among_junk(points: list[tuple[int, float | None]], junk: object) -> None:
    rows: list[object] = [junk, *([at(T0 + time), value] for time, value in points), junk]
    answer = parse(junk, group(rows, junk={}), junk)
    expected = dict(points)
    (series,) = [series for series in answer.series if series.stat == "bytes"]
    assert series.times == tuple(T0 + time for time in sorted(expected))
    assert series.values == tuple(expected[time] for time in sorted(expected))


@given(JSON)
def test_any_json_is_series_or_malformed(value: object) -> None:
    for raw in (value, [value], [group([value])], [group([[value, value]])], [{"columns": value, "values": value}]):
        try:
            answer = parse_series(raw, ("bytes",), NOW)
        except Malformed:
            continue
        for series in answer.series:
            assert all(a < b for a, b in zip(series.times, series.times[1:], strict=False))
            assert len(series.times) == len(series.values)


def test_a_day_of_100_servers_is_read_in_well_under_a_second() -> None:
    columns = ("time", "hit_rate", "bytes", "get_rate")
    rows = [[at(T0 + 60 * n), 0.5, 10**9, 1234.5] for n in range(1_440)]
    body = json.dumps([group(rows, columns, tags={"server": f"s{n}:11211"}) for n in range(100)]).encode()
    before = time.process_time()
    answer = parse_series(parse_json(body), (), NOW)
    assert time.process_time() - before < 1.0
    assert sum(len(series.times) for series in answer.series) == 100 * 1_440 * 3
