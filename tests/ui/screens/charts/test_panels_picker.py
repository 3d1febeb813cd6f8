"""The list of what can be drawn."""

from dataclasses import replace

from mctop.store.counters.live_rates import LiveStats
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.charts import panels
from mctop.ui.screens.charts.picture import FIRST_CHOICE, ChartsPicture, Of
from mctop.ui.stats import GROUPS, STATS
from tests.ui import samples
from tests.ui.screens.charts.pictures import WHOLE, read_at


def texts(picture: ChartsPicture = WHOLE) -> dict[str, tuple[str, ...]]:
    return {row.key: tuple(cell.text for cell in row.cells) for row in panels.picker_rows(picture)}


def test_it_lists_every_group_every_stat_and_every_server() -> None:
    assert len(texts()) == len(GROUPS) + len(STATS) + 2 + len(samples.SERVERS)


def test_what_is_on_has_a_tick_and_its_newest_value() -> None:
    listed = texts()
    assert listed["bytes"] == ("  ✓ used", "bytes", "715 MiB")
    assert listed["cas_rate"] == ("  · cas", "cas_rate", "")
    assert listed["group:traffic"] == ("Traffic", "", "4/10")


def test_values_are_read_at_the_cursor() -> None:
    assert texts(read_at(samples.LAST - 7_000.0))["bytes"] == (
        "  ✓ used",
        "bytes",
        "268 MiB",
    )


def test_servers_are_called_by_what_tells_them_apart() -> None:
    chosen = replace(WHOLE, choice=FIRST_CHOICE.of_server(samples.SERVERS[1]))
    listed = texts(chosen)
    assert listed[f"server:{samples.SERVERS[1]}"] == ("● mc2", "", "")
    assert listed[f"server:{samples.SERVERS[0]}"] == ("○ mc1", "", "")
    assert listed["of:cache"] == ("○ the cache", "", "")


def test_every_row_switches_something() -> None:
    for key in texts():
        if key != "of:cache":
            assert panels.switched(FIRST_CHOICE, key) != FIRST_CHOICE
            assert panels.only(FIRST_CHOICE, key) != FIRST_CHOICE
    assert panels.switched(FIRST_CHOICE.of_each(), "of:cache").of is Of.CACHE


def test_enter_shows_one_alone() -> None:
    assert panels.only(FIRST_CHOICE, "items").on == {"items"}
    assert panels.only(FIRST_CHOICE, "group:auth").on == {"auth_cmds_rate", "auth_errors_rate"}


def test_what_no_counter_tells_is_said_and_what_only_has_no_value_is_a_dash() -> None:
    counters = samples.stats().counters.model_copy(update={"evictions": None})
    nothing = replace(WHOLE, stats=LiveStats(counters, samples.rates()), insight=SeriesSet(()))
    assert (texts(nothing)["eviction_rate"][-1], texts(nothing)["get_expired_rate"][-1]) == ("not told", "–")
    assert texts(replace(nothing, choice=FIRST_CHOICE.of_each()))["eviction_rate"][-1] == ""
