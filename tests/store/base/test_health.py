"""How fresh a slice is."""

from dataclasses import replace

from mctop.store.base.health import Failure, FailureKind, Freshness, Health, age, freshness

GOOD = Health(every=5, last_good=100, due=105)
FAILURE = Failure(FailureKind.TIMED_OUT, "GET", "/stats", "too slow", at=1_700_000_000)


def test_before_anything_came_a_slice_waits() -> None:
    assert freshness(Health(every=5), 100) is Freshness.WAITING


def test_it_is_refused_when_the_first_try_failed() -> None:
    assert freshness(Health(every=5, failure=FAILURE, failures=1), 100) is Freshness.REFUSED


def test_it_is_stale_one_second_after_a_missed_poll_and_not_before() -> None:
    assert freshness(GOOD, 106) is Freshness.LIVE
    assert freshness(GOOD, 106.01) is Freshness.STALE


def test_it_is_stale_at_once_when_a_poll_fails() -> None:
    assert freshness(replace(GOOD, failure=FAILURE, failures=1), 101) is Freshness.STALE


def test_age_counts_from_the_newest_sample_and_is_never_negative() -> None:
    assert age(GOOD, 103) == 3
    assert age(GOOD, 99) == 0
    assert age(Health(every=5), 99) is None
