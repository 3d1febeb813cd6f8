"""The load counts what the server itself counts."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.memcached import load
from tests.memcached.__main__ import DEBIAN, operations_of
from tests.memcached.load import Truth, connected
from tests.memcached.recording import recordings
from tests.memcached.replay import replaying
from tests.service.memcached.realserver import needs_memcached, real_server

OWN = {"cmd_delete"}
"""What the API counts and a server does not."""


def counted(port: int, operations: frozenset[str]) -> tuple[dict[str, int], dict[str, int]]:
    """What a small load counted, and what the server did."""
    truth = Truth()
    with ExitStack() as stack:
        connections = [stack.enter_context(connected(port, truth)) for _ in range(load.CONNECTIONS)]
        load.prepare(connections[0], operations)
        load.run(connections, load.steps(operations, 0.1, seed=2))
        counters = connections[0].counters()
    mine = {name: many for name, many in truth.counters.items() if name not in OWN}
    return {**mine, "curr_items": len(truth.values)}, {name: counters.get(name, 0) for name in (*mine, "curr_items")}


@needs_memcached
def test_memcached_counts_what_the_load_did() -> None:
    with real_server() as server:
        mine, counters = counted(server.port, operations_of(recordings()[DEBIAN]))
    assert mine == counters


@pytest.mark.parametrize("version", ["1.4.39", "1.6.45"])
def test_a_replay_counts_what_the_load_did(version: str) -> None:
    recording = recordings()[version]
    with replaying(recording) as server:
        mine, counters = counted(server.port, operations_of(recording))
    assert mine == counters
