"""A whole session of the service, byte for byte: every operation is called, and servers are only sent what is safe."""

from __future__ import annotations

from collections import Counter
from contextlib import AsyncExitStack

import httpx

from mctop.service.base.served_cache import MemcachedCache
from tests.contract.documents import DOCUMENTED, V1, V2
from tests.contract.server import PASSWORD, USERNAME
from tests.service.memcached.doing import Truth, cache_aside
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.recorder import Recorder, recording
from tests.service.memcached.standing import Standing, standing, until

RANGE = "startTime=2026-01-01T00:00:00Z&endTime=2026-01-02T00:00:00Z"
ALERT = {
    "trigger_type": "hit_rate",
    "trigger_threshold": 50,
    "delivery_config_id": 1,
    "description": "",
    "enabled": True,
}
CONFIG = {"delivery_type": "slack", "slack_url": "https://hooks.example.com/1", "slack_channel": "#a"}
CONFIGS = ("POST", f"{V2}/alerts/configs")
"""What alerts need."""
CAPABILITIES = {"write_capability": True, "flush_capability": True, "api_capability": True}
BODIES: dict[tuple[str, str], object] = {
    ("POST", f"{V2}/alerts"): ALERT,
    ("PUT", f"{V2}/alerts/{{id}}"): ALERT,
    CONFIGS: CONFIG,
    ("POST", f"{V2}/introspection/prefixes"): {"name": "user:"},
    ("PATCH", f"{V2}/credentials/{{username}}"): CAPABILITIES,
    ("PATCH", f"{V1}/credentials/{{username}}"): CAPABILITIES,
}
QUERIES = {
    "processed_stats": f"names=hit_rate&{RANGE}",
    "per_server": f"names=bytes&{RANGE}",
    "key_stats": "key=user:0",
}
REFUSED = {
    f"{V2}/rotate_sso": 501,
    f"{V2}/enable_cache": 501,
    f"{V2}/switch_cluster": 501,
}
"""What has no meaning here; beside it, only the management of credentials is refused, with 403."""
PURPOSES = {
    b"watch": "watch",
    b"lru_crawler": "census",
    b"mn": "latency",
    b"stats": "commands",
}
"""What a connection is for, by the first word that only it is sent; latency asks for nothing else."""


async def call_everything(service: Standing) -> dict[tuple[str, str], int]:
    """Call every documented operation, what others need first and what deletes last; the status of each."""
    called: dict[tuple[str, str], int] = {}
    order = ("POST", "PATCH", "PUT", "GET", "DELETE")
    async with httpx.AsyncClient(base_url=service.url, auth=(USERNAME, PASSWORD)) as client:
        for method, path in sorted(DOCUMENTED, key=lambda one: (order.index(one[0]), one != CONFIGS)):
            real = path.format(cache_id=MemcachedCache.CACHE_ID, id=1, username=USERNAME)
            query = QUERIES.get(path.rpartition("/")[2], RANGE)
            answer = await client.request(method, f"{real}?{query}", json=BODIES.get((method, path)))
            called[method, path] = answer.status_code
    return called


def purpose(sent: bytes) -> str:
    """What a connection was for; nothing may be for two."""
    found = {PURPOSES[line.split(b" ")[0]] for line in sent.split(b"\r\n") if line.split(b" ")[0] in PURPOSES}
    if len(found) > 1 and b"stats settings" in sent:  # a watch asks first whether it is safe
        found -= {"commands", "latency"} if "watch" in found else {"latency"}
    assert len(found) == 1, sent
    return found.pop()


@needs_memcached
async def test_every_operation_is_answered_and_servers_are_sent_only_what_is_allowed_over_four_connections() -> None:
    with real_server("-B", "ascii") as one, real_server() as two:
        async with AsyncExitStack() as stack:
            recorders = [await stack.enter_async_context(recording(server.address)) for server in (one, two)]
            async with standing(*(recorder.address for recorder in recorders)) as service:
                cache_aside(one, Truth(), 1, 200)
                cache_aside(two, Truth(), 2, 200)
                service.account.prefixes.watch("post:")
                await service.client.key_stats("user:0")
                await until(lambda: all(one.watcher.state.on for one in service.members))
                cache_aside(one, Truth(), 3, 50)
                cache_aside(two, Truth(), 4, 50)
                called = await call_everything(service)
                await until(lambda: all(b"mn\r\n" in recorder.commands() for recorder in recorders))
            assert called == {operation: expected(operation) for operation in DOCUMENTED}
            await until(lambda: not any(recorder.open_now for recorder in recorders))
            for recorder in recorders:
                judge(recorder)
            assert not [sent for sent in recorders[1].commands() if b"mutations" in sent]


def expected(operation: tuple[str, str]) -> int:
    """The status of an operation: of some that the service does not offer here, 403 or 501."""
    method, path = operation
    if "/credentials" in path and method != "GET":
        return 403
    return REFUSED.get(path, DOCUMENTED[operation][0])


def judge(recorder: Recorder) -> None:
    """Find only what is allowed, and at most one connection of a server for each purpose."""
    sent = recorder.commands()
    assert {b"flush_all\r\n", b"stats reset\r\n", b"me user:0\r\n", b"stats\r\n", b"mn\r\n"} <= set(sent)
    purposes = Counter(purpose(bytes(each)) for each in recorder.connections)
    assert {name: many for name, many in purposes.items() if name != "census"} == {
        "commands": 1, "latency": 1, "watch": 1
    }  # fmt: skip
    assert recorder.most_open <= len(set(PURPOSES.values()))
