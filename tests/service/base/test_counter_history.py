"""What v1 calls history."""

from __future__ import annotations

from itertools import pairwise

from mctop.service.base.counter_history import EVERY, CounterHistory
from tests.service.fakebackend import NOW, FakeBackend
from tests.service.simulation.stage import DAY, HOUR, Stage
from tests.told import told


async def test_a_sample_is_kept_every_half_hour_and_one_of_now_is_added() -> None:
    backend = FakeBackend()
    history = CounterHistory(backend)
    for minutes in range(0, 121, 5):
        backend.time = NOW + minutes * 60
        await history.keep()
    backend.time += 1
    rows = await history.rows()
    first_server = [row for row in rows if row.server == "mc1.example-cache.net"]
    assert [row.time - NOW for row in first_server] == [0, EVERY, 2 * EVERY, 3 * EVERY, 4 * EVERY, 7_201]
    assert len(rows) == 2 * len(first_server)


async def test_of_a_backend_that_remembers_the_past_is_told_as_it_was() -> None:
    stage = Stage("restart")
    history = CounterHistory(stage.simulation)
    stage.time += 6 * HOUR
    before = stage.counters()
    stage.time = stage.time // EVERY * EVERY
    then = stage.counters()
    stage.time += 2 * DAY + 60
    rows = await history.rows()
    assert stage.time - rows[0].time > 29 * DAY
    assert [row.stats for row in rows if row.time == stage.time] == list(stage.counters())
    past = [row.stats for row in rows if row.time == stage.time - 2 * DAY - 60]
    assert past == list(then) != list(before)


async def test_a_server_that_restarted_counts_anew_from_then_on_and_the_others_do_not() -> None:
    stage = Stage("restart")
    stage.time += HOUR
    rows = stage.simulation.past_counters()
    falls = {
        server: sum(
            early > late for early, late in pairwise(told(row.stats.cmd_get) for row in rows if row.server == server)
        )
        for server in {row.server for row in rows}
    }
    assert sorted(falls.values()) == [0, 0, 1]
