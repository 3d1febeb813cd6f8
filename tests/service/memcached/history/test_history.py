"""What is sampled is told, at once and after a restart, at every granularity."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from shutil import copytree
from time import process_time
from typing import TYPE_CHECKING

import pytest

from mctop.api.models.series import DAY
from mctop.service.base.backend import BucketSpan
from mctop.service.memcached.history.history import MemcachedHistory, PrefixMinute
from mctop.service.memcached.protocol.counters import ServerSample
from tests.service.memcached.history.servers import HOUR, NAMES, POLL, START, Server, Watch, values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MINUTE = 60


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.sqlite"


def opened(file: Path | None, *servers: Server) -> Watch:
    history = MemcachedHistory(file, NAMES)
    return Watch(history, servers) if servers else Watch(history)


def test_the_running_minute_is_told_while_it_runs() -> None:
    watch = opened(None)
    watch.poll(START, START + MINUTE + 11)
    assert watch.cache("get_rate", START - MINUTE, START + 3 * MINUTE) == (None, 300.0, 300.0, None)
    assert watch.cache("bytes", START, START + MINUTE) == (2 * (MINUTE - POLL + POLL),)
    assert watch.cache("get_hit_rate", START, START + MINUTE) == (0.9,)


def test_servers_are_told_one_by_one_and_a_silent_one_as_gaps() -> None:
    watch = opened(None, Server(NAMES[0]))
    watch.poll(START, START + MINUTE)
    series = watch.history.processed_per_server(("get_rate", "items"), BucketSpan(START, START + 2 * MINUTE, MINUTE))
    assert [(one.stat, one.server) for one in series] == [
        (stat, name) for name in NAMES for stat in ("get_rate", "items")
    ]
    assert values(series, "get_rate", "a:1") == (100.0, None)
    assert values(series, "get_rate", "b:1") == (None, None)


def test_a_restart_continues_the_history_and_leaves_a_gap(file: Path) -> None:
    first = opened(file)
    first.poll(START, START + 5 * MINUTE + 30)
    first.history.close()
    second = opened(file)
    assert second.history.degraded == ""
    assert second.cache("get_rate", START, START + 6 * MINUTE) == (300.0,) * 6
    second.poll(START + 5 * MINUTE + 40, START + 6 * MINUTE)
    second.poll(START + 8 * MINUTE, START + 10 * MINUTE)
    second.history.close()
    third = opened(file)
    assert third.cache("get_rate", START, START + 10 * MINUTE) == (*(300.0,) * 6, None, None, 300.0, 300.0)
    assert third.cache("get_rate", START, START + HOUR, HOUR) == pytest.approx((300.0,))


def test_every_granularity_says_the_same(file: Path) -> None:
    """The file's hours, the file's minutes and what is not in the file yet are one history."""
    draw, done = random.Random(5), dict.fromkeys(NAMES, 0)
    watch = opened(file)
    for time in range(START, START + 2 * HOUR + 100, POLL):
        if time % 1_000 < 700:
            for server in watch.servers:
                done[server.name] += draw.randrange(1_000)
                sample = server.at(time)
                raw = {**sample.counters, "get_hits": done[server.name]}
                watch.history.sample(server.name, type(sample)(raw, sample.pid, sample.uptime, sample.at))
    history, day = watch.history, START // 86_400 * 86_400
    for step in (600, HOUR, 86_400):
        span = BucketSpan(START, START + 2 * HOUR, step) if step < 86_400 else BucketSpan(day, day + 86_400, step)
        for owner in (None, *NAMES):
            fine, long = (
                history.processed(("get_rate", "get_hit_rate"), one)
                if owner is None
                else history.processed_per_server(("get_rate", "get_hit_rate"), one)
                for one in (BucketSpan(span.start, span.end, MINUTE), span)
            )
            seconds = watched(span.start, span.end)
            rates, coarse = values(fine, "get_rate", owner), values(long, "get_rate", owner)
            for place, rate in enumerate(coarse):
                part = slice(place * step // MINUTE, (place + 1) * step // MINUTE)
                pairs = [(r, s) for r, s in zip(rates[part], seconds[part], strict=True) if r is not None]
                assert rate == (
                    pytest.approx(sum(r * s for r, s in pairs) / sum(s for _, s in pairs)) if pairs else None
                )


def watched(start: int, end: int) -> list[int]:
    """The seconds of each minute that lie between two polls which are not far apart."""
    polls = [time for time in range(START, START + 2 * HOUR + 100, POLL) if time % 1_000 < 700]
    seconds = dict.fromkeys(range(start, end, MINUTE), 0)
    for before, after in pairwise(polls):
        minute = (before + after) // 2 // MINUTE * MINUTE
        if after - before == POLL and minute in seconds:
            seconds[minute] += POLL
    return list(seconds.values())


def test_a_server_that_was_away_for_a_part_of_a_minute_did_nothing_then() -> None:
    history = MemcachedHistory(None, NAMES)
    steady, brief = Server(NAMES[0]), Server(NAMES[1])
    Watch(history, (steady, brief)).poll(START, START + 31)
    Watch(history, (steady,)).poll(START + 35, START + MINUTE + 1)
    assert Watch(history).cache("get_rate", START, START + MINUTE) == pytest.approx((150.0,))


def test_a_restarted_server_leaves_no_spike() -> None:
    watch = opened(None, Server(NAMES[0]))
    watch.poll(START, START + 2 * MINUTE)
    watch.servers = (Server(NAMES[0], pid=8, started=START + 2 * MINUTE + 20),)
    watch.poll(START + 2 * MINUTE + 25, START + 4 * MINUTE)
    assert watch.cache("get_rate", START, START + 4 * MINUTE) == (100.0,) * 4


def test_a_line_that_makes_no_sense_once_costs_no_work() -> None:
    history, server = MemcachedHistory(None, NAMES), Server(NAMES[0])
    for time in range(START, START + 2 * MINUTE, POLL):
        told = server.at(time)
        without = {name: value for name, value in told.counters.items() if name not in ("get_hits", "bytes")}
        history.sample(NAMES[0], replace(told, counters=without) if time == START + 6 * POLL else told)
    watch = Watch(history)
    whole = opened(None, server)
    whole.poll(START, START + 2 * MINUTE)
    for stat in ("get_rate", "hit_rate", "bytes", "eviction_rate"):
        assert watch.cache(stat, START, START + 2 * MINUTE) == pytest.approx(
            whole.cache(stat, START, START + 2 * MINUTE)
        )


def test_what_one_of_the_servers_never_tells_is_no_series_of_the_cache() -> None:
    history = MemcachedHistory(None, NAMES)
    for time in range(START, START + MINUTE + POLL, POLL):
        told, less = Server(NAMES[0]).at(time), Server(NAMES[1]).at(time)
        history.sample(NAMES[0], told)
        without = {name: value for name, value in less.counters.items() if name != "evictions"}
        history.sample(NAMES[1], replace(less, counters=without))
    assert Watch(history).cache("eviction_rate", START, START + MINUTE) == (None,)
    assert Watch(history).cache("get_rate", START, START + MINUTE) != (None,)


def test_nonsense_of_a_server_is_survived() -> None:
    history = MemcachedHistory(None, NAMES)
    for time in range(START, START + 5 * MINUTE, POLL):
        sane = Server(NAMES[0]).at(time)
        wild = dict.fromkeys(sane.counters, 2**200 * (1 + time % 2))
        history.sample(NAMES[0], ServerSample(wild, sane.pid, sane.uptime, sane.at))
    assert len(Watch(history).cache("get_rate", START, START + HOUR, HOUR)) == 1
    assert history.degraded == ""


def test_a_day_by_the_minute_is_told_at_once(file: Path) -> None:
    watch = opened(file)
    watch.poll(START, START + 86_400, step=15)
    start = process_time()
    said = watch.history.processed(("get_rate", "hit_rate", "bytes"), BucketSpan(START, START + 86_400, MINUTE))
    assert process_time() - start < 0.5, "10 ms on the machine it was written on"
    assert len(said) == 3
    assert set(said[0].values) == {300.0}


def test_latency_is_the_mean_of_its_probes(file: Path) -> None:
    history = opened(file).history
    for number in range(90):
        history.latency("a:1", START + number * 20, 1_000.0 * (number % 3 + 1))
    fine, long = (
        values(history.latency_series(BucketSpan(START, START + 600, step)), "duration", "a:1") for step in (20, 600)
    )
    assert fine[:3] == (1_000.0, 2_000.0, 3_000.0)
    assert long == (2_000.0,)
    history.close()
    again = MemcachedHistory(file, NAMES).latency_series(BucketSpan(START, START + 2 * HOUR, HOUR))
    assert values(again, "duration", "a:1") == (2_000.0, None)
    assert values(again, "duration", "b:1") == (None, None)


def test_prefixes_are_told_and_the_prefix_of_every_key_by_the_counters(file: Path) -> None:
    watch = opened(file)
    watch.poll(START, START + MINUTE)
    for minute in range(START, START + HOUR, MINUTE):
        watch.history.prefix("user:", minute, PrefixMinute(60.0, 600.0, 60.0, None, minute - START, 5_000))
    span = BucketSpan(START, START + HOUR, 600)
    for history in before_and_after_a_restart(watch.history, file):
        said = history.prefix_stats("user:", span)
        assert values(said, "total_hits_rate") == (10.0,) * 6
        assert values(said, "total_misses_rate") == (1.0,) * 6
        assert values(said, "total_mutations_rate") == (None,) * 6
        assert values(said, "num_keys") == (540, 1_140, 1_740, 2_340, 2_940, 3_540)
        assert set(values(history.prefix_stats("other:", span), "num_keys")) == {None}
        whole = history.prefix_stats("", span)
        assert values(whole, "total_hits_rate")[0] == pytest.approx(273.0)
        assert values(whole, "num_keys")[0] == 3


def before_and_after_a_restart(history: MemcachedHistory, file: Path) -> Iterator[MemcachedHistory]:
    yield history
    history.close()
    yield MemcachedHistory(file, NAMES)


def test_counters_are_kept_each_half_hour(file: Path) -> None:
    watch = opened(file, Server(NAMES[0]))
    watch.poll(START, START + HOUR + MINUTE)
    watch.history.close()
    rows = MemcachedHistory(file, NAMES).kept_counters()
    assert [row.time - START for row in rows] == pytest.approx([0, 1_800, 3_600], abs=0.1)
    assert {row.server for row in rows} == {"a"}
    assert rows[1].stats.get_hits == Server(NAMES[0]).at(START + 1_800).counters["get_hits"]


def test_hours_outlive_their_minutes(file: Path) -> None:
    watch, later = opened(file), START + 9 * DAY
    watch.poll(START, START + HOUR)
    watch.poll(later, later + 3 * MINUTE)
    assert set(watch.cache("get_rate", START, START + HOUR)) == {None}
    assert watch.cache("get_rate", START, START + HOUR, HOUR) == pytest.approx((300.0,))


def test_a_crash_and_a_clock_that_is_put_back_lose_a_minute_at_most(file: Path, tmp_path: Path) -> None:
    watch = opened(file, Server(NAMES[0], weight=3, started=START - 2 * HOUR))
    watch.poll(START, START + 3 * MINUTE)
    watch.poll(START - HOUR, START - HOUR + 3 * MINUTE)
    assert watch.cache("get_rate", START - HOUR, START - HOUR + 3 * MINUTE) == (300.0,) * 3
    copytree(file.parent, tmp_path / "crashed")
    crashed = opened(tmp_path / "crashed" / file.name)
    assert crashed.history.degraded == ""
    assert crashed.cache("get_rate", START, START + 3 * MINUTE) == (300.0, 300.0, None)
    assert crashed.cache("get_rate", START - HOUR, START - HOUR + 3 * MINUTE) == (300.0, 300.0, None)
