"""Two samples of counters, and what was done between them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mctop.api.models.formulas import STATS, Gauge
from mctop.api.models.process import has_restarted
from mctop.service.memcached.protocol.counters import COUNTED, LONGEST, SHOWN, Delta, ServerSample, delta
from mctop.service.memcached.protocol.replies import MOST

RAW = tuple("get_expired" if name == "expired" else name for name in COUNTED)
ADDED = tuple(name for name in COUNTED if name != "cmd_set")
OLD = ServerSample(dict.fromkeys((*RAW, *SHOWN), 1_000), pid=1, uptime=500, at=10_000.0)

counters = some.fixed_dictionaries({name: some.integers(0, 2**70) for name in RAW})


def later(seconds: float = 5.0, **changed: int) -> ServerSample:
    return replace(OLD, counters={**OLD.counters, **changed}, uptime=500 + int(seconds), at=OLD.at + seconds)


def counts(done: Delta | None) -> dict[str, int | None]:
    assert done is not None
    return dict(zip(COUNTED, done.counts, strict=True))


def test_every_stat_is_made_of_what_is_counted_and_shown() -> None:
    shown = {stat.counter for stat in STATS.values() if isinstance(stat, Gauge)}
    assert shown == set(SHOWN)
    assert len(COUNTED) == 22


def test_a_delta_is_what_was_added_in_the_time_between() -> None:
    done = delta(OLD, later(get_hits=1_090, evictions=1_001, bytes=5))
    assert done is not None
    assert (done.seconds, done.at) == (5.0, OLD.at + 2.5)
    assert counts(done) == {**dict.fromkeys(COUNTED, 0), "get_hits": 90, "evictions": 1}
    assert dict(zip(SHOWN, done.gauges, strict=True))["bytes"] == 5


def test_a_set_is_no_cas() -> None:
    assert counts(delta(OLD, later(cmd_set=1_010, cas_hits=1_003, cas_badval=1_002)))["cmd_set"] == 5
    assert counts(delta(OLD, later(cas_misses=1_002)))["cmd_set"] == 0, "counted a moment apart"


def test_a_server_that_does_not_count_expiries_counts_none_of_them() -> None:
    without = {name: value for name, value in OLD.counters.items() if name != "get_expired"}
    old, new = replace(OLD, counters=without), replace(later(), counters=without)
    assert counts(delta(old, new))["expired"] is None
    assert counts(delta(OLD, later(get_expired=1_004)))["expired"] == 4


@pytest.mark.parametrize(("pid", "uptime"), [(2, 3), (1, 3), (2, 900)])
def test_a_restarted_server_did_all_that_it_counts(pid: int, uptime: int) -> None:
    done = delta(OLD, replace(later(10, get_hits=1_500), pid=pid, uptime=uptime))
    assert counts(done)["get_hits"] == 1_500
    assert done is not None
    assert done.seconds == min(uptime, 10)
    assert done.at + done.seconds / 2 == OLD.at + 10


def test_a_server_that_was_away_for_long_is_counted_since_it_is_back() -> None:
    young = replace(OLD, uptime=2)
    done = delta(young, replace(later(3_600), counters={"get_hits": 1_040, "get_misses": 0}, uptime=4))
    assert counts(done)["get_hits"] == 1_040
    assert done is not None
    assert done.seconds == 4, "the same pid and a longer uptime, but not as long as it was away"


@pytest.mark.parametrize("seconds", [LONGEST + 1, 86_400.0, 0.0, -5.0])
def test_what_nobody_saw_is_a_gap(seconds: float) -> None:
    assert delta(OLD, later(seconds, get_hits=10**9)) is None


def test_a_counter_that_went_down_was_reset() -> None:
    done = counts(delta(OLD, later(get_hits=30, get_misses=0)))
    assert (done["get_hits"], done["get_misses"], done["evictions"]) == (30, 0, 0)


def test_what_a_server_does_not_tell_is_unknown_and_hits_without_misses_too() -> None:
    told = {"get_hits": 1_000, "cmd_set": 7, "curr_items": 3}
    done = delta(replace(OLD, counters=told), replace(later(), counters={**told, "get_hits": 1_090, "cmd_set": 9}))
    assert {name: count for name, count in counts(done).items() if count is not None} == {"cmd_set": 2}
    assert done is not None
    assert dict(zip(SHOWN, done.gauges, strict=True)) == {**dict.fromkeys(SHOWN), "curr_items": 3}


def test_a_counter_that_is_told_all_of_a_sudden_has_not_risen_by_all_that_it_counts() -> None:
    old = replace(OLD, counters={name: value for name, value in OLD.counters.items() if name != "evictions"})
    assert counts(delta(old, later(evictions=10**9)))["evictions"] is None


@pytest.mark.parametrize(
    ("old", "new", "is_restart"),
    [
        ((1, 500), (1, 505), False),
        ((1, 500), (2, 505), True),
        ((1, 500), (1, 3), True),
        ((1, None), (1, None), False),
        ((1, None), (2, None), True),
        ((None, 500), (None, 505), False),
        ((None, 500), (7, 3), True),
        ((1, 500), (2, None), True),
        ((1, 500), (1, None), False),
    ],
)
def test_a_restart_is_told_by_whatever_the_server_tells(
    old: tuple[int | None, int | None], new: tuple[int | None, int | None], is_restart: bool
) -> None:
    before = replace(OLD, pid=old[0], uptime=old[1])
    after = replace(later(), pid=new[0], uptime=new[1])
    assert bool(has_restarted(before, after, after.at - before.at)) is is_restart
    assert delta(before, replace(later(), pid=new[0], uptime=new[1])) is not None


@given(counters, counters, some.floats(0.1, LONGEST))
def test_nothing_is_negative_nor_more_than_was_counted(
    old: dict[str, int], new: dict[str, int], seconds: float
) -> None:
    done = delta(replace(OLD, counters=old), replace(OLD, counters=new, uptime=600, at=OLD.at + seconds))
    for name, raw, count in zip(COUNTED, RAW, counts(done).values(), strict=True):
        pair = raw.removesuffix("_hits").removesuffix("_misses")
        group = (f"{pair}_hits", f"{pair}_misses") if f"{pair}_hits" in RAW and pair != raw else (raw,)
        rises = [new[member] - old[member] if new[member] >= old[member] else new[member] for member in group]
        assert (count is None) == (max(rises) > MOST), "nonsense is unknown, and whoever hits without misses"
        assert count is None or 0 <= count <= new[raw], name


@given(some.lists(some.fixed_dictionaries({name: some.integers(0, 999) for name in RAW}), min_size=1, max_size=9))
def test_deltas_of_a_server_add_up_to_what_it_counted(steps: list[dict[str, int]]) -> None:
    samples = [OLD]
    for step in steps:
        grown = {name: samples[-1].counters[name] + step[name] for name in RAW}
        samples.append(replace(samples[-1], counters=grown, uptime=500 + 5 * len(samples), at=samples[-1].at + 5))
    done = [counts(delta(old, new)) for old, new in pairwise(samples)]
    for name, raw in zip(COUNTED, RAW, strict=True):
        if name in ADDED:
            assert sum(one[name] or 0 for one in done) == samples[-1].counters[raw] - OLD.counters[raw]
