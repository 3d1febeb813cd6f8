"""The counters of every server, now and then: what v1 calls history."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from mctop.api.models.stats import HistoryRow
from mctop.service.base.backend import Remembering

if TYPE_CHECKING:
    from mctop.api.models.stats import ServerCounters
    from mctop.service.base.backend import Backend


EVERY = 1_800.0
"""Seconds between two kept samples."""

MOST = 90 * 48
"""Samples kept: 90 days."""


class CounterHistory:
    """What the counters were, as far as the backend remembers or since the service started, and what they are now."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._samples: deque[tuple[HistoryRow, ...]] = deque(maxlen=MOST)

    async def keep(self) -> None:
        """Keep a sample, if the newest is old enough and the backend does not remember."""
        if isinstance(self._backend, Remembering):
            return
        if not self._samples or self._backend.now() - self._samples[-1][0].time >= EVERY:
            sample = await self._sample()
            if sample:
                self._samples.append(sample)

    async def rows(self) -> tuple[HistoryRow, ...]:
        """Every sample there is and one of now, oldest first, a row for each server."""
        own = tuple(row for sample in self._samples for row in sample)
        past = self._backend.past_counters() if isinstance(self._backend, Remembering) else own
        return *past, *await self._sample()

    async def _sample(self) -> tuple[HistoryRow, ...]:
        now = self._backend.now()
        return tuple(row_of(now, each) for each in await self._backend.counters())


def row_of(time: float, server: ServerCounters) -> HistoryRow:
    """A row of the history, which names servers without their ports."""
    return HistoryRow(time=time, server=server.server.rpartition(":")[0], stats=server.counters)
