"""All that was read of one endpoint: what is asked, and what is never asked twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.api.models.series import DAY, SeriesAnswer
from mctop.api.parsing.json_text import HEAVIEST, weight
from mctop.store.series import archive
from mctop.store.series.archive import FetchSpan, SeriesRequest, SeriesWindow, lacks, picture, requests, take
from mctop.store.series.series_set import SeriesSet, Shelf, Wanted
from tests.store.history import History
from tests.store.samples import NOON, series

HOUR = 3600


class Reader:
    """Reads a history as the pollers do."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.shelf: Shelf = {}

    def poll(self, seconds: int, *names: str, end: float | None = None) -> SeriesSet:
        """What is seen after one poll for so many seconds."""
        window = self.window(seconds, *names, end=end)
        for ask in requests(self.shelf, window):
            take(self.shelf, self.history.answer(ask.span, *sorted(ask.names)), ask, window)
        seen = picture(self.shelf, window)
        assert seen is not None
        return seen

    def window(self, seconds: int, *names: str, end: float | None = None) -> SeriesWindow:
        """The window that is wanted now."""
        return SeriesWindow(Wanted(frozenset(names), seconds, end), self.history.now, self.history.finest)


def whole(history: History, seconds: int, *names: str, end: float | None = None) -> SeriesSet:
    """What one poll of an empty shelf gives."""
    fresh = History(history.now, history.begins, history.finest, missing=history.missing)
    return Reader(fresh).poll(seconds, *names, end=end)


def test_the_first_fetch_is_the_whole_window_in_whole_buckets() -> None:
    window = SeriesWindow(Wanted(frozenset({"bytes"}), HOUR), NOON + 30, 60)
    assert requests({}, window) == (SeriesRequest(FetchSpan(NOON - HOUR + 60, NOON + 30), frozenset({"bytes"})),)


def test_the_next_fetch_begins_two_buckets_before_the_last_complete_one() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    held = reader.poll(DAY, "bytes")
    assert held.end == NOON
    history.now += 60
    reader.poll(DAY, "bytes")
    assert history.asked[1:] == [FetchSpan(NOON - 180, NOON + 62)]


def test_after_the_first_minute_a_day_costs_less_than_two_percent_of_itself() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    held = reader.poll(DAY, "bytes")
    first = history.rows
    for _ in range(10):
        history.now += 60
        held = reader.poll(DAY, "bytes")
    assert (history.rows - first) / 10 < 0.02 * first
    assert held == whole(history, DAY, "bytes")


def test_the_partial_bucket_is_replaced_when_it_is_complete() -> None:
    history = History(NOON + 10)
    reader = Reader(history)
    held = reader.poll(HOUR, "bytes")
    assert held.series[0].values[-1] == 10
    history.now += 60
    held = reader.poll(HOUR, "bytes")
    assert held.series[0].values[-2] == NOON // 60
    assert held.end == NOON + 60


def test_a_longer_range_of_the_same_granularity_fetches_only_what_is_older() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    held = reader.poll(HOUR, "bytes")
    held = reader.poll(6 * HOUR, "bytes")
    assert history.asked[1:] == [
        FetchSpan(NOON - 6 * HOUR + 60, NOON - HOUR + 60),
        FetchSpan(NOON - 180, NOON + 2),
    ]
    assert held == whole(history, 6 * HOUR, "bytes")


def test_a_shorter_range_and_back_fetches_only_the_newest_buckets() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(6 * HOUR, "bytes")
    assert reader.poll(HOUR, "bytes") == whole(history, HOUR, "bytes")
    assert reader.poll(6 * HOUR, "bytes") == whole(history, 6 * HOUR, "bytes")
    assert history.asked[1:] == [FetchSpan(NOON - 180, NOON + 2)] * 2


def test_another_granularity_is_fetched_whole() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(DAY, "bytes")
    held = reader.poll(7 * DAY, "bytes")
    assert held.bucket == 600
    assert len(history.asked) == 2
    assert held == whole(history, 7 * DAY, "bytes")


@pytest.mark.parametrize(("seconds", "bucket"), [(7 * DAY, 600), (90 * DAY, HOUR), (366 * DAY, DAY)])
def test_a_coarse_window_never_asks_for_a_range_that_has_finer_buckets(seconds: int, bucket: int) -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    held = reader.poll(seconds, "bytes")
    history.now += bucket
    held = reader.poll(seconds, "bytes")
    assert history.asked[1].end - history.asked[1].start < seconds
    assert held == whole(history, seconds, "bytes")


def test_a_coarse_window_grows_backwards_at_its_own_granularity() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(6 * DAY, "bytes")
    held = reader.poll(7 * DAY, "bytes")
    assert held == whole(history, 7 * DAY, "bytes")


