"""The real program on a memcached of one's own: real traffic, and what is said when it goes and comes back."""

from __future__ import annotations

import sys
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from pymemcache.client.base import Client
from pymemcache.exceptions import MemcacheError

from tests.pty.session import Session
from tests.service.memcached.realserver import RealServer, needs_memcached, real_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAUSE = 0.01
"""Seconds between two gets."""


@contextmanager
def traffic(server: RealServer) -> Iterator[None]:
    """Get one key most, another seldom, and one that is not there, until the block ends."""
    ended = threading.Event()

    def work() -> None:
        with closing(Client((server.address.host, server.port), default_noreply=False)) as client:
            while not ended.wait(PAUSE):
                with suppress(MemcacheError, OSError):
                    client.set("shop:cold", "1", expire=60)
                    for key in ("shop:hottest", "shop:hottest", "shop:hottest", "shop:cold", "shop:missing"):
                        if client.get(key) is None and key != "shop:missing":
                            client.set(key, "x" * 100)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@needs_memcached
def test_one_command_shows_live_traffic_and_says_what_is_wrong_while_the_server_is_gone(tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    with real_server() as server, traffic(server):
        argv = (sys.executable, "-m", "mctop", "--memcached", server.address.text)
        with Session(argv, columns=160, lines=48, env=home) as terminal:
            terminal.wait_for(lambda seen: "LIVE" in seen.text and "80.0 %" in seen.text)
            terminal.wait_for(lambda seen: "shop:hottest" in seen.text and "GET" in seen.text)
            server.kill()
            terminal.wait_for(lambda seen: "LIVE" not in seen.text, timeout=60)
            terminal.wait_for("nothing listens there", timeout=60)
            server.start()
            terminal.wait_for("LIVE", timeout=30)
            terminal.send("q")
            assert terminal.wait() == 0
