"""Series that grow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.api.models.series import DAY, SeriesAnswer
from mctop.store.series import Span, Window, merge, spans_to_fetch
from mctop.store.seriesset import SeriesSet, Wanted
from tests.store.history import History
from tests.store.samples import NOON, series

HOUR = 3600


def polled(held: SeriesSet | None, history: History, seconds: int, *names: str) -> SeriesSet:
    """What is held after one poll of a history for so many seconds."""
    window = Window(Wanted(frozenset(names), seconds), history.now, history.finest)
    for span in spans_to_fetch(held, window):
        held = merge(held, history.answer(span, *names), span, window)
    assert held is not None
    return held


def whole(history: History, seconds: int, *names: str) -> SeriesSet:
    return polled(None, History(history.now, history.begins, history.finest, missing=history.missing), seconds, *names)


def test_the_first_fetch_is_the_whole_window_in_whole_buckets() -> None:
    window = Window(Wanted(frozenset({"bytes"}), HOUR), NOON + 30, 60)
    assert spans_to_fetch(None, window) == (Span(NOON - HOUR + 60, NOON + 30),)


def test_the_next_fetch_begins_two_buckets_before_the_last_complete_one() -> None:
    history = History(NOON + 2)
    held = polled(None, history, DAY, "bytes")
    assert held.end == NOON
    history.now += 60
    polled(held, history, DAY, "bytes")
    assert history.asked[1:] == [Span(NOON - 180, NOON + 62)]


def test_after_the_first_minute_a_day_costs_less_than_two_percent_of_itself() -> None:
    history = History(NOON + 2)
    held = polled(None, history, DAY, "bytes")
    first = history.rows
    for _ in range(10):
        history.now += 60
        held = polled(held, history, DAY, "bytes")
    assert (history.rows - first) / 10 < 0.02 * first
    assert held == whole(history, DAY, "bytes")


def test_the_partial_bucket_is_replaced_when_it_is_complete() -> None:
    history = History(NOON + 10)
    held = polled(None, history, HOUR, "bytes")
    assert held.series[0].values[-1] == 10
    history.now += 60
    held = polled(held, history, HOUR, "bytes")
    assert held.series[0].values[-2] == NOON // 60
    assert held.end == NOON + 60


def test_a_longer_range_of_the_same_granularity_fetches_only_what_is_older() -> None:
    history = History(NOON + 2)
    held = polled(None, history, HOUR, "bytes")
    held = polled(held, history, 6 * HOUR, "bytes")
    assert history.asked[1:] == [
        Span(NOON - 6 * HOUR + 60, NOON - HOUR + 60),
        Span(NOON - 180, NOON + 2),
    ]
    assert held == whole(history, 6 * HOUR, "bytes")


def test_a_shorter_range_of_the_same_granularity_drops_what_is_older() -> None:
    history = History(NOON + 2)
    held = polled(polled(None, history, 6 * HOUR, "bytes"), history, HOUR, "bytes")
    assert history.asked[1:] == [Span(NOON - 180, NOON + 2)]
    assert held == whole(history, HOUR, "bytes")


def test_another_granularity_is_fetched_whole() -> None:
    history = History(NOON + 2)
    held = polled(polled(None, history, DAY, "bytes"), history, 7 * DAY, "bytes")
    assert held.bucket == 600
    assert len(history.asked) == 2
    assert held == whole(history, 7 * DAY, "bytes")


@pytest.mark.parametrize(("seconds", "bucket"), [(7 * DAY, 600), (90 * DAY, HOUR), (366 * DAY, DAY)])
def test_a_coarse_window_never_asks_for_a_range_that_has_finer_buckets(seconds: int, bucket: int) -> None:
    history = History(NOON + 2)
    held = polled(None, history, seconds, "bytes")
    history.now += bucket
    held = polled(held, history, seconds, "bytes")
    assert history.asked[1].end - history.asked[1].start < seconds
    assert held == whole(history, seconds, "bytes")


def test_a_coarse_window_grows_backwards_at_its_own_granularity() -> None:
    history = History(NOON + 2)
    held = polled(polled(None, history, 6 * DAY, "bytes"), history, 7 * DAY, "bytes")
    assert held == whole(history, 7 * DAY, "bytes")


def test_a_stat_that_was_not_asked_for_is_fetched_whole() -> None:
    history = History(NOON + 2)
    held = polled(polled(None, history, HOUR, "bytes"), history, HOUR, "bytes", "items")
    assert held == whole(history, HOUR, "bytes", "items")


def test_a_stat_that_is_not_wanted_any_more_is_let_go() -> None:
    history = History(NOON + 2)
    held = polled(polled(None, history, HOUR, "bytes", "items"), history, HOUR, "bytes")
    assert [one.stat for one in held.series] == ["bytes"]
    assert history.asked[1] == Span(NOON - 180, NOON + 2)


def test_a_young_cache_is_not_asked_again_for_what_it_never_had() -> None:
    history = History(NOON + 2, begins=NOON - 600)
    held = polled(None, history, DAY, "bytes")
    history.now += 60
    polled(held, history, DAY, "bytes")
    assert history.asked[1:] == [Span(NOON - 180, NOON + 62)]


def test_after_a_long_outage_only_the_outage_is_fetched() -> None:
    history = History(NOON + 2)
    held = polled(None, history, 6 * HOUR, "bytes")
    history.now += 2 * HOUR
    held = polled(held, history, 6 * HOUR, "bytes")
    assert history.asked[1:] == [Span(NOON - 180, NOON + 2 * HOUR + 2)]
    assert held == whole(history, 6 * HOUR, "bytes")


def test_after_an_outage_longer_than_the_window_everything_is_fetched() -> None:
    history = History(NOON + 2)
    held = polled(None, history, HOUR, "bytes")
    history.now += 3 * HOUR
    assert polled(held, history, HOUR, "bytes") == whole(history, HOUR, "bytes")


def test_an_empty_answer_is_asked_for_again_whole() -> None:
    window = Window(Wanted(frozenset({"bytes"}), HOUR), NOON + 2, 60)
    (span,) = spans_to_fetch(None, window)
    held = merge(None, SeriesAnswer(), span, window)
    assert held.series == ()
    assert spans_to_fetch(held, window) == (span,)


def test_an_answer_that_ends_early_does_not_make_now_earlier_and_is_asked_for_again() -> None:
    history = History(NOON - HOUR)
    window = Window(Wanted(frozenset({"bytes"}), 2 * HOUR), NOON + 2, 60)
    (span,) = spans_to_fetch(None, window)
    held = merge(None, history.answer(span, "bytes"), span, window)
    assert (held.end, held.closed) == (NOON - HOUR, NOON)
    assert held.latest("bytes") is None
    (again,) = spans_to_fetch(held, window)
    assert again.start < NOON - HOUR


def test_gaps_stay_gaps() -> None:
    history = History(NOON + 2, missing=frozenset({NOON - 60, NOON - 1200}))
    held = polled(None, history, HOUR, "bytes")
    history.now += 60
    held = polled(held, history, HOUR, "bytes")
    values = dict(zip(held.series[0].times, held.series[0].values, strict=True))
    assert [values[NOON - 60], values[NOON - 1200], values[NOON]] == [None, None, NOON // 60]


def test_a_gap_that_is_filled_late_is_filled() -> None:
    history = History(NOON + 2, missing=frozenset({NOON - 60}))
    held = polled(None, history, HOUR, "bytes")
    history.now, history.missing = NOON + 62, frozenset()
    assert polled(held, history, HOUR, "bytes") == whole(history, HOUR, "bytes")


def test_each_servers_series_grows_and_one_that_is_gone_stays_while_it_is_in_the_window() -> None:
    window = Window(Wanted(frozenset({"bytes"}), 600), NOON + 2, 60)
    old = SeriesAnswer(series=tuple(series("bytes", [NOON - 120, NOON - 60], [1.0, 2.0], name) for name in "ab"))
    held = merge(None, old, Span(NOON - 540, NOON + 2), window)
    new = SeriesAnswer(series=(series("bytes", [NOON - 60], [3.0], "a"), series("bytes", [NOON - 60], [4.0], "c")))
    held = merge(held, new, Span(NOON - 60, NOON + 2), window)
    assert {one.server: one.values for one in held.series} == {"a": (1.0, 3.0), "b": (1.0,), "c": (4.0,)}


def test_latency_is_finer() -> None:
    history = History(NOON + 2, finest=20)
    held = polled(None, history, HOUR, "duration")
    assert (held.bucket, len(held.series[0].times)) == (20, 180)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3 * HOUR), st.sampled_from([600, HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY])),
        min_size=1,
        max_size=6,
    )
)
def test_however_time_passes_and_ranges_change_growing_gives_what_fetching_whole_gives(
    steps: list[tuple[int, int]],
) -> None:
    history, held = History(NOON + 2), None
    for passed, seconds in steps:
        history.now += passed
        held = polled(held, history, seconds, "bytes")
        assert held == whole(history, seconds, "bytes")
