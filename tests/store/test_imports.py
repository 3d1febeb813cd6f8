"""Modules that are loaded before the first frame, and before the first counters are in the store."""

import subprocess
import sys

LIGHT = (
    "base.topic", "base.clock", "base.health", "base.marks", "counters.live_rates", "counters.flush_recovery",
    "series.ratio_scale", "series.series_set", "log.tail", "alerts.outlook", "store",
    "changes.change", "changes.cache_changes", "changes.credential_changes", "changes.alert_changes",
    "changes.prefix_changes", "changes.outcome", "changes.proposal",
)  # fmt: skip
HEAVY = ("pydantic", "httpx", "plotext", "starlette")


def test_the_values_of_the_store_load_nothing_heavy() -> None:
    modules = ", ".join(f"mctop.store.{name}" for name in LIGHT)
    code = f"import {modules}, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout.split() == []


LATER = (
    "mctop.api.dry_run", "mctop.api.legacy", "mctop.api.models.alerts", "mctop.api.models.introspection",
    "mctop.api.parsing.introspection", "mctop.store.alerts.outlook", "mctop.store.changes", "mctop.store.v1",
    "httpx._main", "rich", "click", "pygments",
)  # fmt: skip
"""Modules that the first picture does not need, the last four of which httpx's command line brings along."""
WATCH = """
import asyncio, sys
from pydantic import SecretStr
from mctop.api.login import Login
from mctop.api.transport import Transport
from mctop.store.polling.session import Session
from mctop.store.store import Store

ANSWER = b"HTTP/1.1 200 OK\\r\\ncontent-length: 26\\r\\n\\r\\n" + b'{"cmd_get": 1, "time": 17}'

async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(ANSWER)

async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    store, loaded = Store(), asyncio.get_running_loop().create_future()
    for part in store.slices():
        part.value.follow(lambda _: None)
    store.stats.value.follow(lambda stats: None if stats is None else loaded.set_result(set(sys.modules)))
    session = asyncio.create_task(Session(store, Transport(url, Login("u", SecretStr("p"))), 7).run())
    print(*[name for name in sys.argv[1:] if name in await loaded])
    session.cancel()

asyncio.run(main())
"""


def test_what_the_first_counters_do_not_need_is_not_loaded_before_they_are_in_the_store() -> None:
    process = subprocess.run([sys.executable, "-c", WATCH, *LATER], capture_output=True, text=True, check=True)
    assert process.stdout.split() == []
