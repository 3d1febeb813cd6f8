"""The promise of the log, for any lines in any windows."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.api.models.introspection import LogLine
from mctop.store.log.tail import Entry, GapEntry, LogTail, merge
from tests.store.samples import line, logs


@dataclass(frozen=True)
class Watched:
    """A server's whole log, and the windows of it that polls saw, as pairs of indices."""

    lines: tuple[LogLine, ...]
    windows: tuple[tuple[int, int], ...]

    def seen(self) -> list[LogLine | str]:
        """What must be shown of it: each line that a window had, once, and a gap wherever windows do not overlap."""
        rows: list[LogLine | str] = []
        end = 0
        for start, stop in self.windows:
            if start == stop:
                continue
            if rows and start >= end:
                rows.append("gap")
            rows.extend(self.lines[max(start, end) : stop])
            end = stop
        return rows


@st.composite
def watched(draw: st.DrawFn, polls: int, *, distinct: bool) -> Watched:
    """A log whose lines rise in time, a few in each second; without `distinct` the same lines come again and again."""
    steps = draw(st.lists(st.sampled_from([0, 0, 0, 0.5, 1, 30]), min_size=1, max_size=40))
    times = [1_000 + sum(steps[:index]) for index in range(len(steps))]
    keys = [index if distinct else draw(st.integers(0, 1)) for index in range(len(steps))]
    lines = tuple(line(time, f"k{key}") for time, key in zip(times, keys, strict=True))
    windows, start, stop = [], 0, 0
    for _ in range(polls):
        stop = draw(st.integers(stop, len(lines)))
        start = draw(st.integers(start, stop))
        windows.append((start, stop))
    return Watched(lines, tuple(windows))


@st.composite
def watched_servers(draw: st.DrawFn) -> dict[str, Watched]:
    """A few servers, polled together."""
    polls = draw(st.integers(1, 6))
    names = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True))
    return {name: draw(watched(polls, distinct=True)) for name in names}


def merged(servers: dict[str, Watched], *, newest_first: bool = False) -> list[LogTail]:
    """The tail after each poll."""
    tails = [LogTail()]
    for poll in range(len(next(iter(servers.values())).windows)):
        answer = {}
        for name, one in servers.items():
            window = list(one.lines[slice(*one.windows[poll])])
            answer[name] = window[::-1] if newest_first else window
        tails.append(merge(tails[-1], logs(**answer)))
    return tails


def rows_of(tail: LogTail, server: str) -> list[LogLine | str]:
    return [
        line(row.time, row.key) if isinstance(row, Entry) else "gap"
        for row in tail.rows
        if (row.server if isinstance(row, Entry) else row.gap.server) == server
    ]


@settings(max_examples=100)
@given(watched_servers())
def test_nothing_is_lost_doubled_or_reordered_and_every_gap_is_announced(servers: dict[str, Watched]) -> None:
    tail = merged(servers)[-1]
    for name, one in servers.items():
        assert rows_of(tail, name) == one.seen()


@settings(max_examples=60)
@given(watched_servers())
def test_all_servers_are_in_time_order_and_every_row_keeps_its_serial(servers: dict[str, Watched]) -> None:
    tails = merged(servers)
    times = [row.at for row in tails[-1].rows]
    assert times == sorted(times)
    final = {row.serial: row for row in tails[-1].rows}
    assert sorted(final) == list(range(len(final)))
    for earlier, later in pairwise(tails):
        fresh = {row.serial for row in later.rows} - {row.serial for row in earlier.rows}
        assert min(fresh, default=len(earlier.rows)) >= len(earlier.rows)
        assert all(final[row.serial] == row for row in earlier.rows)


@settings(max_examples=60)
@given(watched_servers(), st.integers(1, 30))
def test_a_limit_forgets_the_oldest_rows_and_counts_them(servers: dict[str, Watched], limit: int) -> None:
    tail = LogTail(limit=limit)
    for poll in range(len(next(iter(servers.values())).windows)):
        answer = {name: list(one.lines[slice(*one.windows[poll])]) for name, one in servers.items()}
        tail = merge(tail, logs(**answer))
        assert len(tail.rows) <= limit
    whole = merged(servers)[-1]
    assert tail.forgotten + len(tail.rows) == len(whole.rows)


@settings(max_examples=100)
@given(watched(4, distinct=False))
def test_of_repeated_lines_every_window_is_shown_whole_between_two_gaps(one: Watched) -> None:
    rows = rows_of(merged({"a": one})[-1], "a")
    stretches: list[list[LogLine | str]] = [[]]
    for row in rows:
        stretches.append([]) if row == "gap" else stretches[-1].append(row)
    for start, stop in one.windows:
        window = list(one.lines[start:stop])
        size = len(window)
        assert not window or any(
            stretch[at : at + size] == window for stretch in stretches for at in range(len(stretch) - size + 1)
        )


@settings(max_examples=60)
@given(watched(4, distinct=True))
def test_newest_first_makes_no_difference_once_times_tell_the_order(one: Watched) -> None:
    told = [window for window in one.windows if len({found.time for found in one.lines[slice(*window)]}) != 1]
    clear = Watched(one.lines, tuple(told) or ((0, 0),))
    assert merged({"a": clear}, newest_first=True) == merged({"a": clear})


def test_gaps_are_rows_of_their_own() -> None:
    one = Watched(tuple(line(time) for time in range(9)), ((0, 3), (6, 9)))
    assert [type(row) for row in merged({"a": one})[-1].rows] == [Entry] * 3 + [GapEntry] + [Entry] * 3
