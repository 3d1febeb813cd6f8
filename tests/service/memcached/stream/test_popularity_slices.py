"""Slices of time."""

from collections import Counter

from mctop.service.memcached.stream.popularity import SLICE, SLICES, PopularitySlices


def hit(slices: PopularitySlices, key: bytes, now: float) -> None:
    """Count a hit."""
    slices.running(now).all.add((Counter({key: 1}), Counter(), Counter()))


def test_what_was_counted_stays_for_three_minutes_and_not_longer() -> None:
    slices = PopularitySlices()
    slices.begin(0.0)
    hit(slices, b"old", 1.0)
    for number in range(1, SLICES):
        hit(slices, b"a", number * SLICE + 1)
    assert slices.count(b"old") == (1, 0, 0)
    assert slices.count(b"a") == (SLICES - 1, 0, 0)
    hit(slices, b"a", SLICES * SLICE + 1)
    assert slices.count(b"old") == (0, 0, 0)


def test_the_time_slice_is_the_time_that_was_watched() -> None:
    slices = PopularitySlices()
    assert slices.seconds == 0
    slices.begin(100.0)
    slices.running(107.5)
    assert slices.seconds == 7.5
    for number in range(1, 20):
        slices.running(100 + number * SLICE)
    assert slices.seconds == (SLICES - 1) * SLICE


def test_a_new_stretch_of_watching_begins_with_nothing() -> None:
    slices = PopularitySlices()
    slices.begin(0.0)
    hit(slices, b"a", 1.0)
    slices.running(1.0).lost += 3
    slices.begin(50.0)
    assert (slices.count(b"a"), slices.seconds, slices.lost) == ((0, 0, 0), 0, 0)
