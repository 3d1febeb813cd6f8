"""A picture that stands still."""

from dataclasses import replace

from mctop.api.models.series import Series
from mctop.store.base.topic import Topic
from mctop.store.frozen_view import FrozenView
from mctop.store.series.series_set import SeriesSet


def test_what_was_known_stands_still_until_it_goes_on() -> None:
    topic = Topic[str | None]("before")
    still = FrozenView(lambda: (topic,))
    still.freeze(7.0)
    topic.set("after")
    assert (still.since.value, still.shown(topic)) == (7.0, "before")
    still.thaw()
    assert (still.since.value, still.shown(topic)) == (None, "after")


def test_what_was_not_known_is_shown_when_it_comes_and_then_stands_still() -> None:
    topic = Topic[str | None](None)
    still = FrozenView(lambda: (topic,))
    still.freeze(7.0)
    assert still.shown(topic) is None
    topic.set("first")
    assert still.shown(topic) == "first"
    topic.set("second")
    assert still.shown(topic) == "first"


def test_what_is_not_part_of_the_picture_goes_on() -> None:
    topic = Topic("before")
    still = FrozenView(lambda: ())
    still.freeze(7.0)
    topic.set("after")
    assert still.shown(topic) == "after"


def test_series_that_are_asked_for_while_it_stands_still_end_where_the_picture_does() -> None:
    topic = Topic[SeriesSet | None](bytes_until(600))
    still = FrozenView(lambda: (topic,))
    still.freeze(7.0)
    topic.set(bytes_until(660, start=60))
    assert still.shown(topic) == bytes_until(600)
    topic.set(replace(bytes_until(660, start=60), names=frozenset({"bytes", "items"})))
    shown = still.shown(topic)
    assert shown is not None
    assert (shown.end, shown.series[0].times[-1], shown.names) == (600, 540, frozenset({"bytes", "items"}))
    assert still.shown(topic) is shown


def bytes_until(end: int, start: int = 0) -> SeriesSet:
    times = tuple(range(start, end, 60))
    return SeriesSet((Series(stat="bytes", times=times, values=times),), 60, end, start, frozenset({"bytes"}))
