"""The logs of all servers, read from a cursor on."""

import pytest

from mctop.service.memcached.stream.log_reader import LogReader, fair_shares
from mctop.service.memcached.stream.log_ring import LogRing
from mctop.service.memcached.stream.watch_lines import records
from tests.service.memcached.stream.logged import got


def with_lines(*many: int) -> tuple[LogReader, list[LogRing]]:
    """A reader of servers that have so many lines each."""
    rings = [LogRing() for _ in many]
    for ring, lines in zip(rings, many, strict=True):
        ring.begin(sees_stores=True)
        ring.add(records(b"".join(got(f"k{number}") for number in range(lines))))
    return LogReader(tuple((f"mc{number}:1", ring) for number, ring in enumerate(rings))), rings


def test_a_cursor_goes_on_where_the_answer_ended_on_every_server() -> None:
    reader, rings = with_lines(2, 3)
    first = reader.after("", (), 100)
    assert [(log.server, len(log.lines)) for log in first.servers] == [("mc0:1", 2), ("mc1:1", 3)]
    rings[1].add(records(got("new")))
    second = reader.after(first.cursor, (), 100)
    assert [[fields[1] for fields in log.lines] for log in second.servers] == [[], ["new"]]
    assert [log.missed for log in second.servers] == [0, 0]


@pytest.mark.parametrize("cursor", ["nonsense", "a~b", "0~1.2.3.4.5~1.2.3.4.5", "~", "1.1.1.1.1"])
def test_after_a_cursor_of_another_run_everything_comes_and_nobody_knows_what_is_missing(cursor: str) -> None:
    reader, _ = with_lines(2, 3)
    answer = reader.after(cursor, (), 100)
    assert [(len(log.lines), log.missed) for log in answer.servers] == [(2, None), (3, None)]


def test_a_cursor_of_this_run_that_was_tampered_with_is_none() -> None:
    reader, _ = with_lines(2)
    run = reader.after("", (), 9).cursor.partition("~")[0]
    for place in ("1.2.3", "1.2.3.4.x", "1.9.0.0.0", "1.-1.0.0.0", "1.2.0.0.0~1.2.0.0.0", f"1.{'9' * 30}.0.0.0"):
        (log,) = reader.after(f"{run}~{place}", (), 9).servers
        assert (len(log.lines), log.missed) == (2, None)


def test_what_does_not_fit_into_an_answer_is_counted() -> None:
    reader, rings = with_lines(0, 0)
    start = reader.after("", (), 1).cursor
    rings[0].add(records(b"".join(got(f"k{number}") for number in range(50))))
    rings[1].add(records(got("a") + got("b")))
    answer = reader.after(start, (), 10)
    assert [(len(log.lines), log.missed) for log in answer.servers] == [(8, 42), (2, 0)]


def test_shares_are_fair_and_nothing_is_wasted() -> None:
    assert fair_shares([5, 50, 500], 100) == [5, 47, 48]
    assert fair_shares([1, 2, 3], 100) == [1, 2, 3]
    assert fair_shares([9, 9], 0) == [0, 0]
    assert fair_shares([], 7) == []
