"""Restarts of servers, by their pid and uptime. Light: it loads no pydantic."""

from __future__ import annotations

from typing import Protocol


class Process(Protocol):
    """What tells one run of a server from the next: its pid, and for how many seconds it runs; None is not told."""

    @property
    def pid(self) -> int | None:
        """The number of its process."""

    @property
    def uptime(self) -> int | None:
        """Seconds since it started."""


LATE = 2.0
"""Seconds by which two clocks of whole seconds may differ about how long a server runs."""


def has_restarted(before: Process, after: Process, elapsed: float) -> bool | None:
    """Whether a server started between two looks that lie so many seconds apart; None where it cannot be told.

    In containers every process may have the same pid, so that it proves a restart, but not that there was none.
    """
    if None not in (before.pid, after.pid) and before.pid != after.pid:
        return True
    if after.uptime is None:
        return None
    return after.uptime < elapsed - LATE or (before.uptime is not None and after.uptime < before.uptime)
