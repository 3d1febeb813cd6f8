"""Watched prefixes as values."""

from mctop.api.models.introspection import Prefix
from mctop.store.base.health import Failure, FailureKind
from mctop.store.keys.prefixes import WatchedPrefix, listed, with_answer
from mctop.store.series.series_set import SeriesSet

ONE, TWO = Prefix(id=1, name="user:"), Prefix(id=2, name="cart:")
SERIES = SeriesSet(end=60)


def test_a_prefix_that_is_still_watched_keeps_what_is_known_of_it() -> None:
    assert listed((WatchedPrefix(ONE, SERIES),), (ONE, TWO)) == (WatchedPrefix(ONE, SERIES), WatchedPrefix(TWO))


def test_a_prefix_that_is_watched_no_more_is_forgotten() -> None:
    assert listed((WatchedPrefix(ONE, SERIES), WatchedPrefix(TWO)), (TWO,)) == (WatchedPrefix(TWO),)


def test_an_id_that_was_given_to_another_prefix_inherits_nothing() -> None:
    assert listed((WatchedPrefix(ONE, SERIES),), (Prefix(id=1, name="feed:"),)) == (
        WatchedPrefix(Prefix(id=1, name="feed:")),
    )


def test_what_is_told_of_one_prefix_leaves_the_others_as_they_are() -> None:
    refusal = Failure(FailureKind.BAD_REQUEST, "GET", "/", "no", 0, 400)
    held = (WatchedPrefix(ONE), WatchedPrefix(TWO, SERIES))
    assert with_answer(held, ONE, None, refusal) == (WatchedPrefix(ONE, None, refusal), WatchedPrefix(TWO, SERIES))
