"""Rates between two samples."""

from dataclasses import asdict

import pytest

from mctop.api.models.stats import Counters
from mctop.store.counters.live_rates import Rates, rates_between, recent_hit_rate, went_down
from tests.store.samples import counted


def between(elapsed: float | None = None, seconds: int = 5, **after: int) -> Rates | None:
    return rates_between(counted(time=1000), counted(time=1000 + seconds, **after), elapsed)


def test_a_rate_is_the_difference_over_the_seconds_of_the_servers_clock() -> None:
    rates = between(cmd_get=500, cmd_set=100, evictions=10, total_connections=5, bytes_read=1000, bytes_written=50)
    assert rates is not None
    assert (rates.time, rates.window) == (1005, 5)
    assert (rates.gets, rates.sets, rates.evictions) == (100, 20, 2)
    assert (rates.connections, rates.read, rates.written) == (1, 200, 10)


def test_requests_count_every_command_and_not_the_noise_of_polling() -> None:
    rates = between(
        cmd_get=5, cmd_set=5, cmd_delete=5, cmd_touch=5, cmd_flush=5, incr_hits=5, decr_misses=5, cas_badval=5,
        auth_cmds=500, total_connections=500, total_items=500,
    )  # fmt: skip
    assert rates is not None
    assert rates.requests == 8


def test_a_cas_that_the_sets_hold_too_is_counted_once() -> None:
    before, after = counted(time=1000), counted(time=1005, cmd_set=15, cas_hits=5, cas_misses=3, cas_badval=2)
    rates = rates_between(before, after, sets_hold_cas=True)
    assert rates is not None
    assert (rates.requests, rates.sets, rates.cas) == (3, 1, 2)


def test_the_hit_rate_is_all_hits_over_all_hits_and_misses() -> None:
    rates = between(get_hits=60, get_misses=20, delete_hits=5, incr_hits=5, decr_misses=5, cas_misses=3, touch_hits=2)
    assert rates is not None
    assert rates.hit_rate == pytest.approx(72 / 100)
    assert rates.get_hit_rate == pytest.approx(0.75)


def test_without_traffic_there_is_no_hit_rate_rather_than_zero() -> None:
    rates = between(cmd_set=5)
    assert rates is not None
    assert rates.hit_rate is None
    assert rates.get_hit_rate is None


@pytest.mark.parametrize("seconds", [0, -3])
def test_there_are_no_rates_where_time_did_not_advance(seconds: int) -> None:
    assert between(seconds=seconds, cmd_get=5) is None


def test_there_are_no_rates_over_a_reset() -> None:
    assert rates_between(counted(time=1000, cmd_get=10), counted(time=1005, cmd_get=9)) is None


def test_a_gauge_may_fall() -> None:
    before = counted(time=9, bytes=9, curr_items=9, curr_connections=9, limit_maxbytes=9)
    assert not went_down(before, counted(time=1))
    assert went_down(counted(expired=1), counted())


def test_a_finer_clock_is_used_where_the_servers_whole_seconds_agree() -> None:
    rates = between(elapsed=4.6, seconds=5, cmd_get=460)
    assert rates is not None
    assert rates.gets == pytest.approx(100)
    assert rates.window == 4.6


def test_the_servers_clock_is_believed_where_the_two_disagree() -> None:
    rates = between(elapsed=5, seconds=60, cmd_get=600)
    assert rates is not None
    assert (rates.gets, rates.window) == (10, 60)


def test_the_recent_hit_rate_weighs_each_sample_by_its_lookups() -> None:
    def sample(time: int, hits: int, misses: int) -> Rates:
        before = counted(time=time - 5)
        after = counted(time=time, cmd_get=hits + misses, get_hits=hits, get_misses=misses)
        rates = rates_between(before, after)
        assert rates is not None
        return rates

    history = (sample(900, 0, 1000), sample(1000, 90, 10), sample(1005, 0, 300), sample(1010, 0, 0))
    assert recent_hit_rate(history) == pytest.approx(90 / 400)
    assert recent_hit_rate(history[-1:]) is None
    assert recent_hit_rate(()) is None


@pytest.mark.parametrize("missing", ["get_hits", "get_misses"])
def test_hits_without_misses_are_no_hit_rate(missing: str) -> None:
    before, after = counted(time=1000), counted(time=1005, get_hits=90, get_misses=10, delete_hits=10)
    rates = rates_between(before, after.model_copy(update={missing: None}))
    assert rates is not None
    assert (rates.hit_rate, rates.get_hit_rate, rates.lookups) == (None, None, None)


def test_the_hit_rate_is_of_the_lookups_that_are_told() -> None:
    before, after = counted(time=1000), counted(time=1005, get_hits=90, get_misses=10, delete_hits=100)
    rates = rates_between(before, after.model_copy(update={"delete_misses": None}))
    assert rates is not None
    assert (rates.hit_rate, rates.get_hit_rate, rates.lookups) == (0.9, 0.9, 20)


def test_what_is_made_of_a_counter_that_is_not_told_is_unknown_and_nothing_else() -> None:
    told = {"time": 1000, "curr_connections": 3, "total_connections": 5, "bytes_read": 10, "bytes_written": 20}
    later = {**told, "time": 1005, "total_connections": 10, "bytes_read": 60}
    rates = rates_between(Counters.model_validate(told), Counters.model_validate(later))
    assert rates is not None
    known = {name: value for name, value in asdict(rates).items() if value is not None}
    assert known == {"time": 1005, "window": 5, "connections": 1, "read": 10, "written": 0, "open": 3}
