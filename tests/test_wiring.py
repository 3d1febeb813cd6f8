"""How the parts are started together."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from mctop import wiring
from mctop.config import ConfigError, KeyChoice, Settings
from mctop.service.base.served_cache import SimulatedCache
from mctop.ui.terminal.drawing.abilities import Colours, Wishes
from mctop.ui.words.signs import SignSet


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


@pytest.mark.parametrize(
    ("settings", "signs", "wishes"),
    [
        (Settings(), SignSet.CONSOLE, Wishes(None, None)),
        (Settings(signs="ascii", lean=False), SignSet.ASCII, Wishes(SignSet.ASCII, False)),
        (Settings(signs="unicode", lean=True), SignSet.UNICODE, Wishes(SignSet.UNICODE, True)),
    ],
)
def test_what_is_not_chosen_follows_from_the_terminal(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, signs: SignSet, wishes: Wishes
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "COLORTERM", "TERM_PROGRAM", "LC_TERMINAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.setenv("LANG", "C.UTF-8")
    options = wiring.dashboard(settings).options
    assert (options.abilities.signs, options.wishes) == (signs, wishes)
    assert options.abilities.colours is Colours.SIXTEEN


def test_a_key_that_cannot_be_is_refused_before_the_screen_opens_in_one_line_that_names_the_file() -> None:
    settings = Settings().with_values("config.toml", keys=(KeyChoice("flsh", "ctrl+f"),))
    with pytest.raises(ConfigError) as error:
        wiring.dashboard(settings)
    assert str(error.value) == "config.toml [keys]: no command 'flsh'; the nearest is flush"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ALL_PROXY", "socks4://127.0.0.1:1080", "ALL_PROXY names no proxy that can be used"),
        ("HTTPS_PROXY", ":::", "HTTPS_PROXY names no proxy that can be used"),
        ("SSL_CERT_FILE", "/nowhere.pem", "SSL_CERT_FILE names /nowhere.pem, which is not a file"),
        ("SSL_CERT_DIR", "/nowhere", "SSL_CERT_DIR names /nowhere, which is not a directory"),
    ],
)
def test_what_the_environment_makes_impossible_is_refused_before_the_screen_opens(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=words) as error:
        wiring.watch(Settings())
    assert len(str(error.value).splitlines()) == 1


def test_what_is_refused_before_the_screen_opens_is_found_without_the_http_client() -> None:
    program = """
import os, sys
from mctop import config, wiring
os.environ["ALL_PROXY"] = "gopher://x"
try:
    wiring.watch(config.Settings())
except config.ConfigError as error:
    print(error, "httpx" in sys.modules, "urllib.request" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False False\n")
    assert done.stdout.startswith("ALL_PROXY names no proxy")


def test_a_service_that_cannot_be_started_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(ConfigError, match="cannot be started: No space left on device"):
        wiring.beside(Settings(), SimulatedCache("steady", 1))
