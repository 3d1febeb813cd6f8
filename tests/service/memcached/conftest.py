"""A real memcached, and an independent client of it."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from pymemcache.client.base import Client

from tests.service.memcached.realserver import PROGRAM, RealServer, real_server


@pytest.fixture
def memcached() -> Iterator[RealServer]:
    """A fresh memcached that only speaks text, which makes watching changes safe."""
    if PROGRAM is None:
        pytest.skip("memcached is not installed")
    with real_server("-B", "ascii") as server:
        yield server


@pytest.fixture
def client(memcached: RealServer) -> Iterator[Client]:
    """pymemcache, connected to it."""
    with closing(Client((memcached.address.host, memcached.port), timeout=5, default_noreply=False)) as client:
        yield client
