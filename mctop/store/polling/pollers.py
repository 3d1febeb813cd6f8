"""The pollers of a cache: one for each endpoint."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mctop.api.client import Client
from mctop.api.errors import NotOffered
from mctop.store.polling.endpoints import OfferedByV1, StatsEndpoint, endpoints
from mctop.store.polling.poller import Poller

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.store.base.health import FailureKind
    from mctop.store.polling.endpoints import PolledEndpoint, PollingContext, Source
    from mctop.store.polling.poller import Means
    from mctop.store.store import Slice

T = TypeVar("T")

TOGETHER = 2.0
"""Seconds over which polls are spread that one event brings about, so that they do not all arrive at once."""


class Pollers:
    """All of a session's pollers, which ask `source`.

    `stats`, the one that never rests, takes its turn at the API by `turns`, the others theirs by the context's means.
    When one finds the server back, those that lost it look again.
    """

    def __init__(self, context: PollingContext, source: Source, turns: Means | None = None) -> None:
        self._source = source
        self.stats = self._poller(StatsEndpoint(context), turns or context.means)
        self.all = (self.stats, *(self._poller(endpoint, context.means) for endpoint in endpoints(context)))

    def ask_anew(self, slices: Collection[Slice[T]]) -> None:
        """Poll those of these that somebody follows at once, even after a refusal: something was changed."""
        for poller in self.all:
            if any(poller.keeps(changed.health) for changed in slices):
                poller.ask_anew(denied=True)

    def _poller(self, endpoint: PolledEndpoint, means: Means) -> Poller:
        poller = Poller(
            endpoint.health,
            partial(poll, endpoint, self._source),
            endpoint.pace(),
            means,
            active=endpoint.is_active,
            slowest=endpoint.slowest,
            on_recovery=self._server_is_back,
        )
        endpoint.begin(poller)
        return poller

    def _server_is_back(self, failed: FailureKind) -> None:
        for poller in self.all:
            poller.server_is_back(TOGETHER, failed)


async def poll(endpoint: PolledEndpoint, source: Source) -> int:
    """Poll an endpoint once, and return how many rows made no sense. Raise NotOffered for what API v1 does not have."""
    if isinstance(source, Client):
        return await endpoint.poll(source)
    if isinstance(endpoint, OfferedByV1):
        return await endpoint.poll(source)
    raise NotOffered("GET", endpoint.operation, "")
