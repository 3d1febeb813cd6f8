"""What is wrong with a server, in a few words."""

from __future__ import annotations

from mctop.api.models.stats import Counters
from mctop.store.counters.live_rates import rates_between
from mctop.store.series.outlier import Outlier
from mctop.ui.screens.servers.panels import sentence, server_state
from mctop.ui.screens.servers.picture import Pasts
from mctop.ui.stats import HIT_RATE, LATENCY, REQUESTS, NewestStats
from tests.store.samples import counted
from tests.ui import samples


def newest(hit_rate: float | None, requests: float) -> NewestStats:
    """A server with so many requests per second, so many percent of which hit."""
    ratio = None if hit_rate is None else hit_rate / 100
    return NewestStats(samples.rates(hit_rate=ratio, requests=requests), counted(time=1, bytes=10))


WELL = newest(95, 900)
SLOW = Outlier("mc3", 4.12, 1_789_992_660 - 6_000)
NOW = 1_789_992_660


def test_silence_is_worse_than_standing_out_and_that_worse_than_a_poor_hit_rate() -> None:
    pasts = Pasts(slow=Outlier("b", 4.1, None), missing=Outlier("c", 40, None))
    states = [
        server_state("a", NewestStats(), pasts),
        server_state("b", WELL, pasts),
        server_state("c", WELL, pasts),
        server_state("d", newest(30, 1), pasts),
        server_state("e", newest(60, 1), pasts),
        server_state("f", WELL, pasts),
    ]
    assert [state.badge.text for state in states] == [
        "○ silent", "! 4.1× slow", "! −40 pt hits", "✗ poor", "◆ fair", "✓ good",
    ]  # fmt: skip
    assert sorted(states, key=lambda state: state.weight, reverse=True) == states


def test_a_server_that_nobody_asks_anything_is_not_in_server_state() -> None:
    state = server_state("a", newest(None, 0), Pasts())
    assert state.badge.text == "· no lookups"
    assert state.weight == (0, 0)


def test_a_server_that_tells_little_is_neither_silent_nor_without_lookups() -> None:
    told = Counters(time=5, curr_connections=5, total_connections=9)
    rates = rates_between(told.model_copy(update={"time": 0}), told)
    state = server_state("a", NewestStats(rates, told), Pasts())
    assert (state.badge.text, state.weight) == ("· hits not told", (0, 0))


def test_a_little_less_hit_rate_does_not_move_a_server_and_among_good_ones_nothing_does() -> None:
    for rates in ((81, 92.5, 100), (61, 62, 64), (21, 22.5, 24)):
        assert len({server_state("a", newest(rate, 1), Pasts()).weight for rate in rates}) == 1
    fair, worse = (server_state("a", newest(rate, 1), Pasts()).weight for rate in (79, 51))
    assert worse > fair


def test_who_stands_out_is_said_with_how_much_and_since_when() -> None:
    assert sentence(SLOW, "mc3", LATENCY, window=21_600, now=NOW) == (
        "mc3 4.1× the median latency since 10:31 · 1h 40m ago",
        "mc3 4.1× the median since 10:31",
        "mc3 4.1× the median",
    )


def test_who_stood_out_before_the_window_began_does_so_for_all_of_it() -> None:
    longest, *_ = sentence(Outlier("mc3", 123.4, None), "mc3", LATENCY, window=21_600, now=NOW)
    assert longest == "mc3 123× the median latency for 6h or longer"


def test_many_requests_are_told_in_times_and_are_worse_than_a_fair_hit_rate_alone() -> None:
    longest, *_ = sentence(Outlier("mc3", 2.24, NOW - 60), "mc3", REQUESTS, window=21_600, now=NOW)
    assert longest == "mc3 2.2× the median requests since 12:10 · 1m ago"
    pasts = Pasts(busy=Outlier("b", 2.24, None))
    fair, busy = newest(60, 1), server_state("b", WELL, pasts)
    assert busy.badge.text == "! 2.2× busy"
    assert server_state("a", fair, pasts).weight < busy.weight < server_state("b", newest(30, 1), pasts).weight


def test_a_hit_rate_is_told_in_points() -> None:
    longest, *_ = sentence(Outlier("mc3", 46.6, NOW - 60), "mc3", HIT_RATE, window=21_600, now=NOW)
    assert longest == "mc3 47 points below the median hit rate since 12:10 · 1m ago"
