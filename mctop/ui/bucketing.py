"""How finely series are told, in words."""

from __future__ import annotations

from mctop.ui.text import Clean

HALF_HOURLY = Clean("of half-hourly v1 history")


def bucketed(api: str, each: str) -> Clean:
    """In buckets of `each`; of API v1, whose buckets are made of counters each half hour, that."""
    return HALF_HOURLY if api == "v1" else Clean(f"in buckets of {each}")
