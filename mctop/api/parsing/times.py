"""Timestamps, in every form that the API may give them."""

from __future__ import annotations

import math
from datetime import UTC, datetime

SECONDS_PER_UNIT = ((1e11, 1.0), (1e14, 1e-3), (1e17, 1e-6), (math.inf, 1e-9))
"""A number below the first is in units of the second: seconds, milli-, micro- and nanoseconds."""


def parse_moment(raw: object) -> float:
    """Read RFC 3339 or a number, or either as a string, as epoch seconds; without an offset it is UTC.

    Raise ValueError for anything else.
    """
    if isinstance(raw, str):
        return _parse_text(raw.strip())
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ValueError("not a time")
    return _from_number(raw)


def _parse_text(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        moment = datetime.fromisoformat(text.upper())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return _from_number(number)


def _from_number(number: float) -> float:
    size = abs(number)
    if not size < 1e20:
        raise ValueError("not a time")
    return next(number * unit for below, unit in SECONDS_PER_UNIT if size < below)
