"""Popular items, remembered slice after slice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.api.models.introspection import CertainFrom, PopularItem, PopularItems
from mctop.store.keys.hot_keys import FEWEST_SLICES, MOST_ITEMS, MOST_SLICES, HotKeys, HotList, Sighting, extended

MINUTES = 180_000_000_000


def slice_of(*names: str, missed: tuple[str, ...] = ()) -> PopularItems:
    """A slice of three minutes; the first name is the most popular."""
    return PopularItems(
        time_slice=MINUTES,
        most_hit_keys=tuple(PopularItem(name=name, popularity=100 - rank) for rank, name in enumerate(names)),
        most_missed_keys=tuple(PopularItem(name=name, popularity=9) for name in missed),
    )


def seen(*slices: tuple[float, PopularItems]) -> HotKeys:
    held = HotKeys()
    for time, items in slices:
        held = extended(held, items, time)
    return held


def names(held: HotKeys, kind: HotList = HotList.HIT) -> list[str]:
    return [item.name for item in held.current(kind)]


def test_it_is_known_of_the_newest_slice_what_is_not_certain_in_it() -> None:
    certain = CertainFrom(most_hit_keys=48)
    held = seen((100, slice_of("a")), (110, slice_of("a").model_copy(update={"certain_from": certain})))
    assert (held.certain_from[HotList.HIT], held.certain_from[HotList.MISSED]) == (48, 0)
    assert extended(held, slice_of("a"), 120).certain_from[HotList.HIT] == 0


def test_the_newest_slice_is_listed_by_rank() -> None:
    held = seen((100, slice_of("a", "b")), (110, slice_of("b", "c", missed=("m",))))
    assert names(held) == ["b", "c"]
    assert names(held, HotList.MISSED) == ["m"]
    assert (held.time_slice, held.times, held.since) == (180, (100, 110), 100)


def test_each_item_keeps_where_it_stood_and_when_it_was_first_seen() -> None:
    held = seen((100, slice_of("a", "b")), (110, slice_of("b", "a")), (120, slice_of("c", "b")))
    b = held.items[HotList.HIT]["b"]
    assert (b.first_seen, b.sightings) == (100, (Sighting(100, 2, 99), Sighting(110, 1, 100), Sighting(120, 2, 99)))
    assert held.items[HotList.HIT]["c"].first_seen == 120
    assert (b.at(110), b.at(115), b.at(90)) == (Sighting(110, 1, 100), None, None)


def test_an_item_that_comes_back_remembers_its_first_time() -> None:
    held = seen((100, slice_of("a")), (110, slice_of("b")), (120, slice_of("a")))
    assert held.items[HotList.HIT]["a"].first_seen == 100


def test_ranks_are_compared_with_the_last_slice_that_shares_no_request() -> None:
    times = [(float(time), slice_of("a")) for time in range(0, 400, 10)]
    held = seen(*times)
    assert (held.compared(390), held.compared(300), held.compared(40), held.compared(0)) == (210, 120, 0, None)
    assert HotKeys().compared(0) is None


def test_a_key_that_is_listed_twice_counts_once() -> None:
    held = seen((100, slice_of("a", "a", "b")))
    assert [(item.name, item.last.rank) for item in held.current(HotList.HIT)] == [("a", 1), ("b", 3)]


def test_a_clock_that_was_set_back_begins_anew() -> None:
    held = seen((100, slice_of("a")), (50, slice_of("b")))
    assert (held.times, names(held), held.since) == ((50,), ["b"], 50)


def test_patterns_are_learnt_from_all_keys_seen() -> None:
    held = seen((100, slice_of("user:1")), (110, slice_of("geo:DE", missed=("user:2",))))
    assert held.patterns.of("user:1").text == "user:{n}"
    assert held.patterns.of("geo:DE").text == "geo:DE"


def test_prefixes_teach_no_patterns() -> None:
    items = PopularItems(popular_prefixes=tuple(PopularItem(name=f"p{n}:", popularity=1) for n in range(5)))
    assert extended(HotKeys(), items, 1).patterns.by_key == {}


def test_what_is_remembered_is_bounded() -> None:
    held = HotKeys()
    for time in range(MOST_SLICES + 50):
        held = extended(held, slice_of("always", *(f"k{time}x{n}" for n in range(4))), time)
    items = held.items[HotList.HIT]
    assert len(held.times) == MOST_SLICES
    assert len(items) == MOST_ITEMS
    assert len(items["always"].sightings) == MOST_SLICES
    assert (items["always"].first_seen, held.since) == (0, 0)


def test_of_long_slices_fewer_are_remembered() -> None:
    held = HotKeys()
    for time in range(FEWEST_SLICES + 20):
        held = extended(held, slice_of(*(f"k{n}" for n in range(1_000))), time)
    assert len(held.times) == 36
    assert max(len(item.sightings) for item in held.current(HotList.HIT)) == 36


def test_of_items_that_come_and_go_only_the_slices_that_are_kept_are_remembered() -> None:
    held = HotKeys()
    for time in range(3 * MOST_SLICES):
        held = extended(held, slice_of(*(f"k{(time + n * 7) % 100}" for n in range(10))), time)
    items = held.items[HotList.HIT].values()
    assert len(items) == 100
    assert sum(len(item.sightings) for item in items) == MOST_SLICES * 10
    for time in range(3 * MOST_SLICES, 5 * MOST_SLICES):
        held = extended(held, slice_of("other"), time)
    assert [len(item.sightings) for item in held.items[HotList.HIT].values()] == [1] * 100 + [MOST_SLICES]
    assert {item.first_seen for item in held.items[HotList.HIT].values()} <= {*range(100), 3 * MOST_SLICES}


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6, unique=True), max_size=12))
def test_what_was_told_is_what_is_remembered(slices: list[list[str]]) -> None:
    held = seen(*((time, slice_of(*listed)) for time, listed in enumerate(slices)))
    for time, listed in enumerate(slices):
        for name in "abcdef":
            item = held.items[HotList.HIT].get(name)
            found = item.at(time) if item else None
            assert (None if found is None else found.rank) == (listed.index(name) + 1 if name in listed else None)
    assert names(held) == (slices[-1] if slices else [])