def test_of_a_stat_that_is_new_alone_everything_is_fetched() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(HOUR, "bytes")
    window = reader.window(HOUR, "bytes", "items")
    assert requests(reader.shelf, window) == (
        SeriesRequest(FetchSpan(NOON - HOUR + 60, NOON + 2), frozenset({"items"})),
        SeriesRequest(FetchSpan(NOON - 180, NOON + 2), frozenset({"bytes"})),
    )
    assert reader.poll(HOUR, "bytes", "items") == whole(history, HOUR, "bytes", "items")


def test_a_stat_that_is_not_wanted_any_more_is_not_seen_but_not_forgotten() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(HOUR, "bytes", "items")
    assert [one.stat for one in reader.poll(HOUR, "bytes").series] == ["bytes"]
    reader.poll(HOUR, "bytes", "items")
    assert history.asked[1:] == [FetchSpan(NOON - 180, NOON + 2)] * 2


def test_a_young_cache_is_not_asked_again_for_what_it_never_had() -> None:
    history = History(NOON + 2, begins=NOON - 600)
    reader = Reader(history)
    reader.poll(DAY, "bytes")
    history.now += 60
    reader.poll(DAY, "bytes")
    assert history.asked[1:] == [FetchSpan(NOON - 180, NOON + 62)]


def test_after_a_long_outage_only_the_outage_is_fetched() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    held = reader.poll(6 * HOUR, "bytes")
    history.now += 2 * HOUR
    held = reader.poll(6 * HOUR, "bytes")
    assert history.asked[1:] == [FetchSpan(NOON - 180, NOON + 2 * HOUR + 2)]
    assert held == whole(history, 6 * HOUR, "bytes")


def test_after_an_outage_longer_than_the_window_everything_is_fetched() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(HOUR, "bytes")
    history.now += 3 * HOUR
    assert reader.poll(HOUR, "bytes") == whole(history, HOUR, "bytes")


def test_an_empty_answer_is_asked_for_again_whole() -> None:
    shelf: Shelf = {}
    window = SeriesWindow(Wanted(frozenset({"bytes"}), HOUR), NOON + 2, 60)
    (ask,) = requests(shelf, window)
    take(shelf, SeriesAnswer(), ask, window)
    assert requests(shelf, window) == (ask,)


def test_a_stat_that_the_api_leaves_out_is_not_asked_for_whole_again() -> None:
    shelf: Shelf = {}
    window = SeriesWindow(Wanted(frozenset({"bytes", "cas_rate"}), HOUR), NOON + 2, 60)
    (ask,) = requests(shelf, window)
    take(shelf, SeriesAnswer(series=(series("bytes", [NOON - 120, NOON - 60], [1.0, 2.0]),)), ask, window)
    assert requests(shelf, window) == (SeriesRequest(FetchSpan(NOON - 180, NOON + 2), ask.names),)


