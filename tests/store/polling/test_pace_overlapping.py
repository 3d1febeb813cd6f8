"""How often the log is asked for."""

from random import Random

import pytest

from mctop.store.polling.pace import Overlapping


class Log:
    """A log of which `turnover` of a window is new at each poll; someone may look at it closely."""

    def __init__(self, turnover: float | None = None, *, close: bool = True) -> None:
        self.turnover = turnover
        self.close = close
        self.pace = Overlapping(5.0, lambda: self.close, lambda: self.turnover, Random(1))

    def polled(self, turnover: float | None) -> float:
        """The cadence after a poll that found so much new."""
        self.turnover = turnover
        due = self.pace.after(100.0, 100.2)
        assert 0.9 * self.pace.every <= due - 100.0 <= 1.1 * self.pace.every
        return self.pace.every


def test_it_is_leisurely_until_someone_looks_closely() -> None:
    log = Log(close=False)
    assert [log.polled(share) for share in (None, 0.1, 3.0)] == [5.0, 5.0, 5.0]


def test_looking_closely_begins_with_two_polls_close_together() -> None:
    assert Log().polled(None) == 1.0


def test_a_gap_makes_it_faster_but_never_more_than_once_a_second() -> None:
    log = Log()
    assert log.polled(1.25) == pytest.approx(2.0)
    assert log.polled(30.0) == 1.0


def test_it_settles_where_half_of_a_window_is_new() -> None:
    log = Log()
    cadence = 5.0
    for _ in range(12):
        cadence = log.polled(cadence / 6)
    assert cadence == pytest.approx(3.0)


def test_it_slows_down_step_by_step_as_the_log_grows_quiet() -> None:
    log = Log()
    log.polled(5.0)
    assert [log.polled(0.0) for _ in range(4)] == [2.0, 4.0, 5.0, 5.0]


def test_it_is_leisurely_again_once_nobody_looks() -> None:
    log = Log()
    log.polled(5.0)
    log.close = False
    assert log.polled(5.0) == 5.0
