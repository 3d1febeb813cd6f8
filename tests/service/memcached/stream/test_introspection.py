"""What the watches tell together."""

from __future__ import annotations

import pytest

from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.stream.introspection import Introspection, PrefixCounts
from mctop.service.memcached.stream.popularity import MOST as MOST_KEPT
from mctop.service.memcached.stream.traffic import PINNED
from mctop.service.memcached.stream.watcher import Watcher
from tests.service.memcached.stream.logged import got, stored


def watching(*lines: bytes, now: float = 1.0) -> Watcher:
    """A watcher that saw some lines."""
    watcher = Watcher(Address("127.0.0.1"), Access(), lambda: None)
    watcher.traffic.begin(0.0, sees_stores=True)
    see(watcher, *lines, now=now)
    return watcher


def see(watcher: Watcher, *lines: bytes, now: float = 1.0) -> None:
    """Let it see more, all of which is counted."""
    for chunk in (b"".join(lines), b"", b""):
        watcher.traffic.feed(chunk, now)


def names(items: object) -> list[tuple[str, float]]:
    """Names and popularities."""
    return [(item.name, item.popularity) for item in items]  # type: ignore[attr-defined]  # a tuple of PopularItem


def test_popularity_is_summed_over_servers() -> None:
    first = watching(got("user%3A1"), got("user%3A1"), got("post%3A1", "not_found"))
    second = watching(got("user%3A1"), got("user%3A2"), stored("user%3A2"), now=2.0)
    popular = Introspection((first, second)).popular_items()
    assert names(popular.most_hit_keys) == [("user:1", 3)]
    assert names(popular.most_missed_keys) == [("post:1", 1)]
    assert names(popular.most_mutated_keys) == [("user:2", 1)]
    assert names(popular.popular_prefixes) == [("user:", 4), ("post:", 1)]
    assert popular.time_slice == 2_000_000_000


def test_a_prefix_has_its_own_popular_keys_from_the_moment_it_is_watched() -> None:
    one = watching(got("user%3A1"))
    all_of_it = Introspection((one,))
    assert names(all_of_it.popular_items("user:").most_hit_keys) == [("user:1", 1)]
    all_of_it.watch_prefixes(("user:", "x"))
    see(one, got("user%3A2"), got("user%3A2", on=18), got("post%3A1"))
    assert names(all_of_it.popular_items("user:").most_hit_keys) == [("user:2", 2)]
    assert names(all_of_it.popular_items("x").most_hit_keys) == []


def test_counts_of_watched_prefixes_are_taken_once() -> None:
    one, two = watching(), watching()
    all_of_it = Introspection((one, two))
    all_of_it.watch_prefixes(("user:", "u"))
    see(one, got("user%3A1"), got("user%3A1", "not_found"), now=3.0)
    see(two, got("user%3A1"), stored("user%3A1"), got("user"), now=2.0)
    assert all_of_it.take_prefix_counts() == (PrefixCounts("user:", 2, 1, 1, 1), PrefixCounts("u", 2, 2, 1, 1))
    assert all_of_it.take_prefix_counts() == (PrefixCounts("user:", 0), PrefixCounts("u", 0))
    all_of_it.watch_prefixes(("u",))
    see(one, now=4.0)
    assert all_of_it.take_prefix_counts() == (PrefixCounts("u", 1, 0, 0, 0),)


def test_what_is_missing_is_made_up_for_in_the_counts_of_prefixes() -> None:
    one = watching()
    one.traffic.begin(1.0, sees_stores=False)
    all_of_it = Introspection((one,))
    all_of_it.watch_prefixes(("u",))
    see(one, got("u"), b"skipped=1\n", now=2.0)
    assert all_of_it.take_prefix_counts() == (PrefixCounts("u", 1, 2, 0, None),)


def test_a_key_counts_from_the_first_time_it_is_asked_for_whatever_becomes_of_the_slices() -> None:
    one, two = watching(got("é%3A".replace("é", "%C3%A9"))), watching()
    all_of_it = Introspection((one, two))
    assert all_of_it.key_counts("é:") == (1, 0, 0)
    see(two, got("%C3%A9%3A", "not_found"), stored("%C3%A9%3A", on=17), got("%C3%A9%3A", "expired"))
    one.traffic.begin(9.0, sees_stores=True)
    see(one, got("%C3%A9%3A"), now=9.0)
    assert all_of_it.key_counts("é:") == (2, 1, 1)


