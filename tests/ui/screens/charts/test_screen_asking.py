"""What the charts ask the API for."""

from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.ui.screens.charts.picture import FIRST_CHOICE, Earlier
from mctop.ui.screens.charts.screen import NOTHING, wants
from mctop.ui.stats import LATENCY

NOW = 1_790_000_000.0
KNOWN = RatioScale.FRACTION
DAY = 86_400


def test_only_the_stats_that_are_on_are_asked_for() -> None:
    asked = wants(FIRST_CHOICE, TimeWindow(), KNOWN, NOW)
    assert asked.insight.names == FIRST_CHOICE.on
    assert {*asked} - {asked.insight} == {NOTHING}


def test_what_tells_the_scale_is_asked_for_until_it_is_known() -> None:
    assert wants(FIRST_CHOICE, TimeWindow(), RatioScale.UNKNOWN, NOW).insight.names >= FRACTIONS
    memory = FIRST_CHOICE.only(frozenset({"bytes"}))
    assert wants(memory, TimeWindow(), RatioScale.UNKNOWN, NOW).insight.names == {"bytes"}


def test_latency_comes_from_its_own_endpoint() -> None:
    asked = wants(FIRST_CHOICE.only(frozenset({LATENCY.id})), TimeWindow(), KNOWN, NOW)
    assert asked.insight == NOTHING
    assert asked.latency.names == {LATENCY.id}


def test_servers_are_asked_for_in_place_of_the_cache() -> None:
    for choice in (FIRST_CHOICE.of_each(), FIRST_CHOICE.of_server("a:1")):
        asked = wants(choice, TimeWindow(), KNOWN, NOW)
        assert asked.insight == NOTHING
        assert asked.per_server.names == FIRST_CHOICE.on


def test_a_window_that_lies_in_the_past_is_asked_for_where_it_lies() -> None:
    asked = wants(FIRST_CHOICE, TimeWindow(300, NOW - DAY), KNOWN, NOW).insight
    assert (asked.seconds, asked.end) == (300, NOW - DAY)


def test_a_ghost_is_asked_for_anew_only_when_the_window_has_moved_by_something_one_can_see() -> None:
    before = FIRST_CHOICE.__class__(earlier=Earlier.WEEK)
    ends = {wants(before, TimeWindow(6 * 3_600), KNOWN, NOW + second).before.end for second in range(0, 600, 5)}
    assert len(ends) <= 6
    assert all(end is not None and 0 <= end - (NOW - 7 * DAY) < 600 + 150 for end in ends)


def test_comparing_servers_has_no_ghosts_but_one_server_has() -> None:
    before = FIRST_CHOICE.__class__(earlier=Earlier.DAY)
    assert wants(before.of_each(), TimeWindow(), KNOWN, NOW).per_server_before == NOTHING
    assert wants(before.of_server("a:1"), TimeWindow(), KNOWN, NOW).per_server_before.names == before.on
