"""Every change against the service on a socket: what is said came of it is so, whether or not the answer came."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.client import Client
from mctop.api.legacy import LegacyClient
from mctop.api.login import Login
from mctop.api.models.alerts import NewAlert, NewDeliveryConfig
from mctop.api.models.cache import Capabilities
from mctop.api.transport import Transport
from mctop.service.http.faults import Fault
from mctop.service.simulation.simulation import Simulation
from mctop.store.changes.alert_changes import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    ToggleAlert,
    UpdateAlert,
)
from mctop.store.changes.audit import Recording
from mctop.store.changes.cache_changes import EnableCache, Flush, ResetStats, RotateSso, SwitchCluster
from mctop.store.changes.credential_changes import (
    CreateCredential,
    DeleteCredential,
    PromoteCredential,
    UpdateCredential,
)
from mctop.store.changes.execution import Actions
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from mctop.store.store import Store
from tests.contract.server import RunningService, running_service
from tests.store.fakeapi import CHANGES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mctop.store.changes.change import Change

NOTHING = Capabilities()


class Desk:
    """Actions over a real connection."""

    def __init__(self, service: RunningService, transport: Transport, *, legacy: bool) -> None:
        self.service = service
        speaking = LegacyClient if legacy else Client
        self.client = Client(transport, service.cache_id)
        recording = Recording(None, transport.host, transport.username, time.time)
        self.actions = Actions(
            Store(), lambda sender: speaking(sender, service.cache_id), transport, transport.now,
            lambda slices: None, recording,
        )  # fmt: skip

    async def does(self, change: Change) -> Outcome:
        """Propose and carry out; it was sent once and is done."""
        before = len(self.changes)
        outcome = await self.actions.carry_out(self.actions.propose(change))
        assert len(self.changes) == before + 1
        assert outcome.result is Result.DONE, (change, outcome)
        return outcome

    @property
    def changes(self) -> list[str]:
        """What the service was sent."""
        return [f"{one.method} {one.path}" for one in self.service.exchanges if one.method != "GET"]


@asynccontextmanager
async def desk(*, legacy: bool = False, read_only: bool = False) -> AsyncIterator[Desk]:
    """Actions against a service of their own."""
    with running_service(Simulation(seed=1, scenario="steady", started=time.time())) as service:
        transport = Transport(service.url, Login(service.username, SecretStr(service.password)), read_only=read_only)
        yield Desk(service, transport, legacy=legacy)
        await transport.aclose()


async def test_every_change_is_done_and_told() -> None:
    async with desk() as bench:
        for change in (EnableCache(), ResetStats(), Flush(), SwitchCluster(), WatchPrefix("cart:")):
            assert not (await bench.does(change)).read_back
        (prefix,) = (await bench.client.watched_prefixes()).items
        await bench.does(UnwatchPrefix(prefix))
        assert (await bench.does(RotateSso())).secret is not None
        slack = NewDeliveryConfig(
            delivery_type="slack", slack_url=SecretStr("https://hooks.slack.com/services/T0/B0/x"), slack_channel="#ops"
        )
        await bench.does(CreateDeliveryConfig(slack))
        (config,) = (await bench.client.delivery_configs()).items
        new = NewAlert(trigger_type="hit_rate", trigger_threshold=80, delivery_config_id=config.id, description="low")
        detail = (await bench.does(CreateAlert(new))).detail
        (alert,) = (await bench.client.alerts()).items
        assert detail == f"{alert.id}"
        toggled = alert.model_copy(update={"enabled": True})
        changed = toggled.model_copy(update={"trigger_threshold": 72.5})
        assert not (await bench.does(ToggleAlert(alert, toggled))).read_back
        assert not (await bench.does(UpdateAlert(toggled, changed))).read_back
        await bench.does(DeleteAlert(changed))
        await bench.does(DeleteDeliveryConfig(config))


async def managing_credentials(bench: Desk) -> None:
    """Create, promote, change and delete a credential."""
    made = await bench.does(CreateCredential())
    first, second = (await bench.client.credentials()).items
    assert made.detail == second.sasl_username
    await bench.does(PromoteCredential(second))
    primary, other = second.model_copy(update={"primary": True}), first.model_copy(update={"primary": False})
    assert not (await bench.does(UpdateCredential(primary, NOTHING))).read_back
    assert (await bench.client.credentials()).items[1].api_capability is False
    await bench.does(PromoteCredential(other))
    await bench.does(DeleteCredential(primary.model_copy(update={**dict(NOTHING), "primary": False})))
    assert [one.sasl_username for one in (await bench.client.credentials()).items] == [first.sasl_username]


async def test_credentials_are_managed_over_v2() -> None:
    async with desk() as bench:
        await managing_credentials(bench)


async def test_v1_does_what_it_can() -> None:
    async with desk(legacy=True) as bench:
        await bench.does(Flush())
        await managing_credentials(bench)


async def test_an_answer_that_is_lost_or_broken_is_read_back() -> None:
    async with desk() as bench:
        await bench.does(CreateCredential())
        second = (await bench.client.credentials()).items[1]
        changed = second.model_copy(update=dict(NOTHING))
        lost = {"*/flush": Flush(), "*/reset_stats": ResetStats(), "*/switch_cluster": SwitchCluster(),
                f"*/credentials/{second.sasl_username}": UpdateCredential(second, NOTHING)}  # fmt: skip
        for pattern, change in lost.items():
            bench.service.faults.set(pattern, Fault(status=502, body=b"<html>bad gateway"))
            assert (await bench.does(change)).read_back
        bench.service.faults.set(f"*/credentials/{second.sasl_username}", Fault(status=200, body=b"{", cut=0.0))
        assert (await bench.does(DeleteCredential(changed))).read_back


async def test_nothing_but_reading_leaves_in_read_only_whatever_is_meant() -> None:
    async with desk(read_only=True) as bench:
        own = (await bench.client.credentials()).items[0]
        bound = (PromoteCredential(own), DeleteCredential(own), UpdateCredential(own, NOTHING))
        unbound = [one for one in CHANGES if not one.subject or isinstance(one, CreateAlert | WatchPrefix)]
        for change in (*bound, *unbound):
            outcome = await bench.actions.carry_out(bench.actions.propose(change))
            assert (outcome.result, outcome.words[:10]) == (Result.NOT_DONE, "read-only:")
        assert bench.changes == []
