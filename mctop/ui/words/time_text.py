"""Times and windows as text, and times that people type."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mctop.store.base.window import RANGES
from mctop.ui.words.format import duration
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.store.base.window import TimeWindow


NAMES = {seconds: name for name, seconds in RANGES.items()}
"""The names of ranges by their seconds."""


def length(window: TimeWindow) -> str:
    """Its length: the name of its range if it has one, else a duration."""
    return NAMES.get(window.seconds) or duration(window.seconds)


def spanned(window: TimeWindow) -> str:
    """The stretch of time that it shows: `the last 6h`, `6h to Sep 21 03:10Z`."""
    return f"the last {length(window)}" if window.end is None else f"{length(window)} to {moment_text(window.end)}"


def moment_text(time: float) -> str:
    """UTC date and time of an epoch second: `Sep 21 03:10Z`."""
    return datetime.fromtimestamp(time, UTC).strftime("%b %d %H:%MZ")


HALF_HOURLY = Clean("of half-hourly v1 history")
"""Buckets of API v1 are made of counters that it keeps every half hour."""


def bucketed(api: str, each: str) -> Clean:
    """The buckets of a series, `each` the length of one: `in buckets of 1m`; of API v1, that they are half-hourly."""
    return HALF_HOURLY if api == "v1" else Clean(f"in buckets of {each}")


UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_SPAN = re.compile(r"(?:\d+(?:\.\d+)?[smhdwy]\s*)+")
_PART = re.compile(r"(\d+(?:\.\d+)?)([smhdwy])")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")


def parse_span(text: str) -> float | None:
    """Seconds of `15m`, `2h`, `1h 30m`, `7d`; None if the text is no length of time."""
    text = text.strip().lower()
    if _SPAN.fullmatch(text) is None:
        return None
    return sum(float(number) * UNITS[unit] for number, unit in _PART.findall(text))


def parse_moment(text: str, now: float) -> float | None:
    """Epoch seconds of a UTC time that is over: `03:10`, `09-20 03:10`, `2026-09-20`, `2h ago`; None for other text.

    What a time does not say is that of the last such moment before `now`.
    """
    words = text.strip().lower().removesuffix("z").replace("t", " ", 1 if "-" in text else 0).split()
    if words and words[-1] == "ago":
        back = parse_span(" ".join(words[:-1]))
        return None if back is None or back > now else now - back
    day = _DAY.fullmatch(words[0]) if words else None
    clock = _CLOCK.fullmatch(words[-1]) if words else None
    if len(words) != (day is not None) + (clock is not None) or not words:
        return None
    return _latest(day, clock, now)


def _latest(day: re.Match[str] | None, clock: re.Match[str] | None, now: float) -> float | None:
    present = datetime.fromtimestamp(now, UTC)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    try:
        at = present.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if day is None:
            return (at if at <= present else at - timedelta(days=1)).timestamp()
        year, month, date = (int(part) if part else present.year for part in day.groups())
        at = at.replace(year=year, month=month, day=date)
        if at > present and day[1] is None:
            at = at.replace(year=year - 1)
    except ValueError:
        return None
    return at.timestamp() if 0 <= at.timestamp() <= now else None
