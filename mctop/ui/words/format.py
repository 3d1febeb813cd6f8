"""Numbers and times as short text: every form has a greatest width, so that columns stand still."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.introspection import PopularItems


NOTHING = "–"
"""Stands for what is not known, or has no meaning (no traffic has no hit rate)."""

LABEL = 40
"""Columns of a cache's name, at most."""
BINARY = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
DECIMAL = ("", "k", "M", "G", "T", "P", "E")
SPANS = ("ns", "µs", "ms", "s")
MINUTE, HOUR, DAY = 60, 3_600, 86_400


class Unit(Enum):
    """What a number is a number of."""

    BYTES = "bytes"
    SPEED = "bytes per second"
    COUNT = "count"
    RATE = "rate"
    PERCENT = "percent"
    LATENCY = "latency"

    def text(self, value: float | None) -> str:
        """A value of this unit as text, at most `width` columns wide; percentages are 0-100, latencies nanoseconds."""
        return WRITERS[self](value)

    @property
    def width(self) -> int:
        """Columns of its longest value that is not negative."""
        return WIDTHS[self]


def size(value: float | None) -> str:
    """Bytes, at most 8 wide: `512 B`, `1.21 GiB`."""
    number = _finite(value)
    return NOTHING if number is None else _scaled(number, 1024, BINARY, " ")


def speed(value: float | None) -> str:
    """Bytes per second, at most 10 wide: `512 B/s`, `1.21 GiB/s`."""
    text = size(value)
    return text if text == NOTHING else f"{text}/s"


def count(value: float | None) -> str:
    """How many, at most 5 wide (6 if negative): `812`, `12.3k`, `1.2M`."""
    number = _finite(value)
    if number is None:
        return NOTHING
    if abs(number) < 999.5:
        return _signed(number, f"{abs(number):.0f}")
    return _signed(number, _decimal(abs(number)))


def rate(value: float | None) -> str:
    """Per second, at most 7 wide (8 if negative): `0.4/s`, `3,412/s`, `12.3k/s`."""
    number = _finite(value)
    if number is None:
        return NOTHING
    amount = abs(number)
    if amount == 0:
        return "0/s"
    if amount < 0.05:
        return "<0.1/s"
    if amount < 9.95:
        return _signed(number, f"{amount:.1f}/s")
    if amount < 9_999.5:
        return _signed(number, f"{amount:,.0f}/s")
    return _signed(number, f"{_decimal(amount)}/s")


def percent(value: float | None) -> str:
    """A percentage given as 0-100, at most 6 wide: `93.4 %`, `100 %`, `<0.1 %`."""
    number = _finite(value)
    if number is None:
        return NOTHING
    amount = abs(number)
    if amount == 0:
        return "0 %"
    if amount < 0.05:
        return "<0.1 %"
    if amount < 99.95:
        return _signed(number, f"{amount:.1f} %")
    return _signed(number, f"{amount:.0f} %") if amount < 999.5 else ">999 %"


def share(part: float | None, whole: float | None) -> str:
    """A part of a whole as a percentage, at most 6 wide; a whole of nothing has no parts."""
    return percent(part * 100 / whole) if part is not None and whole else NOTHING


