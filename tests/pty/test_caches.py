"""The real program against three real servers, one cache each."""

from __future__ import annotations

import re
import signal
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.service import PASSWORD, USERNAME, Service
from tests.pty.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

MCTOP = (sys.executable, "-m", "mctop")


class Fleet:
    """Three services, and a configuration that names them."""

    def __init__(self, folder: Path, services: dict[str, Service]) -> None:
        self.services = services
        self.file = folder / "config.toml"
        self.environ = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        self.environ["MCTOP_CONFIG"] = str(self.file)
        self.configure(*services)

    def watch(self, *words: str) -> Session:
        """Start mctop on them."""
        return Session([*MCTOP, *words], columns=160, lines=48, env=self.environ)

    def configure(self, *names: str, **commands: str) -> None:
        """Write the configuration: these caches, and of some of them another command that tells the password."""
        self.file.write_text(
            "".join(
                f'[caches.{name}]\nurl = "{self.services[name].url}"\nusername = "{USERNAME}"\n'
                f'password_command = ["sh", "-c", "{commands.get(name, f"echo {PASSWORD}")}"]\n'
                for name in names
            )
        )


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with ExitStack() as stack:
        services = {name: Service() for name in ("alpha", "beta", "gamma")}
        for service in services.values():
            stack.enter_context(service)
        yield Fleet(tmp_path, services)


def has_rates(name: str, terminal: Session) -> bool:
    return re.search(r"LIVE.* %.*/s", row(terminal, name)) is not None


def row(terminal: Session, name: str) -> str:
    """The line of a cache in the table, "" where there is none."""
    return next((line for line in terminal.lines if re.search(rf"[ ▸] {name} ", line)), "")


def test_of_several_caches_none_is_chosen_before_all_are_seen(fleet: Fleet) -> None:
    with fleet.watch() as terminal:
        for name in fleet.services:
            terminal.wait_for(partial(has_rates, name), 30)
        assert "Caches" in terminal.lines[0]


def test_one_that_dies_and_one_that_hangs_are_worst_and_the_third_stays_live(fleet: Fleet) -> None:
    with fleet.watch("gamma", "--view", "caches") as terminal:
        terminal.wait_for(lambda t: all("LIVE" in row(t, name) for name in fleet.services), 30)
        fleet.services["alpha"].kill()
        fleet.services["beta"].send(signal.SIGSTOP)
        terminal.wait_for(lambda t: all("OFFLINE" in row(t, name) for name in ("alpha", "beta")), 60)
        assert "LIVE" in row(terminal, "gamma")
        assert "LIVE" in terminal.lines[0]
        assert terminal.lines.index(row(terminal, "gamma")) > terminal.lines.index(row(terminal, "alpha"))
        fleet.services["alpha"].start()
        terminal.send("r")
        terminal.wait_for(lambda t: "LIVE" in row(t, "alpha"))


def test_a_few_letters_open_another_cache_in_the_same_view(fleet: Fleet) -> None:
    with fleet.watch("alpha", "--view", "log") as terminal:
        terminal.wait_for(lambda t: "alpha \u203a Log" in t.lines[0] and "LIVE" in t.lines[0], 30)
        terminal.send("c")
        terminal.wait_for("Open a cache")
        terminal.send("gm\r")
        terminal.wait_for(lambda t: "gamma \u203a Log" in t.lines[0] and "LIVE" in t.lines[0])
        terminal.wait_for(lambda t: "GET" in t.text)
        terminal.send("q")
        assert terminal.wait() == 0


def test_fifty_caches_are_seen_within_seconds_and_keys_still_answer_at_once(fleet: Fleet) -> None:
    names = [f"tenant{number:02}" for number in range(50)]
    fleet.services |= dict.fromkeys(names, fleet.services["alpha"])
    fleet.configure(*names)
    with fleet.watch("tenant07", "--view", "caches") as terminal:
        terminal.wait_for("50 · worst first")
        terminal.wait_for(lambda t: t.text.count("● LIVE ") > 30 and "waiting" not in t.text, 30)
        terminal.send("G")
        terminal.wait_for(lambda t: "tenant49" in t.text)
        terminal.send("c")
        terminal.wait_for("Open a cache")
        terminal.send("t23\r")
        terminal.wait_for(lambda t: "tenant23 \u203a Caches" in t.lines[0])


def test_a_password_command_that_waits_holds_up_nothing_and_is_gone_at_the_end(fleet: Fleet, tmp_path: Path) -> None:
    started = tmp_path / "started"
    fleet.configure("alpha", "beta", beta=f"echo $$ >{started}; exec sleep 60")
    with fleet.watch("alpha", "--view", "caches") as terminal:
        terminal.wait_for(lambda t: "LIVE" in row(t, "alpha") and "waiting" in row(t, "beta"), 30)
        terminal.wait_for(lambda _: started.exists() and started.read_text() != "", 10)
        terminal.send("q")
        assert terminal.wait(timeout=30) == 0
        command = started.read_text().strip()
        terminal.wait_for(lambda _: not Path("/proc", command).exists(), 5)


def test_the_credentials_of_one_cache_are_refused_and_said_and_the_others_are_watched(fleet: Fleet) -> None:
    fleet.configure("alpha", "beta", beta="echo canary-wrong")
    with fleet.watch("beta") as terminal:
        terminal.wait_for("credentials not accepted", 30)
        terminal.send("0")
        terminal.wait_for(lambda t: "refused" in row(t, "beta") or "refused" in t.text)
        terminal.wait_for(lambda t: "LIVE" in row(t, "alpha"))
        assert b"canary" not in terminal.raw
