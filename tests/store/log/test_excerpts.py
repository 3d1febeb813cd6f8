"""Excerpts of the log become its tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import LogExcerpt, ServerLogExcerpt
from mctop.api.models.log_filter import parse_filter
from mctop.store.log.excerpts import join
from mctop.store.log.filters import Sieve, Sifted, sift
from mctop.store.log.tail import Entry, Gap, GapEntry, LogTail

if TYPE_CHECKING:
    from mctop.api.models.log_filter import LogFilter

CART, SESSION = parse_filter("cart"), parse_filter("session")


def told(*times: float, server: str = "a", missed: int | None = 0, lost: int = 0, left_out: int = 0) -> LogExcerpt:
    """What one server tells, by the times of its lines."""
    lines = tuple((time, f"k{time:g}", "GET", "HIT", 10) for time in times)
    return LogExcerpt(
        cursor="c",
        servers=(ServerLogExcerpt(server=server, lines=lines, missed=missed, lost=lost, left_out=left_out),),
    )


def tailed(*excerpts: LogExcerpt, asked: tuple[LogFilter, ...] = ()) -> LogTail:
    """The tail after excerpts that were read at the seconds 10, 20, and so on."""
    tail = LogTail()
    for number, excerpt in enumerate(excerpts, start=1):
        tail = join(tail, excerpt, asked, number * 10.0)
    return tail


def shown(tail: LogTail) -> list[object]:
    """Times of lines, and the lines that gaps miss."""
    return [row.time if isinstance(row, Entry) else [row.gap.lost] for row in tail.rows]


def test_lines_go_on_without_a_gap_where_none_is_missing() -> None:
    tail = tailed(told(1, 2), told(), told(3, 4))
    assert shown(tail) == [1, 2, 3, 4]
    assert (tail.gaps, tail.turnover) == ((), None)


def test_equal_lines_are_all_there() -> None:
    assert shown(tailed(told(1, 1, 1), told(1, 1))) == [1] * 5


def test_a_gap_is_of_as_many_lines_as_are_missing() -> None:
    tail = tailed(told(1, 2), told(18, missed=7, lost=5))
    assert tail.rows[2] == GapEntry(2, 18, Gap("a", 10, 20, 12, exact=True))
    assert shown(tail) == [1, 2, [12], 18]


def test_lines_that_are_missing_before_any_came_are_not_forgotten() -> None:
    assert shown(tailed(told(1), told(missed=2), told(lost=3), told(35))) == [1, [5], 35]
    assert shown(tailed(told(1), told(missed=None), told(lost=3), told(35))) == [1, [None], 35]


def test_only_lines_that_the_server_lost_are_gaps_of_the_answer() -> None:
    assert tailed(told(1), told(2, missed=9)).gaps == ()
    assert tailed(told(1), told(2, lost=9)).gaps == (Gap("a", 10, 20, 9, exact=True),)


def test_all_servers_are_in_time_order_and_lines_keep_their_servers() -> None:
    tail = join(tailed(told(1, 5)), told(2, 6, server="b"), (), 20.0)
    assert [(row.at, row.server) for row in tail.rows if isinstance(row, Entry)] == [
        (1, "a"), (2, "b"), (5, "a"), (6, "b"),
    ]  # fmt: skip


def test_what_filters_left_out_is_told_when_they_are_over() -> None:
    tail = tailed(told(1))
    tail = join(tail, told(11, left_out=100), (CART,), 20.0)
    tail = join(tail, told(left_out=50), (CART,), 30.0)
    assert shown(tail) == [1, 11]
    tail = join(tail, told(35), (), 40.0)
    assert shown(tail) == [1, 11, [150], 35]
    assert tail.rows[2] == GapEntry(2, 35, Gap("a", 20, 40, 150, exact=True, left_out=(CART,)))
    assert shown(join(tail, told(45), (), 50.0)) == [1, 11, [150], 35, 45]


def test_what_filters_left_out_is_missing_only_where_they_do_not_hide_it() -> None:
    tail = join(tailed(told(1), asked=(CART,)), told(11, left_out=100), (CART,), 20.0)
    tail = join(tail, told(21), (CART, SESSION), 30.0)
    for filters, gaps in (((), 1), ((SESSION,), 1), ((CART,), 0), ((SESSION, CART), 0)):
        assert sift(Sifted(), Sieve(filters), tail).gaps == gaps