def duration(seconds: float | None) -> str:
    """A span of time, rounded down, at most 7 wide: `42s`, `3m`, `2h 5m`, `3d 4h`."""
    number = _finite(seconds)
    if number is None:
        return NOTHING
    whole = max(0, int(number))
    if whole < MINUTE:
        return f"{whole}s"
    if whole < HOUR:
        return f"{whole // MINUTE}m"
    if whole < DAY:
        return _pair(whole // HOUR, "h", whole % HOUR // MINUTE, "m")
    days = whole // DAY
    if days < 100:
        return _pair(days, "d", whole % DAY // HOUR, "h")
    return f"{days}d" if days < 100_000 else ">99999d"


def latency(nanoseconds: float | None) -> str:
    """A time to answer given in ns, at most 7 wide: `850 ns`, `412 µs`, `2.42 ms`, `1.20 s`."""
    number = _finite(nanoseconds)
    return NOTHING if number is None else _scaled(number, 1000, SPANS, " ")


def time_of_day(time: float | None) -> str:
    """UTC time of an epoch second, 9 wide: `04:31:07Z`."""
    number = _finite(time)
    if number is None or not 0 <= number < 253_402_300_800:
        return NOTHING
    return datetime.fromtimestamp(number, UTC).strftime("%H:%M:%SZ")


def change(now: float | None, before: float | None) -> str:
    """How much more or less than before, relative, at most 8 wide: `▲ +1.2 %`, `▼ −12 %`."""
    if now is None or before is None or not before:
        return NOTHING
    return _change((now - before) * 100 / abs(before), "%")


def points(now: float | None, before: float | None) -> str:
    """How many percentage points more or less than before, at most 9 wide: `▼ −3.4 pt`."""
    return NOTHING if now is None or before is None else _change(now - before, "pt")


def _finite(value: float | None) -> float | None:
    """The value, or None where it is no finite number."""
    return float(value) if value is not None and math.isfinite(value) else None


def _change(difference: float, unit: str) -> str:
    if not math.isfinite(difference):
        return NOTHING
    amount = abs(difference)
    if amount < 0.05:
        return f"= 0.0 {unit}"
    arrow, sign = ("▲", "+") if difference > 0 else ("▼", "−")
    if amount >= 999.5:
        return f"{arrow} >999 {unit}"
    return f"{arrow} {sign}{amount:.1f} {unit}" if amount < 9.95 else f"{arrow} {sign}{amount:.0f} {unit}"


def _decimal(amount: float) -> str:
    exponent = 0
    while amount >= 999.5 and exponent < len(DECIMAL) - 1:
        amount /= 1000
        exponent += 1
    if amount >= 999.5:
        return f">999{DECIMAL[-1]}"
    return f"{amount:.1f}{DECIMAL[exponent]}" if amount < 99.95 else f"{amount:.0f}{DECIMAL[exponent]}"


def _scaled(number: float, step: int, units: tuple[str, ...], space: str) -> str:
    """Three significant digits in the unit that keeps the number below 1000."""
    amount, exponent = abs(number), 0
    while amount >= 999.5 and exponent < len(units) - 1:
        amount /= step
        exponent += 1
    if amount >= 999.5:
        return f">999{space}{units[-1]}"
    places = 0 if exponent == 0 or amount >= 99.95 else 1 if amount >= 9.995 else 2
    return _signed(number, f"{amount:.{places}f}{space}{units[exponent]}")


def _signed(number: float, text: str) -> str:
    return f"−{text}" if number < 0 else text


def _pair(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large}{large_unit} {small}{small_unit}" if small else f"{large}{large_unit}"


WRITERS = {
    Unit.BYTES: size, Unit.SPEED: speed, Unit.COUNT: count, Unit.RATE: rate, Unit.PERCENT: percent,
    Unit.LATENCY: latency,
}  # fmt: skip
WIDTHS = {Unit.BYTES: 8, Unit.SPEED: 10, Unit.COUNT: 5, Unit.RATE: 7, Unit.PERCENT: 6, Unit.LATENCY: 7}


def cache_name(label: str, info: CacheInfo | None, longest: int) -> Clean:
    """The configured label, or else what the API calls it, in at most `longest` characters; "" until then."""
    return clean(raw_cache_name(label, info), longest)


def raw_cache_name(label: str, info: CacheInfo | None) -> str:
    """The same as it is written, not to be shown."""
    return label or ((info.label or info.name or f"cache {info.id}") if info else "")


BAR = 8
LONGEST_SLICE = 86_400
"""Seconds above which a time slice is not what we think it is, and is not shown."""
EIGHTHS = " ▏▎▍▌▋▊▉█"


def time_slice(popular: PopularItems) -> str:
    """How long the time slice is that popularity is about."""
    seconds = popular.time_slice / 1e9
    return f"last {duration(seconds)}" if 1 <= seconds <= LONGEST_SLICE else ""


def popularity(number: float) -> str:
    """Popularity as it is; it has no unit."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


def bar(part: float) -> str:
    """A part of the greatest, 0-1, as a bar of at most `BAR` columns."""
    eighths = round(max(0.0, min(1.0, part)) * BAR * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()
