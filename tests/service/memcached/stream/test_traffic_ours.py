"""Our own lookups."""

from mctop.service.memcached.stream.traffic import PATIENCE, OwnLookups
from mctop.service.memcached.stream.watch_lines import records
from tests.service.memcached.stream.logged import got, stored


def test_one_get_is_taken_out_for_each_lookup() -> None:
    ours, keys = OwnLookups(), [b"a", b"b", b"a", b"a"]
    ours.expect(b"a", 0.0)
    ours.expect(b"a", 0.0)
    ours.drop(keys, 1.0)
    ours.drop(keys, 1.0)
    assert keys == [b"b", b"a"]


def test_a_lookup_that_was_never_made_takes_nothing_out() -> None:
    ours, keys = OwnLookups(), [b"a"]
    ours.expect(b"a", 0.0)
    ours.drop([], PATIENCE)
    ours.drop(keys, PATIENCE)
    assert keys == [b"a"]


def test_one_line_is_taken_out_for_each_lookup_and_it_is_a_get() -> None:
    ours, lines = OwnLookups(), records(stored("a") + got("b") + got("a"))
    ours.expect(b"a", 0.0)
    ours.expect(b"a", 0.0)
    assert ours.others(lines, 1.0) == lines[:2]
    assert ours.others(lines, 1.0) == lines[:2]
    assert ours.others(lines, 1.0) == lines
