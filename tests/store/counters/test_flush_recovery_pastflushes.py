"""Flushes that came before anyone watched."""

from mctop.api.models.series import Series, StatName
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.counters.flush_recovery import MOST, past_flushes
from mctop.store.series.series_set import SeriesSet


def told(*values: float | None, stat: StatName = "flush_fraction", bucket: int = 60) -> SeriesSet:
    """A series from 0 on, complete but for its last bucket."""
    times = tuple(range(0, bucket * len(values), bucket))
    return SeriesSet((Series(stat=stat, times=times, values=values),), bucket, end=bucket * (len(values) - 1))


def flush(time: float) -> Mark:
    return Mark(time, MarkKind.FLUSH)


def test_each_bucket_with_a_flush_is_marked_at_its_beginning() -> None:
    assert past_flushes(told(0, 0.00001, None, 0, 2, 0), ()) == (flush(60), flush(240))
    assert past_flushes(told(0, 0.05, 0, stat="flush_rate"), ()) == (flush(60),)


def test_what_is_marked_already_is_not_marked_again() -> None:
    assert past_flushes(told(0, 1, 0), (flush(60),)) == ()


def test_a_flush_that_the_counters_showed_is_not_marked_again() -> None:
    found = told(0, 1, 0, 0, 0)
    assert past_flushes(found, (flush(118),)) == ()
    assert past_flushes(found, (flush(123),)) == ()
    assert past_flushes(found, (flush(59),)) == (flush(60),)


def test_a_mark_of_another_kind_is_no_flush() -> None:
    assert past_flushes(told(0, 1, 0), (Mark(60, MarkKind.PERSON, "flush"),)) == (flush(60),)


def test_the_bucket_that_is_not_complete_waits() -> None:
    assert past_flushes(told(0, 0, 1), ()) == ()


def test_buckets_too_coarse_to_say_when_tell_nothing() -> None:
    assert past_flushes(told(0, 1, 0, bucket=600), ()) == ()


def test_other_series_tell_nothing() -> None:
    assert past_flushes(told(0, 1, 0, stat="get_fraction"), ()) == ()


def test_of_very_many_the_newest_are_marked() -> None:
    marks = past_flushes(told(*[1.0] * 100, 0), ())
    assert len(marks) == MOST
    assert marks[-1] == flush(99 * 60)
