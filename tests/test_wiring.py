"""How the parts are started together."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from mctop import wiring
from mctop.config import Settings

if TYPE_CHECKING:
    import pytest


def test_garbage_is_left_alone_while_starting_and_collected_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[tuple[float, object]] = []

    class Timer:
        """Goes off when the test says so."""

        daemon = False

        def __init__(self, seconds: float, call: object) -> None:
            waiting.append((seconds, call))

        def start(self) -> None:
            assert self.daemon

    class Dashboard:
        """Tells whether garbage is collected while it runs."""

        def run_hardened(self, *, mouse: bool) -> int:
            return int(gc.isenabled())

    monkeypatch.setattr("threading.Timer", Timer)
    monkeypatch.setattr(wiring, "dashboard", lambda *_: Dashboard())
    try:
        assert wiring.watch(Settings()) == 0
        ((seconds, call),) = waiting
        assert seconds == wiring.STARTED
        assert callable(call)
        call()
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
