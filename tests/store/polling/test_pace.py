"""When to poll, and when to try again."""

from random import Random

import pytest

from mctop.store.polling.pace import ByBucket, Steady, next_try
from tests.store.samples import NOON


def test_a_steady_pace_is_jittered_by_a_tenth() -> None:
    random = Random(1)
    waits = [Steady(5, random).after(100, 100.1) - 100 for _ in range(200)]
    assert 4.5 <= min(waits) < 4.6
    assert 5.4 < max(waits) <= 5.5


def test_a_tick_that_is_late_is_skipped() -> None:
    assert 109 <= Steady(5, Random(1)).after(100, 107) <= 111
    assert 124 <= Steady(5, Random(1)).after(100, 123) <= 128.5


@pytest.mark.parametrize("second", [0, 1.9, 2.1, 30, 59.9])
def test_a_bucket_is_read_a_couple_of_seconds_after_it_closes(second: float) -> None:
    pace = ByBucket(lambda: 60, lambda: NOON + second, Random(1))
    waits = [pace.after(0, 100) - 100 for _ in range(100)]
    assert all(2 <= (second + wait) % 60 <= 4 for wait in waits)
    assert all(0 < wait <= 62 for wait in waits)
    assert pace.every == 60


def test_tries_come_further_and_further_apart_but_never_further_than_the_slowest() -> None:
    random = Random(1)

    def waits(failures: int) -> list[float]:
        return [next_try(100, 100.1, failures, 10, random) - 100 for _ in range(300)]

    assert max(waits(1)) <= 2
    assert 3 < max(waits(2)) <= 4
    assert 9 < max(waits(50)) <= 10


def test_the_first_tries_are_close_enough_for_a_recovery_within_15_s() -> None:
    random = Random(1)
    assert all(next_try(100, 100.1, failures, 60, random) <= 112 for failures in range(1, 9) for _ in range(200))
    assert max(next_try(100, 100.1, 9, 60, random) for _ in range(200)) > 150


def test_tries_are_never_less_than_a_second_apart() -> None:
    random = Random(1)
    assert all(next_try(100, 100.1, failures, 10, random) >= 101.1 for failures in (1, 2, 9) for _ in range(50))


def test_a_server_that_hangs_is_asked_again_soon_after_each_time_out() -> None:
    assert all(next_try(100, 110, 9, 10, Random(seed)) == 111 for seed in range(50))
