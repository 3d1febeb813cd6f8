"""What the whole program costs before a memcached under load, while a view watches its traffic and while none does."""

from __future__ import annotations

import re
import tempfile
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.memcachedload import fill, result, start
from tests.benchmarks.registry import Figure, benchmark
from tests.benchmarks.running import MCTOP, SIZE
from tests.benchmarks.watching import worked
from tests.pty.session import Session
from tests.service.memcached.realserver import PROGRAM, RealServer, real_server

if TYPE_CHECKING:
    from collections.abc import Iterator

RATES = (0, 20_000, 50_000)
VIEWS = (("Overview", "watching"), ("Charts", "not watching"))
RAMPED, MEASURED, LOADED = 4.0, 12.0, 22.0
"""Seconds until the load is steady, then of measuring, and of the load in all."""
SAMPLED = re.compile(r"sampled (\d+) %")


@benchmark("memcached dashboard")
def dashboard() -> tuple[Figure, ...]:
    """CPU of the dashboard and of the service beside it, in percent of a core, and the share of traffic seen."""
    if PROGRAM is None:
        return ()
    with real_server("-B", "ascii") as server:
        fill(server.port)
        return tuple(figure for rate in RATES for view, how in VIEWS for figure in measured(server, rate, view, how))


def measured(server: RealServer, rate: int, view: str, how: str) -> Iterator[Figure]:
    """Open a view, load the server, and measure both processes."""
    command = (*MCTOP, "--memcached", server.address.text, "--no-history", "--view", view)
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "XDG_CONFIG_HOME": home}
        with Session(command, columns=SIZE[0], lines=SIZE[1], env=env) as terminal:
            terminal.wait_for(lambda screen: "LIVE" in screen.text, timeout=30)
            load = start(server.port, rate, LOADED) if rate else None
            terminal.read_for(RAMPED)
            screen = psutil.Process(terminal.process.pid)
            (service,) = screen.children()
            before = worked(screen), worked(service)
            terminal.read_for(MEASURED)
            after = worked(screen), worked(service)
            share = SAMPLED.search(terminal.text)
            said = f"{rate:,} commands/s, {how}"
            for who, old, new in zip(("dashboard", "service"), before, after, strict=True):
                yield Figure(f"{said}: CPU of the {who}", (new - old) / MEASURED * 100, "%")
            if share:
                yield Figure(f"{said}: share seen", float(share[1]), "%")
            if load is not None:
                done = result(load)
                yield Figure(f"{said}: median answer to a batch", done.median, "µs")
