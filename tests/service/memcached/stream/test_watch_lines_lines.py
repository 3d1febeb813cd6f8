"""Taking watch lines apart."""

import pytest

from mctop.service.memcached.stream.watch_lines import (
    LONGEST_LINE,
    LineSplitter,
    records,
    seconds,
    skipped,
    unreadable,
)

MOST_RECENT = (
    b"ts=1795322386.679031 gid=14 type=conn_new rip=127.0.0.1 rport=58650 transport=tcp cfd=17\n"
    b"ts=1795322386.679070 gid=15 type=item_get key=foo%3A1 status=not_found clsid=0 cfd=17 size=0\n"
    b"ts=1795322386.679092 gid=16 type=item_store key=foo%3A1 status=stored cmd=set ttl=0 clsid=1 cfd=17 size=5\n"
    b"skipped=42\n"
    b"ts=1795322386.931573 gid=24 type=deleted key=foo%3A1 cmd=delete clsid=1 size=2\n"
    b"ts=1795322386.931600 gid=25 type=eviction key=user%3A0 fetch=no ttl=-1 la=0 clsid=12 size=1000\n"
    b"ts=1795322387.183706 gid=30 type=conn_close rip=127.0.0.1 rport=58650 transport=tcp reason=normal cfd=17\n"
)


def test_gets_stores_and_deletions_are_read_and_all_else_is_left_out() -> None:
    assert records(MOST_RECENT) == [
        (b"1795322386.679070", b"item_get", b"foo%3A1", b"not_found", b"", b"17", b"0"),
        (b"1795322386.679092", b"item_store", b"foo%3A1", b"stored", b"set", b"17", b"5"),
        (b"1795322386.931573", b"deleted", b"foo%3A1", b"", b"delete", b"", b"2"),
    ]
    assert skipped(MOST_RECENT) == 42


@pytest.mark.parametrize(
    "end", ["", " cfd=17", " cfd=17 size=5", " cfd=17 size=5 new=field", " cfd=-207508832 size=0\r"]
)
def test_what_a_version_leaves_out_or_adds_does_not_hide_the_key(end: str) -> None:
    line = f"ts=1.2 gid=2 type=item_store key=a%20b status=too_large cmd=set ttl=-1 clsid=17{end}\n"
    assert [record[2:5] for record in records(line.encode())] == [(b"a%20b", b"too_large", b"set")]


def test_microseconds_have_no_leading_zeros() -> None:
    assert seconds(b"1795321473.345") == pytest.approx(1795321473.000345, abs=1e-7)
    assert seconds(b"1795321473.345000") == pytest.approx(1795321473.345, abs=1e-7)


@pytest.mark.parametrize("at", [1, 60, 88, 89, 90, 180, len(MOST_RECENT) - 1])
def test_a_cut_anywhere_loses_nothing(at: int) -> None:
    cut = LineSplitter()
    assert cut.whole(MOST_RECENT[:at]) + cut.whole(MOST_RECENT[at:]) == MOST_RECENT


def test_a_line_without_an_end_is_given_up() -> None:
    cut = LineSplitter()
    assert cut.whole(b"x" * (LONGEST_LINE + 1)) == b""
    assert cut.whole(MOST_RECENT) == MOST_RECENT


LONG = "9" * 5_000


@pytest.mark.parametrize(
    "line",
    [
        f"ts={LONG}.1 gid=1 type=item_get key=b status=found clsid=1 cfd=17 size=5",
        f"ts=1.{LONG} gid=1 type=item_get key=b status=found clsid=1 cfd=17 size=5",
        "ts=99999999999999999.1 gid=1 type=item_get key=b status=found clsid=1 cfd=17 size=5",
        f"ts=1.1 gid=1 type=item_get key={'k' * 251} status=found clsid=1 cfd=17 size=5",
        f"ts=1.1 gid=1 type=item_store key={'%41' * 251} status=stored cmd=set ttl=0 clsid=1 cfd=17 size=5",
        f"ts=1.1 gid=1 type=deleted key={'k' * 60_000} cmd=delete clsid=1 size=2",
        f"ts=1.1 gid=1 type=item_get key=b status={LONG} clsid=1 cfd=17 size=5",
    ],
)
def test_a_line_beyond_reason_costs_itself_alone_and_is_counted(line: str) -> None:
    lines = MOST_RECENT + line.encode() + b"\n" + MOST_RECENT
    logged = records(lines)
    assert logged == records(MOST_RECENT) * 2
    assert unreadable(lines, logged) == 1


def test_the_longest_key_is_one_however_it_is_written() -> None:
    for key in ("k" * 250, "%41" * 250):
        line = f"ts=1.1 gid=1 type=item_get key={key} status=found clsid=1 cfd=17 size=5\n".encode()
        assert [record[2] for record in records(line)] == [key.encode()]
        assert unreadable(line, records(line)) == 0


@pytest.mark.parametrize("nonsense", [LONG, "9" * 30, "x", "-4"])
def test_a_size_or_a_number_of_skipped_lines_beyond_reason_is_not_told(nonsense: str) -> None:
    line = f"ts=1.1 gid=1 type=item_get key=b status=found clsid=1 cfd=17 size={nonsense}\n"
    ((*_, said),) = records(line.encode())
    assert said == b""
    assert skipped(f"skipped={nonsense}\nskipped=7\n".encode()) == 7
