"""The table of servers."""

from dataclasses import replace

from mctop.store.counters.live_rates import LiveStats, ServerNow
from mctop.ui.screens.servers.panels import COLUMNS, TREND, UPTIME, past_cells, server_rows
from mctop.ui.screens.servers.picture import Past, ServersPicture, pasts
from tests.store.samples import counted
from tests.ui import samples
from tests.ui.screens.servers.bad_server import SLOW, picture


def table(shown: ServersPicture) -> dict[str, dict[str, str]]:
    """The texts of every row by the ids of the columns, in the order of the rows."""
    known = pasts(shown)
    cells = {server: past_cells(past) for server, past in known.servers}
    rows = server_rows(shown.newest_of_servers(), known, cells)
    return {row.key: {column.id: cell.text for column, cell in zip(COLUMNS, row.cells, strict=True)} for row in rows}


def test_the_worst_server_comes_first_and_those_alike_by_name() -> None:
    assert tuple(table(picture())) == (SLOW, *samples.SERVERS[:2])


def test_a_row_tells_now_and_the_window() -> None:
    row = table(picture())[SLOW]
    assert row["state"] == "! 4.2× slow"
    assert row["hit_rate"] == "47.5 %"
    assert row["requests"] == "1,055/s"
    assert row["memory"] == "242 MiB"
    assert (row["latency"], row["p50"], row["p95"], row["greatest"]) == ("1.69 ms", "413 µs", "1.69 ms", "1.70 ms")


def test_trends_are_as_wide_as_their_columns() -> None:
    for row in table(picture()).values():
        assert {len(row[trend]) for trend in ("hit_trend", "request_trend", "latency_trend")} == {TREND}


def test_the_servers_own_counters_come_before_the_last_minute() -> None:
    counters = counted(time=int(samples.NOON), bytes=samples.MIB, curr_connections=7)
    live = LiveStats(counters, servers=(ServerNow(SLOW, counters, samples.rates(requests=11.0)),))
    row = table(replace(picture(), stats=live))[SLOW]
    assert (row["requests"], row["memory"], row["connections"]) == ("11/s", "1.00 MiB", "7")


def test_a_server_of_which_only_the_name_is_known_is_silent_and_comes_first() -> None:
    cache = samples.cache().model_copy(update={"servers": (*samples.SERVERS, "mc9:11211")})
    rows = table(replace(picture(), cache=cache))
    assert next(iter(rows)) == "mc9:11211"
    assert rows["mc9:11211"]["state"] == "○ silent"
    assert rows["mc9:11211"]["hit_rate"] == "–"


def test_without_any_answer_there_is_no_row() -> None:
    assert table(ServersPicture()) == {}


def test_names_reach_the_screen_cleaned() -> None:
    cache = samples.cache().model_copy(update={"servers": ("mc\x1b[31m1",)})
    assert table(ServersPicture(cache=cache))["mc\x1b[31m1"]["server"] == "mc^[[31m1"


def test_a_past_without_series_is_blank() -> None:
    cells = past_cells(Past())
    assert cells.latency.text.strip() == ""
    assert [cell.text for cell in cells.spread] == ["–", "–", "–"]


def test_the_table_can_be_sorted_by_every_number_and_the_state_by_how_bad_it_is() -> None:
    known = pasts(picture())
    cells = {server: past_cells(past) for server, past in known.servers}
    rows = server_rows(picture().newest_of_servers(), known, cells)
    assert all(cell.value is not None for row in rows for cell in row.cells[1:])
    states = [row.cells[1].value or 0 for row in rows]
    assert states == sorted(states, reverse=True)


def test_where_no_server_says_anything_none_of_them_is_silent() -> None:
    nothing = ServersPicture(cache=samples.cache())
    assert {row["state"] for row in table(nothing).values()} == {"· no data"}


def test_how_long_servers_run_stands_behind_where_they_tell_it() -> None:
    counters = counted(time=int(samples.NOON), uptime=40)
    live = LiveStats(counters, servers=(ServerNow(SLOW, counters, None),))
    shown = replace(picture(), stats=live)
    rows = server_rows(shown.newest_of_servers(), pasts(shown), {}, shown.uptimes)
    assert {row.key: (row.cells[-1].text, row.cells[-1].tone) for row in rows} == {
        SLOW: ("40s", "fair"),
        **dict.fromkeys(samples.SERVERS[:2], ("–", "")),
    }
    assert {len(row.cells) for row in rows} == {len((*COLUMNS, UPTIME))}
