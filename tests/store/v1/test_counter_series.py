"""Series made of counters agree with the counters, and with what the API itself makes of them."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mctop.api.models.formulas import STATS, Gauge
from mctop.service.base.backend import BucketSpan
from mctop.store.v1.counter_series import ServerSamples, series_of
from tests.service.simulation.stage import DAY, HOUR, START, Stage, answer
from tests.store.samples import counted

if TYPE_CHECKING:
    from mctop.api.models.stats import Counters

NOON = 1_700_006_400
steps = some.lists(some.tuples(some.floats(0.5, 4_000), some.integers(0, 10**6)), min_size=2, max_size=30)


def sampled(*rows: tuple[float, dict[str, int]]) -> ServerSamples:
    """A server with these counters, seconds after noon."""
    return ServerSamples((NOON + after, counted(**counters)) for after, counters in rows)


def values(servers: dict[str, ServerSamples], stat: str, minutes: int) -> tuple[float | None, ...]:
    """A stat of the cache in each of the minutes after noon."""
    (one,) = series_of(servers, (stat,), NOON, NOON + 60 * minutes, each=False).series
    assert one.times == tuple(range(NOON, NOON + 60 * minutes, 60))
    return one.values


@settings(max_examples=60)
@given(steps, some.sampled_from([60, 600, 3_600]))
def test_the_rates_integrate_back_to_the_counters(taken: list[tuple[float, int]], step: int) -> None:
    times = [NOON + after for after in accumulate(seconds for seconds, _ in taken)]
    counts = list(accumulate(gain for _, gain in taken))
    taken_samples = ServerSamples((time, counted(cmd_set=count)) for time, count in zip(times, counts, strict=True))
    first, last = taken_samples.samples[0], taken_samples.samples[-1]
    edges = range(NOON, int(times[-1]) + 2 * step, step)
    gained = sum(
        rate * (min(end, last[0]) - max(start, first[0]))
        for rate, (start, end) in zip(taken_samples.rates(("cmd_set",), edges), pairwise(edges), strict=True)
        if rate is not None
    )
    assert gained == pytest.approx((last[1].cmd_set or 0) - (first[1].cmd_set or 0))
    assert last[1].cmd_set == counts[-1]


@settings(max_examples=60)
@given(some.lists(some.integers(0, 100), min_size=2, max_size=20), some.integers(1, 120))
def test_no_rate_is_negative_whatever_was_reset_when(counts: list[int], every: int) -> None:
    counted = sampled(*((place * every, {"cmd_get": count}) for place, count in enumerate(counts)))
    edges = range(NOON, NOON + len(counts) * every + 60, 60)
    assert all(rate is None or rate >= 0 for rate in counted.rates(("cmd_get",), edges))


def test_what_a_reset_swallowed_is_a_gap_of_the_server_and_of_the_cache() -> None:
    steady = sampled((0, {"cmd_set": 0}), (240, {"cmd_set": 2_400}))
    reset = sampled((0, {"cmd_set": 600}), (60, {"cmd_set": 1_200}), (180, {"cmd_set": 7}), (240, {"cmd_set": 607}))
    assert values({"a": reset}, "set_rate", 4) == (10, None, None, 10)
    assert values({"a": reset, "b": steady}, "set_rate", 4) == (20, None, None, 20)


def test_a_server_counts_no_longer_than_it_was_there() -> None:
    gone = sampled((0, {"cmd_set": 0, "bytes": 5}), (120, {"cmd_set": 120, "bytes": 5}))
    new = sampled((60, {"cmd_set": 0, "bytes": 7}), (240, {"cmd_set": 360, "bytes": 8}))
    servers = {"a": gone, "b": new}
    assert values(servers, "set_rate", 5) == (1, 3, 2, 2, None)
    assert values(servers, "bytes", 5) == (5, 12, 7, 8, None)


def test_ratios_of_the_cache_are_the_sum_over_the_sum() -> None:
    servers = {
        "a": sampled((0, {}), (60, {"get_hits": 90, "get_misses": 10})),
        "b": sampled((0, {}), (60, {"get_hits": 0, "get_misses": 900})),
        "c": sampled((0, {}), (60, {})),
    }
    assert values(servers, "get_hit_rate", 1) == (0.09,)
    assert values({"c": servers["c"]}, "get_hit_rate", 1) == (None,)


def test_samples_of_every_few_seconds_are_thinned_and_nothing_of_their_gain_is_lost() -> None:
    counted = sampled(*((after, {"cmd_set": after * 10}) for after in range(0, 601, 5)))
    assert len(counted.samples) <= 2 * 11
    assert counted.rates(("cmd_set",), range(NOON, NOON + 601, 60)) == pytest.approx([10.0] * 10)


def test_an_older_sample_than_the_newest_changes_nothing() -> None:
    samples = sampled((0, {"cmd_set": 0}), (60, {"cmd_set": 60}))
    samples.add(NOON + 30, counted(cmd_set=9_999))
    assert samples.rates(("cmd_set",), range(NOON, NOON + 61, 60)) == [1]


@pytest.mark.parametrize("scenario", ["steady", "restart"])
def test_hours_made_of_a_simulated_cache_s_history_are_those_that_it_tells_itself(scenario: str) -> None:
    stage = Stage(scenario)
    end = int(START // HOUR) * HOUR - HOUR
    ours: dict[str, list[tuple[float, Counters]]] = {}
    for row in stage.simulation.past_counters():
        ours.setdefault(f"{row.server}:11211", []).append((row.time, row.stats))
    start = end - 8 * DAY
    made = series_of({name: ServerSamples(rows) for name, rows in ours.items()}, list(STATS), start, end, each=True)
    told = answer(stage.simulation.processed_per_server(list(STATS), BucketSpan(start, end, HOUR)))
    found = {(one.server, one.stat): one for one in made.series}
    for theirs in told:
        mine = found[theirs.server, theirs.stat]
        assert mine.times == theirs.times
        exactly = 0 if isinstance(STATS[theirs.stat], Gauge) else 1e-3
        assert mine.values == pytest.approx(theirs.values, abs=exactly, rel=1e-3), theirs.stat
