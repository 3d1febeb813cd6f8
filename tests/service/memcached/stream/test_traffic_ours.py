"""Our own lookups."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.service.memcached.stream.traffic import PATIENCE, OwnLookup, OwnLookups, Traffic
from mctop.service.memcached.stream.watch_lines import records
from tests.service.memcached.stream.logged import got, stored

THERE, ABSENT = OwnLookup(b"a", was_there=True), OwnLookup(b"a", was_there=False)


def test_one_lookup_is_taken_out_for_each_of_ours() -> None:
    ours, keys = OwnLookups(), [b"a", b"b", b"a", b"a"]
    ours.expect(THERE, 0.0)
    ours.expect(THERE, 0.0)
    ours.drop(keys, 1.0, were_there=True)
    ours.drop(keys, 1.0, were_there=True)
    assert keys == [b"b", b"a"]


def test_a_lookup_of_a_client_with_another_outcome_is_not_ours() -> None:
    ours, hits, misses = OwnLookups(), [b"a"], [b"a", b"a"]
    ours.expect(ABSENT, 0.0)
    ours.drop(hits, 1.0, were_there=True)
    ours.drop(misses, 1.0, were_there=False)
    assert (hits, misses) == ([b"a"], [b"a"])


def test_a_lookup_whose_line_is_lost_takes_nothing_out_for_ever() -> None:
    ours, keys = OwnLookups(), [b"a"]
    ours.expect(THERE, 0.0)
    ours.drop([], PATIENCE, were_there=True)
    ours.drop(keys, PATIENCE, were_there=True)
    assert keys == [b"a"]


def test_one_line_is_taken_out_for_each_lookup_and_it_is_a_get_with_its_outcome() -> None:
    ours, lines = OwnLookups(), records(stored("a") + got("a", "not_found") + got("b") + got("a"))
    ours.expect(THERE, 0.0)
    ours.expect(THERE, 0.0)
    assert ours.others(lines, 1.0) == lines[:3]
    assert ours.others(lines, 1.0) == lines[:3]
    assert ours.others(lines, 1.0) == lines


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans(), st.booleans()), max_size=30), st.booleans())
def test_only_what_clients_looked_up_is_counted(looks: list[tuple[str, bool, bool]], sees_stores: bool) -> None:
    """Each lookup is of a key that is there or not, by a client or by us; clients have connections of their own."""
    traffic = Traffic()
    traffic.begin(0.0, sees_stores=sees_stores)
    for pinned in (b"a", b"b"):
        traffic.pin(pinned)
    for key, there, is_ours in looks:
        if is_ours:
            traffic.leave_out(OwnLookup(key.encode(), there), 1.0)
    lines = [got(key, "found" if there else "not_found", on=99 if is_ours else 17) for key, there, is_ours in looks]
    for chunk in (b"".join(lines), b"", b""):
        traffic.feed(chunk, 1.0)
    for name in "ab":
        mine = [there for key, there, is_ours in looks if key == name and not is_ours]
        assert traffic.pin(name.encode()) == (mine.count(True), mine.count(False), 0)
