"""Samples of the counters, one after the other."""

from mctop.api.models.stats import Counters, ServerCounters, Stats, add_up
from mctop.store.counters.live_rates import (
    HISTORY,
    LiveStats,
    advance,
    restarted_servers,
    stamped,
    was_flushed,
    was_reset,
)
from tests.store.samples import NOON, stats


def server(name: str, time: int, **counters: int) -> ServerCounters:
    return ServerCounters(server=name, counters=Counters(time=time, **counters))


def after(*samples: tuple[int, int]) -> LiveStats:
    """Live stats after samples of (seconds since noon, gets)."""
    live = None
    for time, gets in samples:
        live = advance(live, stats(NOON + time, cmd_get=gets), None)
    assert live is not None
    return live


def two_servers() -> LiveStats:
    """Live stats after one sample of two servers."""
    return advance(
        None, stats(cmd_get=30, servers=(server("a", NOON, cmd_get=10), server("b", NOON, cmd_get=20))), None
    )


def test_the_first_sample_gives_no_rates() -> None:
    live = after((0, 1_000_000))
    assert live.rates is None
    assert live.history == ()


def test_two_samples_give_rates_and_begin_a_history() -> None:
    live = after((0, 100), (5, 200))
    assert live.rates is not None
    assert live.rates.gets == 20
    assert live.history == (live.rates,)


def test_a_sample_of_the_same_second_changes_nothing() -> None:
    held = after((0, 100), (5, 200))
    assert advance(held, stats(NOON + 5, cmd_get=999), None) is held


def test_after_a_reset_there_are_no_rates_once_and_the_history_stays() -> None:
    held = after((0, 100), (5, 200))
    reset = advance(held, stats(NOON + 10, cmd_get=3), None)
    assert reset.rates is None
    assert reset.history == held.history
    again = advance(reset, stats(NOON + 15, cmd_get=53), None)
    assert again.rates is not None
    assert again.rates.gets == 10


def test_a_server_clock_that_is_set_back_costs_one_sample() -> None:
    held = after((0, 100), (5, 200))
    back = advance(held, stats(NOON - 3600, cmd_get=300), None)
    assert back.rates is None
    again = advance(back, stats(NOON - 3595, cmd_get=400), None)
    assert again.rates is not None
    assert again.history == (again.rates,)


def test_the_history_holds_fifteen_minutes() -> None:
    live = after(*((second, second) for second in range(0, 2000, 5)))
    assert len(live.history) == HISTORY / 5
    assert live.history[-1].time - live.history[0].time < HISTORY


def test_each_server_has_rates_of_its_own() -> None:
    first = stats(servers=(server("a", NOON, cmd_get=10), server("b", NOON, cmd_get=20)))
    second = stats(NOON + 5, servers=(server("a", NOON + 5, cmd_get=20), server("b", NOON + 5, cmd_get=20)))
    live = advance(advance(None, first, None), second, None)
    assert [(now.server, now.rates and now.rates.gets) for now in live.servers] == [("a", 2), ("b", 0)]


def test_one_server_that_restarted_takes_the_rates_of_the_cache_with_it_for_one_sample() -> None:
    held = two_servers()
    restarted = (server("a", NOON + 5, cmd_get=1), server("b", NOON + 5, cmd_get=520))
    sample = stats(NOON + 5, cmd_get=521, servers=restarted)
    live = advance(held, sample, None)
    assert was_reset(held, sample)
    assert live.rates is None
    assert live.servers[0].rates is None
    assert live.servers[1].rates is not None


def test_a_server_that_is_missing_from_one_answer_is_no_reset() -> None:
    held = two_servers()
    sample = stats(NOON + 5, cmd_get=12, servers=(server("a", NOON + 5, cmd_get=12),))
    assert not was_reset(held, sample)
    assert advance(held, sample, None).rates is None


def test_a_flush_shows_in_its_counter_and_a_reset_is_none() -> None:
    held = after((0, 100))
    assert was_flushed(held, stats(NOON + 5, cmd_get=100, cmd_flush=1))
    assert not was_flushed(held, stats(NOON + 5, cmd_get=100))
    assert not was_flushed(held, stats(NOON + 5, cmd_get=0, cmd_flush=1))


def test_a_sample_without_a_time_is_given_this_machines() -> None:
    untimed = stats(0, servers=(server("a", 0), server("b", NOON)))
    timed = stamped(untimed, NOON + 0.7)
    assert timed.total.time == NOON
    assert [one.counters.time for one in timed.servers] == [NOON, NOON]


def test_a_server_that_was_away_and_came_back_as_another_process_has_restarted() -> None:
    def told(time: int, *rows: ServerCounters) -> Stats:
        return stats(time, servers=rows)

    both = advance(None, told(NOON, server("a", NOON, pid=1, uptime=99), server("b", NOON, pid=2, uptime=99)), None)
    alone = advance(both, told(NOON + 5, server("a", NOON + 5, pid=1, uptime=104)), None)
    assert [now.server for now in alone.gone] == ["b"]
    back = told(NOON + 60, server("a", NOON + 60, pid=1, uptime=159), server("b", NOON + 60, pid=7, uptime=20))
    assert restarted_servers(alone, back) == ("b",)
    assert advance(alone, back, None).gone == ()


def test_what_one_of_the_servers_does_not_tell_is_not_known_of_all() -> None:
    counted_by_both = {"get_hits": 9, "get_misses": 1, "cas_hits": 0, "cas_misses": 0}
    first, second = ({name: value * times for name, value in counted_by_both.items()} for times in (1, 2))
    live = None
    for time, counters in ((NOON, first), (NOON + 5, second)):
        rows = (server("a", time, evictions=5, **counters), server("b", time, **counters))
        live = advance(live, Stats(total=add_up(tuple(row.counters for row in rows)), servers=rows), None)
    assert live is not None
    assert live.rates is not None
    assert (live.counters.evictions, live.rates.evictions, live.rates.requests) == (None, None, None)
    assert (live.rates.hit_rate, live.rates.lookups) == (0.9, 4.0)
    assert live.servers[0].rates is not None
    assert live.servers[0].rates.evictions == 0
