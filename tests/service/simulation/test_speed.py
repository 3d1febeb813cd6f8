"""Answers come quickly. The bounds are about three times what a quiet machine of two cores needs."""

from time import process_time
from typing import TYPE_CHECKING

import pytest

from mctop.service.base.backend import BucketSpan
from tests.service.simulation.stage import DAY, HOUR, MINUTE, START, Stage, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

NAMES = (
    "hit_rate", "get_hit_rate", "request_rate", "get_rate", "set_rate", "get_fraction", "set_fraction", "items",
    "bytes", "connections", "eviction_rate", "bytes_write_rate",
)  # fmt: skip

NOW = int(START) // HOUR * HOUR


def milliseconds(ask: "Callable[[Stage], Coroutine[object, None, object]]", scenario: str) -> float:
    """The least of three first answers."""
    needed = []
    for seed in range(3):
        stage = Stage(scenario, seed)
        began = process_time()
        answer(ask(stage))
        needed.append(process_time() - began)
    return 1_000 * min(needed)


@pytest.mark.parametrize("scenario", ["steady", "flush"])
def test_a_day_of_a_dozen_stats_takes_thirty_milliseconds(scenario: str) -> None:
    day = BucketSpan(NOW - DAY, NOW + HOUR, MINUTE)
    assert milliseconds(lambda stage: stage.simulation.processed(NAMES, day), scenario) < 90
    assert milliseconds(lambda stage: stage.simulation.processed_per_server(NAMES, day), scenario) < 90


def test_a_day_of_latency_takes_thirty_milliseconds() -> None:
    assert milliseconds(lambda stage: stage.simulation.latency(BucketSpan(NOW - DAY, NOW, 20)), "slow-server") < 90


def test_ninety_days_take_forty_milliseconds() -> None:
    days = BucketSpan(NOW - 90 * DAY, NOW, HOUR)
    assert milliseconds(lambda stage: stage.simulation.processed_per_server(NAMES, days), "steady") < 120


@pytest.mark.parametrize("scenario", ["steady", "stampede"])
def test_what_is_polled_every_few_seconds_takes_ten_milliseconds(scenario: str) -> None:
    assert milliseconds(lambda stage: stage.simulation.counters(), scenario) < 30
    assert milliseconds(lambda stage: stage.simulation.popular_items(), scenario) < 30
    assert milliseconds(lambda stage: stage.simulation.recent_logs(), scenario) < 30
