"""Endpoints under either version of the API."""

from __future__ import annotations

import asyncio
import inspect
from random import Random

import pytest

from mctop.api.client import Client
from mctop.api.errors import NotOffered
from mctop.api.legacy import LegacyClient
from mctop.store.polling.endpoints import OfferedByV1, PolledEndpoint, PollingContext, StatsEndpoint, endpoints
from mctop.store.polling.poller import Means
from mctop.store.polling.pollers import poll
from mctop.store.store import Store
from mctop.store.v1.source import LegacySource
from tests.store.fakeclock import FakeClock
from tests.store.faketransport import FakeTransport


def every_endpoint(clock: FakeClock) -> tuple[PolledEndpoint, ...]:
    context = PollingContext(Store(), Means(clock, Random(1), asyncio.Semaphore(4)), clock.wall)
    return (StatsEndpoint(context), *endpoints(context))


def test_each_slice_is_polled_by_one_endpoint() -> None:
    store, clock = Store(), FakeClock()
    context = PollingContext(store, Means(clock, Random(1), asyncio.Semaphore(4)), clock.wall)
    polled = [endpoint.health for endpoint in (StatsEndpoint(context), *endpoints(context))]
    assert sorted(map(id, polled)) == sorted(id(part.health) for part in store.slices())


def test_each_operation_is_a_method_of_the_client() -> None:
    for endpoint in every_endpoint(FakeClock()):
        assert inspect.iscoroutinefunction(getattr(Client, endpoint.operation)), endpoint.operation


async def test_what_v1_lacks_is_said_and_never_sent() -> None:
    clock = FakeClock()
    transport = FakeTransport(clock)
    source = LegacySource(LegacyClient(transport, 7), clock.wall, clock.monotonic)
    lacking = [endpoint for endpoint in every_endpoint(clock) if not isinstance(endpoint, OfferedByV1)]
    assert len(lacking) == 10
    for endpoint in lacking:
        with pytest.raises(NotOffered) as refused:
            await poll(endpoint, source)
        assert refused.value.path == endpoint.operation
    assert transport.calls == []


def test_what_v1_offers_is_what_its_source_has() -> None:
    offered = {endpoint.operation for endpoint in every_endpoint(FakeClock()) if isinstance(endpoint, OfferedByV1)}
    source = {name for name, _ in inspect.getmembers(LegacySource, inspect.isfunction) if not name.startswith("_")}
    assert offered == source
