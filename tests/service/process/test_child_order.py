"""What a child is ordered to serve."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
from mctop.service.process.child import Order, read_order


@pytest.mark.parametrize(
    "order",
    [
        Order(7, "USER", "word", simulated=SimulatedCache("steady", 3)),
        Order(7, "USER", "word", memcached=MemcachedCache("a:1,b:2", True, "/ca.pem", "me", "secret", "/h.sqlite")),
    ],
)
def test_an_order_survives_its_way_through_json(order: Order) -> None:
    assert read_order(json.loads(json.dumps(asdict(order)))) == order


def test_no_password_of_an_order_shows_itself() -> None:
    order = Order(7, "USER", "word-1", memcached=MemcachedCache("a:1", password="word-2"))
    assert "word-" not in repr(order)
