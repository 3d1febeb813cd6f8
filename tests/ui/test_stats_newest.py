"""The newest values of stats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.screens.overview.picture import OverviewPicture
from mctop.ui.stats import CONNECTIONS, HIT_RATE, LIMIT, MEMORY, REQUESTS, STATS, NewestStats
from tests.ui import samples
from tests.ui.screens.overview.pictures import full


def test_live_rates_and_gauges_come_from_the_counters() -> None:
    newest = full().newest
    assert (newest.window, newest.value(REQUESTS), newest.value(CONNECTIONS)) == (5.0, 3412.4, 412)
    assert newest.value(HIT_RATE) == pytest.approx(93.4)


def test_until_two_samples_agree_the_rates_are_those_of_the_last_minute_and_the_gauges_are_live() -> None:
    newest = replace(full(), stats=replace(samples.stats(), rates=None)).newest
    assert newest.window == 60
    assert newest.value(CONNECTIONS) == 412
    assert newest.value(HIT_RATE) == pytest.approx(92.6, abs=0.5)


def test_without_counters_everything_is_of_the_last_minute() -> None:
    newest = replace(full(), stats=None).newest
    assert newest.value(MEMORY) == pytest.approx(715 * samples.MIB, rel=0.01)
    assert newest.value(LIMIT) == pytest.approx(1126.4 * samples.MIB, rel=0.01)


def test_without_traffic_there_is_no_hit_rate_though_the_last_minute_had_one() -> None:
    assert replace(full(), stats=samples.stats(hit_rate=None)).newest.value(HIT_RATE) is None


def test_a_ratio_waits_until_the_scale_is_known_and_nothing_else_does() -> None:
    newest = replace(full(), stats=None, scale=RatioScale.UNKNOWN).newest
    assert newest.value(HIT_RATE) is None
    assert newest.value(REQUESTS) is not None


def test_nothing_known_is_nothing() -> None:
    assert OverviewPicture().newest == NewestStats()
    assert {NewestStats().value(stat) for stat in STATS.values()} == {None}
