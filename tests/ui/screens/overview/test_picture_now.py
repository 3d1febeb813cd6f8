"""What the cache does now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mctop.ui.screens.overview.picture import Now, Picture, now
from tests.ui import samples
from tests.ui.screens.overview.pictures import full


def test_live_rates_and_gauges_come_from_the_counters() -> None:
    found = now(full())
    assert (found.window, found.requests, found.connections) == (5.0, 3412.4, 412)
    assert found.hit_rate == pytest.approx(93.4)


def test_until_two_samples_agree_the_rates_are_those_of_the_last_minute_and_the_gauges_are_live() -> None:
    found = now(replace(full(), stats=replace(samples.stats(), rates=None)))
    assert found.window == 60
    assert found.connections == 412
    assert found.hit_rate == pytest.approx(92.6, abs=0.5)


def test_without_counters_everything_is_of_the_last_minute() -> None:
    found = now(replace(full(), stats=None))
    assert found.used == pytest.approx(715 * samples.MIB, rel=0.01)
    assert found.limit == pytest.approx(1126.4 * samples.MIB, rel=0.01)


def test_nothing_known_is_nothing() -> None:
    assert now(Picture()) == Now()


def test_what_is_neither_get_nor_set_nor_delete_is_the_rest() -> None:
    assert Now(requests=10, gets=4, sets=3, deletes=1).others == 2
    assert Now(requests=10).others is None
