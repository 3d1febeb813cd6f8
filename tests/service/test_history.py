"""What v1 calls history."""

from __future__ import annotations

from mctop.service.history import EVERY, History
from tests.service.fakebackend import NOW, FakeBackend


async def test_a_sample_is_kept_every_half_hour_and_one_of_now_is_added() -> None:
    backend = FakeBackend()
    history = History(backend)
    for minutes in range(0, 121, 5):
        backend.time = NOW + minutes * 60
        await history.keep()
    backend.time += 1
    rows = await history.rows()
    first_server = [row for row in rows if row.server == "mc1.example-cache.net"]
    assert [row.time - NOW for row in first_server] == [0, EVERY, 2 * EVERY, 3 * EVERY, 4 * EVERY, 7_201]
    assert len(rows) == 2 * len(first_server)
