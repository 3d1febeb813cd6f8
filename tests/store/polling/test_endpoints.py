"""What the answer of each endpoint does to the store."""

import asyncio
from collections.abc import Collection
from random import Random
from typing import Any

import pytest
from pydantic import SecretStr

from mctop.api.errors import ApiError, Forbidden, ServerFault, Unauthorized
from mctop.api.models.alerts import Alert, DeliveryConfig
from mctop.api.models.cache import CacheInfo, Credential
from mctop.api.models.series import Series, SeriesAnswer
from mctop.api.models.value import Rows
from mctop.store.base.health import AuthenticationFailed
from mctop.store.base.marks import MarkKind
from mctop.store.polling.endpoints import PollingContext, StatsEndpoint, endpoints
from mctop.store.polling.poller import Means
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.series.series_set import Wanted
from mctop.store.store import Slice, Store
from tests.store.fakeclock import FakeClock
from tests.store.fakesource import FakeSource
from tests.store.samples import line, logs

SECRET = "correct-horse-battery"


class World:
    """The endpoints of a store, polled one at a time."""

    def __init__(self, ratio_scale: RatioScale = RatioScale.UNKNOWN) -> None:
        self.clock = FakeClock()
        self.store = Store()
        self.source = FakeSource(self.clock)
        self.store.ratio_scale.set(ratio_scale)
        means = Means(self.clock, Random(1), asyncio.Semaphore(4))
        context = PollingContext(self.store, means, self.clock.wall)
        self._endpoints = (StatsEndpoint(context), *endpoints(context))

    async def poll(self, polled: Slice[Any]) -> int:
        """Poll the endpoint of a slice once."""
        (endpoint,) = (endpoint for endpoint in self._endpoints if endpoint.health is polled.health)
        return await endpoint.poll(self.source)

    async def sample(self, **counters: int) -> None:
        """Sample these counters, five seconds after the last ones."""
        self.source.counters = counters
        await self.clock.advance(5)
        await self.poll(self.store.stats)

    @property
    def marks(self) -> list[MarkKind]:
        return [mark.kind for mark in self.store.marks.value]


async def test_the_passwords_of_credentials_never_reach_what_is_known_of_the_cache() -> None:
    world = World()
    credential = Credential(sasl_username="ABCDEF", sasl_password=SecretStr(SECRET), primary=True)
    world.source.cache = CacheInfo(id=1, credentials=(credential,))
    await world.poll(world.store.cache)
    info = world.store.cache.value.value
    assert info is not None
    assert info.credentials[0].sasl_password is None
    assert info.credentials[0].primary
    assert SECRET not in info.model_dump_json()


async def test_the_list_of_credentials_has_their_passwords_masked() -> None:
    world = World()
    credential = Credential(sasl_username="ABCDEF", sasl_password=SecretStr(SECRET), primary=True)
    world.source.credential_rows = Rows(items=(credential,), dropped=1)
    assert await world.poll(world.store.credentials) == 1
    assert world.store.credentials.value.value == (credential,)
    assert SECRET not in repr(world.store.credentials.value.value)


async def test_delivery_configs_are_listed() -> None:
    world = World()
    world.source.delivery_rows = Rows(items=(DeliveryConfig(id=1, email="ops@example.test"),), dropped=2)
    assert await world.poll(world.store.deliveries) == 2
    assert world.store.deliveries.value.value == world.source.delivery_rows.items


async def test_a_flush_begins_a_recovery_that_samples_continue() -> None:
    world = World()
    for hits in (80, 160):
        await world.sample(cmd_get=hits + 20, get_hits=hits, get_misses=20)
    assert world.store.recovery.value is None
    await world.sample(cmd_get=200, get_hits=170, get_misses=30, cmd_flush=1)
    begun = world.store.recovery.value
    assert begun is not None
    assert (begun.before, begun.now) == (1.0, None)
    await world.sample(cmd_get=300, get_hits=220, get_misses=80, cmd_flush=1)
    going = world.store.recovery.value
    assert going is not None
    assert (going.flushed, going.now, going.elapsed) == (begun.flushed, 0.5, 5)


