"""Windows of lines become one tail."""

import gc
import json
import tracemalloc
from dataclasses import replace

from mctop.api.models.introspection import LogLine, RecentLogs
from mctop.store.log.tail import LIMIT, Entry, Gap, GapEntry, LogTail, index_of, merge
from tests.store.samples import line, logs


def shown(tail: LogTail, server: str | None = None) -> list[object]:
    """Times of lines, and "gap" for gaps."""
    return [
        row.time if isinstance(row, Entry) else "gap"
        for row in tail.rows
        if server in {None, row.server if isinstance(row, Entry) else row.gap.server}
    ]


def tailed(*windows: list[float]) -> LogTail:
    """The tail after windows of one server, given by the times of their lines."""
    tail = LogTail()
    for window in windows:
        tail = merge(tail, logs(a=[line(time) for time in window]))
    return tail


def test_the_first_window_has_no_gap() -> None:
    tail = tailed([1, 2, 3])
    assert shown(tail) == [1, 2, 3]
    assert tail.gaps == ()


def test_an_overlap_is_shown_once() -> None:
    assert shown(tailed([1, 2, 3], [2, 3, 4], [4, 5])) == [1, 2, 3, 4, 5]


def test_no_overlap_is_a_gap_with_the_estimated_loss() -> None:
    tail = tailed([1, 2, 3], [10, 11, 12])
    gap = Gap("a", 3, 10, 6)
    assert shown(tail) == [1, 2, 3, "gap", 10, 11, 12]
    assert tail.rows[3] == GapEntry(3, 10, gap)
    assert tail.gaps == (gap,)


def test_the_gaps_are_those_of_the_newest_answer() -> None:
    assert tailed([1, 2], [8, 9], [9, 10]).gaps == ()


def test_an_empty_window_says_nothing_is_lost() -> None:
    assert shown(tailed([1, 2], [], [2, 3])) == [1, 2, 3]
    assert tailed([1, 2], []).gaps == ()


def test_windows_may_come_newest_first() -> None:
    assert shown(tailed([3, 2, 1], [5, 4, 3, 2])) == [1, 2, 3, 4, 5]


def test_all_servers_are_in_time_order() -> None:
    tail = merge(LogTail(), logs(a=[line(1), line(4)], b=[line(2), line(3)]))
    assert shown(tail) == [1, 2, 3, 4]


def test_a_server_that_answers_late_is_put_where_its_lines_belong() -> None:
    tail = merge(LogTail(), logs(a=[line(1), line(5)], b=[line(2)]))
    tail = merge(tail, logs(a=[line(5), line(7)], b=[line(2), line(3), line(6)]))
    assert shown(tail) == [1, 2, 3, 5, 6, 7]


def test_a_row_keeps_its_serial_whatever_comes_before_it() -> None:
    tail = merge(LogTail(), logs(a=[line(1), line(5)], b=[line(2)]))
    serials = {row.serial: row for row in tail.rows}
    tail = merge(tail, logs(a=[line(5), line(7)], b=[line(2), line(3), line(6)]))
    assert len({row.serial for row in tail.rows}) == len(tail.rows)
    assert all(row in tail.rows for row in serials.values())


def test_a_servers_lines_stay_in_its_order_even_where_its_times_do_not() -> None:
    tail = merge(LogTail(), logs(a=[line(1), line(9), line(3), line(10)], b=[line(5)]))
    assert shown(tail, "a") == [1, 9, 3, 10]
    assert shown(tail) == [1, 5, 9, 3, 10]


def test_an_outdated_answer_adds_nothing_and_forgets_nothing() -> None:
    assert shown(tailed([1, 2, 3, 4], [1, 2], [3, 4, 5])) == [1, 2, 3, 4, 5]


def test_a_server_that_is_silent_for_a_while_is_remembered() -> None:
    tail = tailed([1, 2])
    tail = merge(tail, logs(b=[line(5)]))
    tail = merge(tail, logs(a=[line(8), line(9)]))
    assert shown(tail, "a") == [1, 2, "gap", 8, 9]


def test_only_so_many_rows_are_kept_and_the_rest_is_counted() -> None:
    tail = LogTail(limit=4)
    tail = merge(tail, logs(a=[line(time) for time in range(10)]))
    assert (shown(tail), tail.forgotten) == ([6, 7, 8, 9], 6)
    tail = merge(tail, logs(a=[line(9), line(10)]))
    assert (shown(tail), tail.forgotten) == ([7, 8, 9, 10], 7)
    assert [row.serial for row in tail.rows] == [7, 8, 9, 10]


def test_the_same_answer_again_changes_nothing() -> None:
    tail = tailed([1, 2], [8, 9])
    assert merge(tail, logs(a=[line(8), line(9)])) == replace(tail, gaps=(), turnover=0.0)


def test_the_turnover_is_that_of_the_window_that_changed_most() -> None:
    assert tailed([1, 2, 3, 4]).turnover is None
    tail = merge(LogTail(), logs(a=[line(1), line(2)], b=[line(1), line(2)]))
    tail = merge(tail, logs(a=[line(2), line(3)], b=[line(1), line(2)]))
    assert tail.turnover == 0.5
    assert tailed([1, 2], [8, 9]).turnover == 3.5


def test_a_row_is_found_among_rows_of_the_same_time() -> None:
    rows = tailed([1, 2, 2, 2, 3]).rows
    assert [index_of(rows, row) for row in rows] == [0, 1, 2, 3, 4]


def test_a_row_that_is_gone_is_found_where_it_would_stand() -> None:
    rows = tailed([1, 2, 2, 3]).rows
    assert index_of(rows[:2] + rows[3:], rows[2]) == 1
    assert index_of(rows[2:], rows[0]) == 0
    assert index_of(rows[:2], rows[3]) == 2
    assert index_of((), rows[0]) == 0


def test_the_rows_that_are_kept_take_at_most_20_mb() -> None:
    def poll(number: int) -> RecentLogs:
        return logs(**{f"server{n}": read(f"{number}:{n}", number) for n in range(10)})

    def read(name: str, time: float) -> list[LogLine]:
        """A window as it comes from the wire: every text its own, every key another."""
        rows = [{"time": time + at / 100, "key": f"user:{name}:{at}:profile", "command": "GET", "status": "HIT",
                 "size": 1_000 + at} for at in range(100)]  # fmt: skip
        return [LogLine(**row) for row in json.loads(json.dumps(rows))]

    tracemalloc.start()
    tail = LogTail()
    for number in range(60):
        tail = merge(tail, poll(number))
    gc.collect()
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(tail.rows) == LIMIT
    assert used <= 20_000_000