def test_few_keys_are_pinned_and_those_that_are_asked_for_stay() -> None:
    one = watching()
    all_of_it = Introspection((one,))
    all_of_it.key_counts("kept")
    see(one, got("kept"))
    one.traffic.begin(9.0, sees_stores=True)
    for number in range(PINNED):
        all_of_it.key_counts(f"k{number}")
        assert all_of_it.key_counts("kept") == (1, 0, 0)
    see(one, got("k0"), now=9.0)
    one.traffic.begin(10.0, sees_stores=True)
    assert all_of_it.key_counts("k0") == (0, 0, 0)


def test_lines_that_are_missing_make_the_sample() -> None:
    one = watching(got("a"), b"skipped=1\n", got("a"), got("b"))
    assert Introspection((one, watching())).sampled() == 0.75
    one.traffic.lose(4, 1.0)
    assert Introspection((one,)).sampled() == 0.375


def test_what_a_key_that_is_not_listed_can_have_too_is_left_out_and_from_where_is_said() -> None:
    noise = [got(f"noise%3A{number}") for number in range(2 * MOST_KEPT)]
    hot = [got("hot")] * 30
    one, two = watching(*noise, *hot, *noise), watching(got("rare"))
    popular = Introspection((one, two)).popular_items()
    floor = one.traffic.slices.shortfall(lambda part: part.all.hits)
    assert popular.certain_from is not None
    assert popular.certain_from.most_hit_keys == floor > 0
    assert popular.certain_from.most_missed_keys == 0
    assert popular.most_hit_keys[0].name == "hot"
    assert all(item.popularity >= floor for item in popular.most_hit_keys)
    assert "rare" not in {item.name for item in popular.most_hit_keys}


def test_what_counts_can_be_too_small_is_not_told_where_it_moves_no_rank() -> None:
    noise = [got(f"noise%3A{number}") for number in range(2 * MOST_KEPT)] * 2
    hot = [got(f"hot%3A{number}") for number in range(20)] * 40
    one = watching(*hot, *noise[: 2 * MOST_KEPT])
    see(one, got("another"))
    popular = Introspection((one,)).popular_items()
    assert one.traffic.slices.shortfall(lambda part: part.all.hits) > 0
    assert popular.certain_from is not None
    assert (popular.certain_from.most_hit_keys, len(popular.most_hit_keys)) == (0, 20)


def test_which_lookups_were_no_gets_is_told_of_all_servers_together() -> None:
    counters = {
        "get_hits": 0, "get_misses": 0, "touch_hits": 0, "touch_misses": 0, "incr_hits": 0, "incr_misses": 0,
        "decr_hits": 0, "decr_misses": 0, "delete_misses": 0, "delete_hits": 0,
    }  # fmt: skip
    one, two = watching(), watching()
    for watcher, rise in ((one, {"get_hits": 3}), (two, {"incr_hits": 1, "get_misses": 5})):
        watcher.traffic.compare(counters, 1.0)
        watcher.traffic.compare({**counters, **rise}, 2.0)
    assert Introspection((one, two)).not_gets() == (0.25, 0.0)


def test_mutations_are_unknown_where_no_server_shows_them_and_those_of_the_others_where_some_do() -> None:
    blind, sighted = watching(), watching()
    blind.traffic.begin(0.0, sees_stores=False)
    see(blind, got("k"), got("k", "not_found"))
    see(sighted, got("k"), stored("k"))
    assert Introspection((blind,)).key_counts("k") == (1, 1, None)
    assert Introspection((blind, sighted)).key_counts("k") == (1, 1, 1)
    assert Introspection((Watcher(Address("127.0.0.1"), Access(), lambda: None),)).key_counts("k") == (None, None, None)


@pytest.mark.parametrize("watchers", [(), (Watcher(Address("127.0.0.1"), Access(), lambda: None),)])
def test_what_was_never_watched_says_so(watchers: tuple[Watcher, ...]) -> None:
    all_of_it = Introspection(watchers)
    assert all_of_it.sampled() is None
    assert all_of_it.popular_items().most_hit_keys == ()