async def test_samples_become_rates() -> None:
    world = World()
    await world.sample(cmd_get=100)
    await world.sample(cmd_get=200)
    live = world.store.stats.value.value
    assert live is not None
    assert live.rates is not None
    assert live.rates.gets == 20
    assert live.rates.window == 5


@pytest.mark.parametrize(("cache_type", "requests"), [("memcachier", 4), ("memcached", 2)])
async def test_memcached_counts_a_cas_among_the_sets_too(cache_type: str, requests: int) -> None:
    world = World()
    world.store.cache.value.set(CacheInfo(id=1, cache_type=cache_type))
    await world.sample()
    await world.sample(cmd_set=10, cas_hits=10)
    live = world.store.stats.value.value
    assert live is not None
    assert live.rates is not None
    assert live.rates.requests == requests


async def test_a_server_that_tells_no_time_is_timed_by_this_machine() -> None:
    world = World()
    await world.sample(cmd_get=100, time=0)
    await world.sample(cmd_get=200, time=0)
    live = world.store.stats.value.value
    assert live is not None
    assert live.rates is not None
    assert live.rates.gets == 20


async def test_counters_that_fall_set_a_mark_which_says_no_more_than_is_known() -> None:
    world = World()
    for gets in (100, 200, 5, 10):
        await world.sample(cmd_get=gets)
    assert world.marks == [MarkKind.AFRESH]


async def test_a_reset_is_one_where_the_items_outlive_it() -> None:
    world = World()
    for gets in (100, 200, 5, 10):
        await world.sample(cmd_get=gets, curr_items=50)
    assert world.marks == [MarkKind.RESET]


async def test_a_restart_and_a_reset_are_told_apart_by_what_the_server_tells_of_its_process() -> None:
    world = World()
    runs = ((7, 100), (7, 105), (7, 110), (8, 3), (8, 8))
    for (pid, uptime), gets in zip(runs, (100, 200, 5, 90, 95), strict=True):
        await world.sample(cmd_get=gets, pid=pid, uptime=uptime)
    assert world.marks == [MarkKind.RESET, MarkKind.RESTART]


async def test_a_flush_sets_a_mark_at_the_servers_time() -> None:
    world = World()
    await world.sample(cmd_flush=3)
    await world.sample(cmd_flush=4)
    await world.sample(cmd_flush=4)
    assert world.marks == [MarkKind.FLUSH]
    assert world.store.marks.value[0].time == int(world.clock.wall()) - 5


async def test_a_sample_of_the_same_second_sets_no_mark_twice() -> None:
    world = World()
    await world.sample(cmd_flush=3)
    world.source.counters = {"cmd_flush": 4}
    await world.poll(world.store.stats)
    assert world.marks == []
    await world.sample(cmd_flush=4)
    assert world.marks == [MarkKind.FLUSH]


@pytest.mark.parametrize(
    ("after", "note"),
    [
        (CacheInfo(id=1, cluster_name="two", servers=("a:1",)), "two"),
        (CacheInfo(id=1, cluster_name="one", servers=("a:1", "b:1")), "2 servers"),
    ],
)
async def test_another_cluster_or_other_servers_set_a_mark(after: CacheInfo, note: str) -> None:
    world = World()
    await world.poll(world.store.cache)
    world.source.cache = after
    await world.poll(world.store.cache)
    await world.poll(world.store.cache)
    assert world.marks == [MarkKind.SERVERS]
    assert world.store.marks.value[0].note == note


async def test_the_same_servers_in_another_order_set_no_mark() -> None:
    world = World()
    world.source.cache = CacheInfo(id=1, servers=("a:1", "b:1"))
    await world.poll(world.store.cache)
    world.source.cache = CacheInfo(id=1, servers=("b:1", "a:1"))
    await world.poll(world.store.cache)
    assert world.marks == []


