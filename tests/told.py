"""Counters that a test takes to be told."""

from __future__ import annotations


def told(count: int | None) -> int:
    """The count, which must be told."""
    assert count is not None
    return count
