"""What clients meant."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.service.memcached.stream.watch_lines import Pairing, Record, RequestedKeys, records
from tests.service.memcached.stream.logged import deleted, got, stored


def meant(*lines: bytes, sees_stores: bool = True) -> RequestedKeys:
    """All that the lines mean, however they come in."""
    return told(Pairing(sees_stores=sees_stores), records(b"".join(lines)))


def told(pairing: Pairing, *calls: list[Record]) -> RequestedKeys:
    """The answers to the calls together, with what is open in the end."""
    answers = [pairing.meant(call) for call in (*calls, [], [])]
    return RequestedKeys(*([key for answer in answers for key in answer[kind]] for kind in range(3)))


def test_the_lookup_of_a_store_is_no_get() -> None:
    assert meant(got("a", "not_found"), stored("a"), got("a"), got("b", "not_found")) == ([b"a"], [b"b"], [b"a"])


def test_stores_that_do_not_succeed_are_no_mutations_and_their_lookups_no_gets() -> None:
    lines = (got("a"), stored("a", "not_stored", "add"), got("b", "not_found"), stored("b", "not_found", "cas"))
    assert meant(*lines) == ([], [], [])
    assert meant(got("c"), stored("c", "exists", "cas"), got("c"), stored("c", command="na")) == ([], [], [b"c"])


def test_a_miss_and_the_set_after_it_are_both_counted() -> None:
    lines = (got("a", "not_found"), got("a", "not_found"), stored("a"))
    assert meant(*lines) == ([], [b"a"], [b"a"])


def test_lookups_are_paired_on_their_own_connection() -> None:
    lines = (got("a", on=1), got("a", "not_found", on=2), stored("a", on=1), stored("a", on=2), got("a", on=3))
    assert meant(*lines) == ([b"a"], [], [b"a", b"a"])


def test_lines_without_connections_are_paired_as_they_come() -> None:
    lines = (got("a", "not_found", on=None, size=None), stored("a", on=None), got("a", on=None), got("b", on=None))
    assert meant(*lines) == ([b"a", b"b"], [], [b"a"])


def test_a_set_that_is_too_large_is_looked_up_after_it_fails() -> None:
    lines = (stored("big", "too_large", on=-207508832), got("big", "not_found"), got("big", "not_found"))
    assert meant(*lines) == ([], [b"big"], [])


def test_a_deletion_takes_its_lookup_back_and_no_other() -> None:
    assert meant(got("a", on=1), got("a", on=2), deleted("a")) == ([b"a"], [], [b"a"])
    assert meant(got("a", on=1), got("b", on=2), deleted("a")) == ([b"b"], [], [b"a"])
    assert meant(got("b"), deleted("a")) == ([b"b"], [], [b"a"])


def test_expired_and_flushed_are_misses() -> None:
    assert meant(got("a", "expired"), got("a", "flushed")) == ([], [b"a", b"a"], [])


def test_without_stores_every_lookup_stands_as_it_is_and_at_once() -> None:
    lines = (got("a", "not_found"), got("a", "not_found"), got("a", "not_found"), got("b"), got("b"))
    pairing = Pairing(sees_stores=False)
    assert pairing.meant(records(b"".join(lines))) == ([b"b", b"b"], [b"a", b"a", b"a"], [])
    assert pairing.meant([]) == ([], [], [])


def test_a_get_that_nothing_follows_is_told_in_the_second_call() -> None:
    pairing = Pairing(sees_stores=True)
    assert pairing.meant(records(got("a"))) == ([], [], [])
    assert pairing.meant([]) == ([b"a"], [], [])
    assert pairing.meant([]) == ([], [], [])


COMMANDS = st.lists(
    st.tuples(st.sampled_from(["get", "set"]), st.sampled_from("abc"), st.booleans(), st.integers(1, 3)), max_size=30
)


@given(COMMANDS, st.data())
def test_gets_and_sets_are_exact_however_the_lines_come_in(
    commands: list[tuple[str, str, bool, int]], data: st.DataObject
) -> None:
    """But for a pair that comes in more than one call apart, which servers do not do."""
    hits: list[bytes] = []
    misses: list[bytes] = []
    mutations: list[bytes] = []
    lines: list[list[bytes]] = []
    for command, key, is_there, on in commands:
        look = got(key, "found" if is_there else "not_found", on=on)
        lines.append([look, stored(key, on=on)] if command == "set" else [look])
        (mutations if command == "set" else hits if is_there else misses).append(key.encode())
    flat = records(b"".join(line for pair in lines for line in pair))
    at = data.draw(st.integers(0, len(flat)))
    answer = told(Pairing(sees_stores=True), flat[:at], flat[at:])
    assert tuple(map(sorted, answer)) == (sorted(hits), sorted(misses), sorted(mutations))
