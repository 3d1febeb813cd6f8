"""What one server says of itself at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ServerSample:
    """The whole numbers of `stats` by name, raw; `pid` and `uptime` (seconds) tell a restart.

    `at` is when they arrived, epoch seconds on our clock.
    """

    counters: Mapping[str, int]
    pid: int
    uptime: int
    at: float


def sample(stats: Mapping[str, str], at: float) -> ServerSample:
    """Read `stats`; what is no whole number is left out. Raises ValueError if it names no process."""
    counters = {name: int(value) for name, value in stats.items() if value.isascii() and value.isdigit()}
    if "pid" not in counters or "uptime" not in counters:
        raise ValueError("its stats name no process")
    return ServerSample(counters, counters["pid"], counters["uptime"], at)
