"""What grows is found, and what only fills up to its bound is not taken for it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from tests.hostile.day.verdict import Look, growth, read_looks, settled, slope

if TYPE_CHECKING:
    from collections.abc import Callable

STILL = Look(hours=0.0, resident=100_000, blocks=600_000, descriptors=15, threads=7, tasks=90)


def day(changed: Callable[[Look], Look]) -> tuple[Look, ...]:
    """A look every half an hour, each changed in some way from one of a process that stands still."""
    return tuple(changed(replace(STILL, hours=number / 2)) for number in range(1, 49))


def test_a_process_that_stands_still_or_fills_up_within_hours_is_level() -> None:
    assert growth(day(lambda look: look)) == ()
    assert growth(day(lambda look: replace(look, resident=int(80_000 + min(look.hours, 6) * 5_000)))) == ()
    assert growth(day(lambda look: replace(look, tasks=90 + int(look.hours * 2) % 3))) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (lambda look: replace(look, resident=100_000 + int(look.hours * 512)), "memory rises by 0.50 MiB an hour"),
        (lambda look: replace(look, blocks=600_000 + int(look.hours * 2_000)), "objects rise by 2,000 blocks an hour"),
        (lambda look: replace(look, descriptors=15 + int(look.hours)), "descriptors rose from 26 to 39"),
        (lambda look: replace(look, threads=7 + int(look.hours) // 6), "threads rose from 8 to 11"),
        (lambda look: replace(look, tasks=90 + int(look.hours)), "tasks rose from 101 to 114"),
    ],
)
def test_each_kind_of_growth_is_said(changed: Callable[[Look], Look], words: str) -> None:
    assert growth(day(changed)) == (words,)


def test_what_shrinks_does_not_grow() -> None:
    shrinking = day(lambda look: replace(look, resident=100_000 - int(look.hours * 512), tasks=90 - int(look.hours)))
    assert slope(shrinking) < 0
    assert growth(shrinking) == ()


def test_looks_are_read_as_they_were_written() -> None:
    looks = day(lambda look: look)
    assert read_looks(json.dumps(asdict(look)) for look in looks) == looks
    assert settled(looks)[0].hours == 12
