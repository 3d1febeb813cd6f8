"""The lines of a server, in bounded memory."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.log_filter import LogFilter, parse_filter
from mctop.service.memcached.stream.log_ring import LINES, SIEVES, LogPlace, LogRing, PackedLines, RequestLines
from mctop.service.memcached.stream.watch_lines import records
from tests.service.memcached.stream.logged import deleted, got, stored

SERVER = "mc1:11211"


def ring_of(*parts: bytes, sees_stores: bool = True) -> LogRing:
    """A log that some parts of a stream came into."""
    ring, requests = LogRing(), RequestLines(sees_stores=sees_stores)
    ring.begin(sees_stores=sees_stores)
    for part in (*parts, b""):
        ring.add(requests.of(records(part)))
    return ring


def shown(*parts: bytes, sees_stores: bool = True) -> list[tuple[str, str, str, int]]:
    """What the log says."""
    lines = ring_of(*parts, sees_stores=sees_stores).lines()
    return [(line.command, line.key, line.status, line.size) for line in lines]


def many(first: int, after: int, family: str = "k") -> bytes:
    """Gets of numbered keys."""
    return b"".join(got(f"{family}{number}") for number in range(first, after))


def read(
    ring: LogRing, place: LogPlace | None, *filters: str, most: int = 1_000
) -> tuple[list[str], tuple[int | None, int, int], LogPlace]:
    """The keys after a place, how many lines are missed, lost and left out, and the next place."""
    waiting = ring.after(place, tuple(map(parse_filter, filters)), SERVER)
    excerpt = waiting.excerpt(SERVER, most)
    return [fields[1] for fields in excerpt.lines], (excerpt.missed, excerpt.lost, excerpt.left_out), waiting.place


def test_lines_are_written_as_the_api_writes_them() -> None:
    assert shown(got("a%3A1") + got("b", "not_found", size=0) + got("c", "expired", size=0)) == [
        ("GET", "a:1", "HIT", 5),
        ("GET", "b", "MISS", 0),
        ("GET", "c", "EXPIRED", 0),
    ]


def test_where_only_lookups_are_told_nothing_is_called_a_get() -> None:
    assert shown(got("a") + got("b", "not_found"), sees_stores=False) == [
        ("LOOKUP", "a", "HIT", 5),
        ("LOOKUP", "b", "MISS", 5),
    ]


STORES = (got("a", "not_found", on=1), got("z", on=2), stored("a", "not_stored", "add", on=1), got("z"), deleted("z"))


def test_a_store_and_a_deletion_are_one_line_each_however_the_stream_is_cut() -> None:
    once = [("GET", "z", "HIT", 5), ("ADD", "a", "NOT_STORED", 5), ("DELETE", "z", "DELETED", 2)]
    assert shown(b"".join(STORES)) == once
    for cut in range(1, len(STORES)):
        assert shown(b"".join(STORES[:cut]), b"".join(STORES[cut:])) == once


def test_a_lookup_waits_for_the_next_part_alone() -> None:
    requests = RequestLines(sees_stores=True)
    assert len(requests.of(records(many(0, 20)))) == 12
    assert len(requests.of(records(stored("other", on=9)))) == 9
    assert requests.of([]) == []


def test_what_a_version_does_not_tell_is_not_made_up() -> None:
    ring = ring_of(got("a", on=None, size=None) + got("b", size=0))
    (untold, empty) = ring.after(None, (), SERVER).excerpt(SERVER, 9).lines
    assert (untold[4], empty[4]) == (None, 0)
    assert read(ring, None, "size<1")[0] == ["b"]
    assert shown(stored("a", "exists", "na")) == [("CAS", "a", "EXISTS", 5)]


def test_a_key_that_is_no_text_is_shown_all_the_same() -> None:
    assert [line[1] for line in shown(got("m%C3%A9") + got("%FF%0A"))] == ["mé", "\\xff\n"]


def test_the_documented_answer_is_the_last_hundred_lines() -> None:
    ring = ring_of(got("early"), many(0, 3 * LINES))
    assert [line.key for line in ring.lines()] == [f"k{n}" for n in range(2 * LINES, 3 * LINES)]


def test_after_a_place_come_just_the_lines_that_came_after_it() -> None:
    ring = ring_of(many(0, 3))
    keys, missing, place = read(ring, None)
    assert (keys, missing) == (["k0", "k1", "k2"], (0, 0, 0))
    assert read(ring, place)[:2] == ([], (0, 0, 0))
    ring.add(records(many(3, 5)))
    assert read(ring, place)[:2] == (["k3", "k4"], (0, 0, 0))


def test_what_is_missing_is_counted_to_the_line() -> None:
    ring = ring_of(many(0, 3))
    place = read(ring, None)[2]
    ring.add(records(many(3, 13)))
    ring.lose(7)
    keys, missing, after = read(ring, place, most=4)
    assert (keys, missing) == (["k9", "k10", "k11", "k12"], (6, 7, 0))
    assert read(ring, after)[1] == (0, 0, 0)


def test_after_another_stretch_of_watching_nobody_knows_what_is_missing() -> None:
    ring = ring_of(many(0, 3))
    place = read(ring, None)[2]
    ring.begin(sees_stores=True)
    ring.add(records(many(3, 4)))
    keys, missing, after = read(ring, place)
    assert (keys, missing) == (["k3"], (None, 0, 0))
    assert read(ring, after)[1] == (0, 0, 0)


def test_a_place_that_is_none_of_ours_has_everything_after_it() -> None:
    ring = ring_of(many(0, 3))
    for place in (LogPlace(1, 99, 0), LogPlace(1, 0, 99), ring.unknown):
        keys, missing, _ = read(ring, place)
        assert (len(keys), missing[0]) == (3, None)


def test_the_lines_that_pass_filters_are_there_however_many_others_came() -> None:
    ring = ring_of(b"")
    ring.share(10_000)
    place = read(ring, None, "cart")[2]
    for burst in range(30):
        ring.add(records(many(0, 500, "other") + got(f"cart%3A{burst}")))
    keys, missing, after = read(ring, place, "cart")
    assert keys == [f"cart:{burst}" for burst in range(30)]
    assert missing == (0, 0, 30 * 500)
    ring.add(records(many(0, 10, "other") + got("cart%3A99")))
    assert read(ring, after, "cart")[:2] == (["cart:99"], (0, 0, 10))


def test_new_filters_look_through_what_came_since_the_place() -> None:
    ring = ring_of(got("cart1") + got("other"))
    place = read(ring, None)[2]
    ring.add(records(got("cart2") + got("other")))
    keys, missing, after = read(ring, place, "cart")
    assert (keys, missing) == (["cart2"], (0, 0, 1))
    ring.add(records(got("cart3") + got("other")))
    keys, missing, after = read(ring, after)
    assert (keys, missing) == (["cart3", "other"], (0, 0, 0))
    assert read(ring, None, "cart")[0] == ["cart1", "cart2", "cart3"]


def test_filters_ask_for_server_command_status_and_size_too() -> None:
    ring = ring_of(got("a") + got("b", "not_found", size=0) + stored("c", size=5_000))
    for text, keys in (("server:mc1", ["a", "b", "c"]), ("server:mc2", []), ("status:miss", ["b"]), ("size>1k", ["c"])):
        assert read(ring, None, text)[0] == keys
    assert read(ring, None, "cmd:get", "status:hit")[0] == ["a"]
    hiding = ring.after(None, (parse_filter("cmd:get", excludes=True),), SERVER)
    assert [fields[1] for fields in hiding.excerpt(SERVER, 9).lines] == ["c"]


def test_each_reader_has_filters_of_its_own_and_those_not_asked_for_go() -> None:
    ring = ring_of(b"")
    places = {text: read(ring, None, text)[2] for text in map(str, range(SIEVES + 1))}
    ring.add(records(many(0, SIEVES + 1)))
    for text, place in places.items():
        assert read(ring, place, text)[0] == [f"k{text}"]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.booleans()), max_size=12), st.integers(1, 5), st.booleans()
)
def test_lines_read_missed_and_left_out_are_all_that_came(
    steps: list[tuple[int, bool, bool]], most: int, early: bool
) -> None:
    ring, came = ring_of(many(0, 4) if early else b""), 4 * early
    asked: tuple[LogFilter, ...] = ()
    place = ring.after(None, asked, SERVER).place
    counted = came
    for number, reads, filtered in steps:
        ring.add(records(many(came, came + number)))
        came += number
        if reads:
            waiting = ring.after(place, (parse_filter("5"),) if filtered else (), SERVER)
            excerpt, place = waiting.excerpt(SERVER, most), waiting.place
            assert excerpt.missed is not None
            counted += len(excerpt.lines) + excerpt.missed + excerpt.left_out
            assert counted == came


def test_packed_lines_stay_within_their_bound_and_keep_the_newest() -> None:
    packed = PackedLines(20_000)
    texts = [b"1795321473.%d item_get key%%3A%08d found  17 100" % (n, n) for n in range(2_000)]
    for first in range(0, 2_000, 7):
        packed.add(texts[first : first + 7])
    assert packed.added == 2_000
    assert packed.last(packed.many) == texts[-packed.many :]
    assert packed.last(10) == texts[-10:]
    assert 200 < packed.many < 400
    assert sum(map(sys.getsizeof, packed.last(packed.many))) > 20_000
