"""The last lines of the log."""

from mctop.service.memcached.stream.log_ring import LINES, LogRing, requests
from mctop.service.memcached.stream.watch_lines import records
from tests.service.memcached.stream.logged import deleted, got, stored


def shown(*lines: bytes) -> list[tuple[str, str, str, int]]:
    """What the log says."""
    ring = LogRing()
    ring.add(requests(records(b"".join(lines))))
    return [(line.command, line.key, line.status, line.size) for line in ring.lines()]


def test_lines_are_written_as_the_api_writes_them() -> None:
    assert shown(got("a%3A1"), got("b", "not_found", size=0), got("c", "expired", size=0)) == [
        ("GET", "a:1", "HIT", 5),
        ("GET", "b", "MISS", 0),
        ("GET", "c", "EXPIRED", 0),
    ]


def test_a_store_and_a_deletion_are_one_line_each() -> None:
    lines = (
        got("a", "not_found", on=1),
        got("z", on=2),
        stored("a", "not_stored", "add", on=1),
        got("z"),
        deleted("z"),
    )
    assert shown(*lines) == [("GET", "z", "HIT", 5), ("ADD", "a", "NOT_STORED", 5), ("DELETE", "z", "DELETED", 2)]


def test_a_key_that_is_no_text_is_shown_all_the_same() -> None:
    assert [line[1] for line in shown(got("m%C3%A9"), got("%FF%0A"))] == ["mé", "\\xff\n"]


def test_the_last_lines_are_kept() -> None:
    ring = LogRing()
    ring.add(records(got("early")))
    ring.add(requests(records(b"".join(got(f"k{n}") for n in range(3 * LINES)))))
    assert [line.key for line in ring.lines()] == [f"k{n}" for n in range(2 * LINES, 3 * LINES)]