def test_gaps_stay_gaps() -> None:
    history = History(NOON + 2, missing=frozenset({NOON - 60, NOON - 1200}))
    reader = Reader(history)
    held = reader.poll(HOUR, "bytes")
    history.now += 60
    held = reader.poll(HOUR, "bytes")
    values = dict(zip(held.series[0].times, held.series[0].values, strict=True))
    assert [values[NOON - 60], values[NOON - 1200], values[NOON]] == [None, None, NOON // 60]


def test_a_gap_that_is_filled_late_is_filled() -> None:
    history = History(NOON + 2, missing=frozenset({NOON - 60}))
    reader = Reader(history)
    reader.poll(HOUR, "bytes")
    history.now, history.missing = NOON + 62, frozenset()
    assert reader.poll(HOUR, "bytes") == whole(history, HOUR, "bytes")


def test_each_servers_series_grows_and_one_that_is_gone_stays_while_it_is_in_the_window() -> None:
    shelf: Shelf = {}
    window = SeriesWindow(Wanted(frozenset({"bytes"}), 600), NOON + 2, 60)
    old = SeriesAnswer(series=tuple(series("bytes", [NOON - 120, NOON - 60], [1.0, 2.0], name) for name in "ab"))
    take(shelf, old, SeriesRequest(FetchSpan(NOON - 540, NOON + 2), window.wanted.names), window)
    new = SeriesAnswer(series=(series("bytes", [NOON - 60], [3.0], "a"), series("bytes", [NOON - 60], [4.0], "c")))
    take(shelf, new, SeriesRequest(FetchSpan(NOON - 60, NOON + 2), window.wanted.names), window)
    seen = picture(shelf, window)
    assert seen is not None
    assert {one.server: one.values for one in seen.series} == {"a": (1.0, 3.0), "b": (1.0,), "c": (4.0,)}


def test_latency_is_finer() -> None:
    history = History(NOON + 2, finest=20)
    reader = Reader(history)
    held = reader.poll(HOUR, "duration")
    assert (held.bucket, len(held.series[0].times)) == (20, 180)


@pytest.mark.parametrize(("finest", "stats"), [(20, 0), (60, 1), (60, 6), (60, 31)])
def test_a_day_is_read_in_parts_of_which_an_answer_about_100_servers_is_light(finest: int, stats: int) -> None:
    names = frozenset(f"stat{number}" for number in range(stats))
    window = SeriesWindow(Wanted(names, DAY), NOON, finest)
    parts = [request.span for request in requests({}, window)]
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert (parts[0].start, parts[-1].end) == (window.start, NOON)
    longest = max(part.end - part.start for part in parts) // finest
    row = f"[1700000000{',1.5' * max(1, stats)}]"
    answer = ",".join([f"[{','.join([row] * longest)}]"] * 100)
    assert weight(answer.encode()) < HEAVIEST


def test_another_granularity_and_back_fetches_only_the_newest_buckets() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(6 * HOUR, "bytes")
    reader.poll(7 * DAY, "bytes")
    seen = reader.poll(6 * HOUR, "bytes")
    assert history.asked[2:] == [FetchSpan(NOON - 180, NOON + 2)]
    assert seen == whole(history, 6 * HOUR, "bytes")


def test_a_window_that_is_over_is_fetched_once() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    seen = reader.poll(HOUR, "bytes", end=NOON - 3 * HOUR)
    assert (seen.series[0].times[0], seen.end) == (NOON - 4 * HOUR, NOON - 3 * HOUR)
    history.now += 600
    assert reader.poll(HOUR, "bytes", end=NOON - 3 * HOUR) == seen
    assert history.asked == [FetchSpan(NOON - 4 * HOUR, NOON - 3 * HOUR)]


def test_scrolling_back_fetches_only_what_is_older_and_forth_again_only_the_newest() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(6 * HOUR, "bytes")
    seen = reader.poll(6 * HOUR, "bytes", end=NOON - 2 * HOUR)
    assert history.asked[1:] == [FetchSpan(NOON - 8 * HOUR, NOON - 6 * HOUR + 60)]
    assert seen == whole(history, 6 * HOUR, "bytes", end=NOON - 2 * HOUR)
    assert reader.poll(6 * HOUR, "bytes") == whole(history, 6 * HOUR, "bytes")
    assert history.asked[2:] == [FetchSpan(NOON - 180, NOON + 2)]


def test_what_lies_apart_is_remembered_apart() -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    reader.poll(HOUR, "bytes")
    reader.poll(HOUR, "bytes", end=NOON - 50 * HOUR)
    reader.poll(HOUR, "bytes")
    reader.poll(HOUR, "bytes", end=NOON - 50 * HOUR)
    assert history.asked[2:] == [FetchSpan(NOON - 180, NOON + 2)]


def test_nothing_is_missing_of_what_was_read_but_the_newest() -> None:
    reader = Reader(History(NOON + 2))
    assert lacks(reader.shelf, reader.window(HOUR, "bytes"))
    reader.poll(HOUR, "bytes")
    assert not lacks(reader.shelf, reader.window(HOUR, "bytes"))
    assert lacks(reader.shelf, reader.window(2 * HOUR, "bytes"))
    assert lacks(reader.shelf, reader.window(HOUR, "bytes", "items"))
    assert not lacks(reader.shelf, reader.window(600, "bytes", end=NOON - 600))


def test_what_nobody_looks_at_is_forgotten_once_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "POINTS", 1_000)
    reader = Reader(History(NOON + 2))
    for name in ("bytes", "items", "get_rate"):
        reader.poll(DAY, name)
    assert [name for _, name in reader.shelf] == ["get_rate"]
    reader.poll(HOUR, "get_rate")
    assert [len(one.times) for held in reader.shelf.values() for one in held[0].series] == [60]


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3 * HOUR),
            st.sampled_from([600, HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY]),
            st.one_of(st.none(), st.integers(0, 3 * DAY)),
            st.sets(st.sampled_from(["bytes", "items"]), min_size=1),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_however_time_passes_and_windows_change_growing_gives_what_fetching_whole_gives(
    steps: list[tuple[int, int, int | None, set[str]]],
) -> None:
    history = History(NOON + 2)
    reader = Reader(history)
    for passed, seconds, ago, names in steps:
        history.now += passed
        end = None if ago is None else history.now - ago
        seen = reader.poll(seconds, *sorted(names), end=end)
        assert seen == whole(history, seconds, *sorted(names), end=end)
