"""How the parts are started together."""

from __future__ import annotations

import gc

import pytest

from mctop import wiring
from mctop.config import ConfigError, KeyChoice, Settings


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


def test_the_keys_of_the_file_are_those_of_the_dashboard() -> None:
    settings = Settings().with_values("config.toml", keys=(KeyChoice("flush", "ctrl+F"),))
    assert wiring.dashboard(settings).options.keymap == {"flush": "ctrl+f"}


def test_a_key_that_cannot_be_is_refused_before_the_screen_opens_in_one_line_that_names_the_file() -> None:
    settings = Settings().with_values("config.toml", keys=(KeyChoice("flsh", "ctrl+f"),))
    with pytest.raises(ConfigError) as error:
        wiring.dashboard(settings)
    assert str(error.value) == "config.toml [keys]: no command 'flsh'; the nearest is flush"
