"""The counters of every server, kept now and then: what v1 calls history."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from mctop.api.models.history import HistoryRow

if TYPE_CHECKING:
    from mctop.service.backend import Backend

EVERY = 1_800.0
"""Seconds between two kept samples."""

MOST = 90 * 48
"""Samples kept: 90 days."""


class History:
    """What the counters were since the service started, every half hour, and what they are now."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._samples: deque[tuple[HistoryRow, ...]] = deque(maxlen=MOST)

    async def keep(self) -> None:
        """Keep a sample, if the newest is old enough."""
        if not self._samples or self._backend.now() - self._samples[-1][0].time >= EVERY:
            sample = await self._sample()
            if sample:
                self._samples.append(sample)

    async def rows(self) -> tuple[HistoryRow, ...]:
        """Every kept sample and one of now, oldest first, a row for each server."""
        return tuple(row for sample in (*self._samples, await self._sample()) for row in sample)

    async def _sample(self) -> tuple[HistoryRow, ...]:
        now = self._backend.now()
        return tuple(
            HistoryRow(time=now, server=each.server.rpartition(":")[0], stats=each.counters)
            for each in await self._backend.counters()
        )
