"""Moments and spans of time as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_SPAN = re.compile(r"(?:\d+(?:\.\d+)?[smhdwy]\s*)+")
_PART = re.compile(r"(\d+(?:\.\d+)?)([smhdwy])")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")


def parse_span(text: str) -> float | None:
    """Seconds of `15m`, `2h`, `1h 30m`, `7d`; None if it is no such thing."""
    text = text.strip().lower()
    if _SPAN.fullmatch(text) is None:
        return None
    return sum(float(number) * UNITS[unit] for number, unit in _PART.findall(text))


def parse_moment(text: str, now: float) -> float | None:
    """Epoch seconds of a UTC time that is over: `03:10`, `09-20 03:10`, `2026-09-20`, `2h ago`; None if it is none.

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
