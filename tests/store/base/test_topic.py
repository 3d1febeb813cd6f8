"""Topics and their followers."""

from mctop.store.base.topic import Topic


def test_a_follower_hears_the_value_now_and_every_change() -> None:
    topic, heard = Topic(1), list[int]()
    topic.follow(heard.append)
    topic.set(2)
    assert heard == [1, 2]


def test_setting_an_equal_value_is_silence() -> None:
    topic, heard = Topic((1, 2)), list[tuple[int, ...]]()
    topic.follow(heard.append)
    topic.set((1, 2))
    assert heard == [(1, 2)]


def test_one_who_left_hears_nothing_more() -> None:
    topic, heard = Topic(1), list[int]()
    leave = topic.follow(heard.append)
    leave()
    topic.set(2)
    assert heard == [1]
    assert not topic.followed


def test_leaving_while_being_told_spares_nobody_else() -> None:
    topic, heard = Topic(1), list[int]()

    def leave_at_two(value: int) -> None:
        if value == 2:
            leave()

    leave = topic.follow(leave_at_two)
    topic.follow(heard.append)
    topic.set(2)
    assert heard == [1, 2]


def test_the_first_follower_is_announced_each_time_one_comes() -> None:
    topic, firsts = Topic(0), list[bool]()
    topic.on_followed(lambda: firsts.append(topic.followed))
    leave_one = topic.follow(lambda _: None)
    leave_two = topic.follow(lambda _: None)
    assert firsts == [True]
    leave_one()
    leave_two()
    topic.follow(lambda _: None)
    assert firsts == [True, True]
