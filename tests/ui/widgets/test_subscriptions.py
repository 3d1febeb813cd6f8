"""Following topics until it is over, and as the frozen view has them."""

from __future__ import annotations

from mctop.store.base.topic import Topic
from mctop.store.frozen_view import FrozenView
from mctop.ui.widgets.subscriptions import Subscriptions


def test_a_follower_is_told_the_value_now_and_on_every_change_until_the_end() -> None:
    topic, values = Topic(1), list[int]()
    topics = Subscriptions()
    topics.follow(topic, values.append)
    topic.set(2)
    topics.close()
    topic.set(3)
    assert values == [1, 2]
    assert not topic.followed


def test_what_was_started_is_undone_at_the_end_once_and_the_last_first() -> None:
    undone: list[str] = []
    topics = Subscriptions()
    topics.when_closed(lambda: undone.append("first"))
    topics.when_closed(lambda: undone.append("second"))
    topics.close()
    topics.close()
    assert undone == ["second", "first"]


def test_what_stands_still_is_told_once_it_goes_on() -> None:
    topic, values = Topic(1), list[int]()
    still = FrozenView(lambda: (topic,))
    topics = Subscriptions(still)
    topics.follow(topic, values.append)
    still.freeze(0.0)
    topic.set(2)
    assert values == [1]
    still.thaw()
    assert values == [1, 2]


def test_nothing_is_told_of_the_end_of_a_freeze_once_it_is_over() -> None:
    topic, values = Topic(1), list[int]()
    still = FrozenView(lambda: (topic,))
    topics = Subscriptions(still)
    topics.follow(topic, values.append)
    still.freeze(0.0)
    topic.set(2)
    topics.close()
    still.thaw()
    assert values == [1]
    assert not still.since.followed


def test_it_can_begin_anew_after_the_end() -> None:
    topic, values = Topic(1), list[int]()
    topics = Subscriptions(FrozenView(lambda: (topic,)))
    for _ in range(2):
        topics.follow(topic, values.append)
        topics.close()
    assert values == [1, 1]
