"""What servers answer, read into values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.service.memcached.protocol.replies import (
    MetaItem,
    decoded,
    dumped,
    encoded,
    meta,
    meta_size,
    named,
    stats,
    value_size,
)
from mctop.service.memcached.stream.log_ring import name


def test_stats_are_names_and_values() -> None:
    lines = [b"STAT version 1.6.18", b"STAT threads 4", b"STAT empty", b"STAT inter a b", b"junk", b"STAT", b"\xff"]
    assert stats(lines) == {"version": "1.6.18", "threads": "4", "empty": "", "inter": "a b"}


def test_an_item_is_read_whatever_its_key_looks_like() -> None:
    line = b"ME size=1&fetch=yes exp=-1 la=14 cas=13 fetch=no cls=1 size=73"
    assert meta(line) == MetaItem(size=73, cas=13)


def test_a_value_has_the_size_that_was_asked_for() -> None:
    assert meta_size(b"HD s11") == 11
    assert [meta_size(line) for line in (b"EN", b"", b"HD", b"HD sx", b"HD t3")] == [None] * 5


@given(st.binary(min_size=1, max_size=40))
def test_a_key_is_meant_by_the_name_it_is_shown_by(key: bytes) -> None:
    text = name(encoded(key))
    assert name(encoded(named(text))) == text
    try:
        key.decode()
    except UnicodeDecodeError:
        assert named(text) == key


@pytest.mark.parametrize("line", [b"EN", b"", b"ME", b"ME a exp=x la=1 cas=1 fetch=no cls=1 size=x", b"ME a size=1"])
def test_no_item_or_one_that_makes_no_sense_is_none(line: bytes) -> None:
    assert meta(line) is None


def test_the_size_of_a_value_is_the_footprint_without_header_key_and_cas() -> None:
    with_cas = MetaItem(size=63, cas=1)
    without_cas = MetaItem(size=55, cas=0)
    assert value_size(with_cas, b"a:b") == value_size(without_cas, b"a:b") == 1
    assert value_size(without_cas, b"k" * 250) == 0


@pytest.mark.parametrize(
    ("start", "tail"),
    [(b"", b""), (b"", b" flags=0"), (b"OK\r\n", b" flags=0 ")],
    ids=["1.5.22", "1.6.24", "1.6.45"],
)
def test_a_dump_of_every_version_is_keys_and_footprints(start: bytes, tail: bytes) -> None:
    lines = b"key=a%%3Ab exp=-1 la=17 cas=1 fetch=no cls=1 size=63%b\nkey=c exp=5 la=1 cas=2 fetch=yes cls=1 size=7%b\n"
    assert dumped(start + lines % (tail, tail)) == [(b"a%3Ab", 63), (b"c", 7)]


@given(st.binary(max_size=50), st.binary(max_size=10))
def test_a_key_comes_back_from_its_encoding_and_a_start_stays_a_start(key: bytes, more: bytes) -> None:
    assert decoded(encoded(key)) == key
    assert encoded(key + more).startswith(encoded(key))


LONG = b"9" * 5_000


def test_a_line_of_a_dump_that_makes_no_sense_costs_itself_alone() -> None:
    good = b"key=a exp=-1 la=1 cas=1 fetch=no cls=1 size=5\n"
    for bad in (LONG, b"9" * 30, b"-1", b""):
        assert dumped(good + b"key=b exp=-1 la=1 cas=1 fetch=no cls=1 size=" + bad + b"\n" + good) == [(b"a", 5)] * 2
    for key in (b"k" * 251, b"%41" * 251, b"k" * 60_000):
        assert dumped(b"key=" + key + b" exp=-1 cls=1 size=7\n" + good) == [(b"a", 5)]
    assert dumped(b"key=" + b"%41" * 250 + b" exp=-1 cls=1 size=7\n") == [(b"%41" * 250, 7)]


def test_a_statistic_that_is_told_twice_unlike_or_beyond_reason_is_left_out() -> None:
    lines = (
        b"STAT a 1",
        b"STAT b 2",
        b"STAT a 3",
        b"STAT c 4",
        b"STAT c 4",
        b"STAT d " + LONG,
        b"STAT " + LONG + b" 1",
    )
    assert stats(lines) == {"b": "2", "c": "4"}


@pytest.mark.parametrize(
    "word", [b"size=" + LONG + b" cas=1", b"size=1 cas=" + LONG, b"size=-1 cas=1", b"size=x cas=1"]
)
def test_an_item_beyond_reason_is_none(word: bytes) -> None:
    assert meta(b"ME key " + word) is None
