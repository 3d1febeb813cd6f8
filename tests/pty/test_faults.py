"""The real program while the API misbehaves: it says what happened, keeps what it has, and obeys no data."""

from __future__ import annotations

import re
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from mctop.service.http.faults import Fault, with_hostile_text, with_nulls, with_servers
from mctop.service.simulation.simulation import Simulation
from tests.contract.server import RunningService, running_service
from tests.pty.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MCTOP = (sys.executable, "-m", "mctop")
ORDERS = re.compile(rb"\x1b\][0-9]+;|\x1b\[2J\x1b\[31m|\x1b\[6n|\xc2[\x80-\x9f]")
"""What the hostile text would make a terminal do: set its title or clipboard, clear it, make it answer."""


@pytest.fixture
def service() -> Iterator[RunningService]:
    with running_service(Simulation(seed=1, scenario="steady", started=time.time())) as running:
        yield running


@pytest.fixture
def env(service: RunningService, tmp_path: Path) -> dict[str, str]:
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "MCTOP_URL": service.url,
        "MEMCACHIER_USERNAME": service.username,
        "MEMCACHIER_PASSWORD": service.password,
    }


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(status=401), "credentials not accepted"),
        (Fault(status=403), "not allowed to see this"),
        (Fault(status=404), "knows no such cache"),
        (Fault(status=429, retry_after="60"), "too many requests"),
        (Fault(status=503), "the API failed"),
        (Fault(body=b"<html>502"), "makes no sense"),
        (Fault(cut=0.5), "STALE"),
    ],
    ids=["401", "403", "404", "429", "503", "html", "cut"],
)
def test_what_goes_wrong_is_said_while_the_last_good_data_stays(
    service: RunningService, env: dict[str, str], fault: Fault, said: str
) -> None:
    with Session(MCTOP, columns=120, lines=30, env=env) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        service.faults.set("*", fault)
        terminal.send("r")
        terminal.wait_for(said, timeout=60)
        terminal.wait_for("STALE", timeout=60)
        assert "MiB" in terminal.text
        terminal.send("q")
        assert terminal.wait() == 0


def test_an_answer_that_drips_is_given_up_after_10_s(service: RunningService, env: dict[str, str]) -> None:
    with Session(MCTOP, columns=120, lines=30, env=env) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        service.faults.set("*", Fault(drip=0.05))
        terminal.send("r")
        terminal.wait_for("no answer within 10 s")
        service.faults.clear()
        terminal.wait_for(lambda t: "LIVE" in t.text and "no answer" not in t.text, timeout=60)


def test_a_plan_without_introspection_explains_and_the_rest_works(service: RunningService, env: dict[str, str]) -> None:
    service.faults.set("*/introspection/*", Fault(status=403))
    with Session(MCTOP, columns=120, lines=30, env=env) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        terminal.wait_for("not on this plan")
        terminal.wait_for("mc2.dev.example")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(rewrites=(with_hostile_text,)),
        Fault(rewrites=(with_nulls,)),
        Fault(rewrites=(partial(with_servers, 100),)),
        Fault(rewrites=(partial(with_servers, 100), with_hostile_text, with_nulls)),
    ],
    ids=["hostile text", "nulls", "100 servers", "all at once"],
)
def test_whatever_the_api_says_is_shown_and_never_obeyed(
    service: RunningService, env: dict[str, str], fault: Fault
) -> None:
    with Session(MCTOP, columns=120, lines=30, env=env) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        own = len(terminal.raw)  # at its start the program itself asks where the cursor stands
        service.faults.set("*", fault)
        terminal.send("r")
        terminal.read_for(3)
        for key in ("\x1b[6~", "f", "\x1b", "?", "\x1b", "\t", "G"):
            terminal.send(key)
            terminal.read_for(0.2)
        for columns, lines in ((1, 1), (40, 10), (160, 48), (120, 30)):
            terminal.resize(columns, lines)
            terminal.read_for(0.3)
        terminal.wait_for("Overview")
        assert not ORDERS.search(bytes(terminal.raw[own:]))
        terminal.send("\x03")
        assert terminal.wait() == 0


def test_no_secret_is_on_the_screen_or_in_a_file(service: RunningService, env: dict[str, str], tmp_path: Path) -> None:
    with Session(MCTOP, columns=160, lines=48, env=env) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        terminal.read_for(2)
        terminal.send("q")
        terminal.wait()
    assert service.password.encode() not in terminal.raw
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if service.password.encode() in path.read_bytes()]