async def test_a_log_that_begins_to_have_gaps_sets_one_mark() -> None:
    world = World()
    for seconds in (1, 11, 21, 31):
        world.source.log = logs(a=[line(seconds), line(seconds + 1), line(seconds + 2)])
        await world.poll(world.store.log)
    assert world.marks == [MarkKind.GAP]
    assert world.store.marks.value[0].time == 11
    assert world.store.marks.value[0].note == "log misses 7 lines"
    world.source.log = logs(a=[line(33), line(34)])
    await world.poll(world.store.log)
    world.source.log = logs(a=[line(40), line(41)])
    await world.poll(world.store.log)
    assert world.marks == [MarkKind.GAP, MarkKind.GAP]


async def test_alerts_that_somebody_edited_set_a_mark() -> None:
    world = World()
    alert = Alert(id=1, trigger_type="hit_rate", trigger_threshold=80, enabled=True)
    world.source.alert_rows = Rows(items=(alert,))
    await world.poll(world.store.alerts)
    await world.poll(world.store.alerts)
    assert world.marks == []
    world.source.alert_rows = Rows(items=(alert.model_copy(update={"enabled": False}),))
    await world.poll(world.store.alerts)
    assert world.marks == [MarkKind.ALERTS]


async def test_alerts_are_judged_again_with_every_sample() -> None:
    world = World()
    alert = Alert(id=1, trigger_type="memory_usage", trigger_threshold=90, enabled=True)
    world.source.alert_rows = Rows(items=(alert,), dropped=1)
    assert await world.poll(world.store.alerts) == 1
    assert [one.fires for one in world.store.alerts.value.value or ()] == [None]
    for used, fires in ((80, False), (95, True)):
        await world.sample(bytes=used, limit_maxbytes=100)
        assert [one.fires for one in world.store.alerts.value.value or ()] == [fires]


async def test_samples_before_the_first_list_of_alerts_say_nothing_of_them() -> None:
    world = World()
    await world.sample(bytes=80, limit_maxbytes=100)
    assert world.store.alerts.value.value is None


async def test_the_scale_of_ratios_is_detected_from_what_came() -> None:
    world = World()
    world.store.insight.wanted.set(Wanted(FRACTIONS, 3600))
    await world.poll(world.store.insight)
    assert world.store.ratio_scale.value is RatioScale.PERCENT


async def test_shares_that_sum_to_one_prove_fractions(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.store.insight.wanted.set(Wanted(FRACTIONS | {"bytes"}, 3600))
    start = int(world.clock.wall()) // 60 * 60 - 600
    times = tuple(range(start, start + 600, 60))
    shares = tuple(Series(stat=name, times=times, values=(1 / len(FRACTIONS),) * 10) for name in sorted(FRACTIONS))

    async def answer(names: Collection[str], start: float, end: float) -> SeriesAnswer:
        return SeriesAnswer(series=shares)

    monkeypatch.setattr(world.source, "processed_stats", answer)
    await world.poll(world.store.insight)
    assert world.store.ratio_scale.value is RatioScale.FRACTION


async def test_a_scale_that_is_set_is_not_detected() -> None:
    world = World(RatioScale.FRACTION)
    world.store.insight.wanted.set(Wanted(FRACTIONS, 3600))
    await world.poll(world.store.insight)
    assert world.store.ratio_scale.value is RatioScale.FRACTION


async def test_rows_that_made_no_sense_are_counted() -> None:
    world = World()
    assert await world.poll(world.store.popular) == 2


@pytest.mark.parametrize("refusal", [Unauthorized, Forbidden])
async def test_a_refusal_of_the_first_sample_is_a_failed_authentication(refusal: type[ApiError]) -> None:
    world = World()
    world.source.fails["stats"] = refusal("GET", "/stats", "Bad user", status=401)
    with pytest.raises(AuthenticationFailed, match="Bad user"):
        await world.poll(world.store.stats)


async def test_a_refusal_of_a_later_sample_is_an_error_like_any_other() -> None:
    world = World()
    await world.sample()
    world.source.fails["stats"] = Unauthorized("GET", "/stats", "Bad user", status=401)
    with pytest.raises(Unauthorized):
        await world.poll(world.store.stats)


async def test_an_error_before_the_first_sample_is_no_failed_authentication() -> None:
    world = World()
    world.source.fails["stats"] = ServerFault("GET", "/stats", "broken", status=500)
    with pytest.raises(ServerFault):
        await world.poll(world.store.stats)
