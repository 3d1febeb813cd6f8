"""The real client and the real service agree with the documents on all 41 operations, over a socket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from mctop.api.client import Client
from mctop.api.legacy import LegacyClient, login
from mctop.api.login import Login
from mctop.api.models.alerts import NewAlert, NewDeliveryConfig
from mctop.api.models.cache import Capabilities
from mctop.api.transport import Transport
from tests.contract.documents import DOCUMENTED, place
from tests.contract.server import RunningService, running_service
from tests.service.fakebackend import NOW, PREFIX_STATS, SERVERS, FakeBackend

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


HOUR_AGO = NOW - 3_600


@pytest.fixture
def service() -> Iterator[RunningService]:
    with running_service(FakeBackend()) as running:
        yield running


@pytest.fixture
async def transport(service: RunningService) -> AsyncIterator[Transport]:
    transport = Transport(service.url, Login(service.username, SecretStr(service.password)))
    yield transport
    await transport.aclose()


async def drive_cache(client: Client) -> None:
    info = await client.info()
    assert (info.label, info.servers, info.enabled, info.can_switch) == ("shop", SERVERS, False, True)
    await client.enable_cache()
    assert (await client.info()).enabled is True
    assert len((await client.rotate_sso()).get_secret_value()) >= 16
    assert await client.switch_cluster() == "two"
    assert (await client.info()).cluster_name == "two"
    await client.flush()
    await client.reset_stats()
    assert (await client.stats()).total.cmd_get == 30


async def drive_credentials(client: Client, service: RunningService) -> None:
    (own,) = (await client.credentials()).items
    assert (own.sasl_username, own.primary) == (service.username, True)
    created = await client.create_credential()
    assert created.sasl_password is not None
    wanted = Capabilities(write_capability=True, flush_capability=False, api_capability=True)
    assert await client.update_credential(created.sasl_username, wanted) == wanted
    await client.promote_credential(created.sasl_username)
    assert [each.primary for each in (await client.credentials()).items] == [False, True]
    await client.promote_credential(service.username)
    await client.delete_credential(created.sasl_username)
    assert len((await client.credentials()).items) == 1


async def drive_insight(client: Client) -> None:
    whole = await client.processed_stats(("hit_rate", "bytes"), HOUR_AGO, NOW)
    assert [(series.stat, series.server, len(series.times)) for series in whole.series] == [
        ("hit_rate", None, 61),
        ("bytes", None, 61),
    ]
    each = await client.processed_stats_per_server(("hit_rate",), HOUR_AGO, NOW)
    assert [(series.server, series.values[-1]) for series in each.series] == [(server, 0.9) for server in SERVERS]
    latency = await client.latency(HOUR_AGO, NOW)
    assert {(series.stat, series.server, len(series.times)) for series in latency.series} == {
        ("duration", server, 181) for server in SERVERS
    }


async def drive_alerts(client: Client) -> None:
    url = "https://hooks.example.com/services/1"
    config = await client.create_delivery_config(
        NewDeliveryConfig(delivery_type="slack", slack_url=SecretStr(url), slack_channel="#alerts")
    )
    assert (await client.delivery_configs()).items == (config,)
    alert = await client.create_alert(
        NewAlert(
            trigger_type="hit_rate",
            trigger_threshold=50,
            delivery_config_id=config.id,
            description="Low.",
            enabled=True,
        )
    )
    assert (await client.alerts()).items == (alert,)
    changed = await client.update_alert(alert.model_copy(update={"enabled": False}))
    assert await client.alert(alert.id) == changed != alert
    await client.delete_alert(alert.id)
    await client.delete_delivery_config(config.id)
    assert (await client.alerts()).items == ()
    assert (await client.delivery_configs()).items == ()


async def drive_introspection(client: Client) -> None:
    logs = await client.recent_logs()
    assert [(log.server, log.lines[0].key) for log in logs.servers] == [(server, "session:1") for server in SERVERS]
    compound = await client.compound_stats(HOUR_AGO, NOW)
    assert tuple(series.stat for series in compound.series) == PREFIX_STATS
    assert (await client.popular_items()).most_hit_keys[0].popularity == 7
    assert (await client.key_stats("session:1")).items[0].hit_count == 3
    assert (await client.key_stats("no such key & [never] / seen")).items == ()
    prefix = await client.watch_prefix("session:")
    assert (await client.watched_prefixes()).items == (prefix,)
    assert tuple(s.stat for s in (await client.prefix_stats(prefix.id, HOUR_AGO, NOW)).series) == PREFIX_STATS
    assert (await client.prefix_popular_items(prefix.id)).most_hit_keys[0].name == "session:session:1"
    await client.unwatch_prefix(prefix.id)
    assert (await client.watched_prefixes()).items == ()


async def drive_legacy(client: LegacyClient, service: RunningService) -> None:
    assert [each.server for each in (await client.stats()).servers] == list(SERVERS)
    assert {row.server for row in (await client.history()).items} == {name.split(":")[0] for name in SERVERS}
    await client.flush()
    created = await client.create_credential()
    assert created.id is None
    wanted = Capabilities(write_capability=False, flush_capability=True, api_capability=True)
    assert await client.update_credential(created.sasl_username, wanted) == wanted
    await client.promote_credential(created.sasl_username)
    await client.promote_credential(service.username)
    await client.delete_credential(created.sasl_username)
    (own,) = (await client.credentials()).items
    assert (own.sasl_username, own.sasl_password) == (service.username, None)


async def test_all_41_operations_are_asked_and_answered_as_documented(
    service: RunningService, transport: Transport
) -> None:
    client = Client(transport, await login(transport))
    await drive_cache(client)
    await drive_credentials(client, service)
    await drive_insight(client)
    await drive_alerts(client)
    await drive_introspection(client)
    await drive_legacy(LegacyClient(transport, service.cache_id), service)
    seen = [(place(exchange.method, exchange.path, service.cache_id), exchange) for exchange in service.exchanges]
    assert {found for found, _ in seen} == set(DOCUMENTED)
    for found, exchange in seen:
        status, shape = DOCUMENTED[found]
        assert exchange.status == status, found
        if shape is None:
            assert exchange.body == b"", found
        elif exchange.body != b"[]":
            assert shape_of(json.loads(exchange.body)) == shape, found


def shape_of(document: object) -> set[str] | str:
    """What the documents' example shows: the fields of an object, or of the first of a list."""
    if isinstance(document, str):
        return "string"
    first = document[0] if isinstance(document, list) else document
    assert isinstance(first, dict)
    return "by server" if set(first) == set(SERVERS) else set(first)
