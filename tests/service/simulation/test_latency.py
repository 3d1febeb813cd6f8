"""The latency of the probe."""

import pytest

from mctop.service.base.backend import BucketSpan
from tests.service.simulation.stage import HOUR, START, Stage, answer, known

NOW = int(START) // HOUR * HOUR


def durations(stage: Stage, span: BucketSpan) -> list[list[float]]:
    return [[known(value) for value in each.values] for each in answer(stage.simulation.latency(span))]


def test_it_is_a_fraction_of_a_millisecond_and_jitters() -> None:
    for values in durations(Stage(), BucketSpan(NOW - 24 * HOUR, NOW, 20)):
        assert 250_000 < min(values) < max(values) < 900_000
        assert len(set(values)) == len(values)


def test_servers_differ() -> None:
    means = [sum(values) / len(values) for values in durations(Stage(), BucketSpan(NOW - HOUR, NOW, 60))]
    assert len(set(means)) == 3


def test_a_coarse_bucket_is_the_mean_of_the_fine_ones() -> None:
    stage = Stage("slow-server")
    fine = durations(stage, BucketSpan(NOW - HOUR, NOW, 20))
    coarse = durations(stage, BucketSpan(NOW - HOUR, NOW, 3_600))
    for values, (mean,) in zip(fine, coarse, strict=True):
        assert mean == pytest.approx(sum(values) / len(values), rel=1e-6)


def test_the_stat_is_called_duration_and_names_its_server() -> None:
    stage = Stage()
    series = answer(stage.simulation.latency(BucketSpan(NOW - 60, NOW, 20)))
    assert [(each.stat, each.server) for each in series] == [("duration", name) for name in stage.simulation.servers()]
