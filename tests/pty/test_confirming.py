"""What no hand does confirms nothing: replies of the terminal, pastes, bursts and held keys, in the real program."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from tests.pty.service import Service
from tests.pty.session import Session

if TYPE_CHECKING:
    from pathlib import Path

MCTOP = (sys.executable, "-m", "mctop")
LABEL = "shop"
REPLIES = (
    b"\x1b[?65;1;9c", b"\x1b[>41;354;0c", b"\x1b[5;1R", b"\x1b[0n", b"\x1bP>|XTerm(388)\x1b\\",
    b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\", b"\x1b]11;rgb:0000/0000/0000\x07", b"\x1b]l" + LABEL.encode() + b"\r\x1b\\",
    b"\x1b[O", b"\x1b[I", b"\x1b[?1u", b"\x1b[?2026;2$y", b"\x1bP1+r544e=787465726d\x1b\\",
)  # fmt: skip
"""What a terminal says of itself: its kind, its cursor, its version, its colours, its title, its focus."""


def changes(home: Path) -> list[str]:
    """The actions that were carried out, as the program itself recorded them."""
    log = home / "mctop" / "audit.jsonl"
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [line["action"] for line in lines if line["event"] == "intent"]


def opened(terminal: Session) -> None:
    """Open the dialog about a flush."""
    terminal.send("F")
    terminal.wait_for("to confirm, type")
    terminal.read_for(0.4)


def closed(terminal: Session) -> None:
    """Leave the dialog."""
    terminal.send("\x1b")
    terminal.wait_for(lambda t: "to confirm, type" not in t.text)


def test_only_a_hand_flushes(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}

    def talks_back(written: bytes) -> bytes:
        return b"".join(REPLIES) if b"to confirm" in written else b""

    with (
        Service() as service,
        Session(MCTOP, columns=120, lines=30, env={**home, **service.environ}, answer=talks_back) as terminal,
    ):
        terminal.wait_for("LIVE", timeout=60)
        terminal.wait_for(f"mctop › {LABEL} ›")

        opened(terminal)
        terminal.send(b"".join(REPLIES))
        terminal.send(f"\x1b[200~{LABEL}\n\x1b[201~")
        terminal.wait_for("what is pasted does not count")
        assert changes(tmp_path) == []
        terminal.send("\r")
        terminal.read_for(0.4)
        assert "to confirm, type" in terminal.text
        closed(terminal)

        opened(terminal)
        terminal.send(f"{LABEL}\r")
        terminal.wait_for("what comes in one go with an enter does not count")
        closed(terminal)

        terminal.send(f"F{LABEL}\r\r\r")
        terminal.wait_for("to confirm, type")
        terminal.read_for(0.4)
        assert "to confirm, type" in terminal.text
        closed(terminal)

        opened(terminal)
        for character in LABEL:
            terminal.send(character)
            terminal.read_for(0.1)
        terminal.wait_for("enter sends it")
        terminal.read_for(0.1)
        terminal.send("\r\r")  # however slow this test is, the first one has a second one upon it
        for _ in range(200):
            terminal.send("\r")
            terminal.read_for(0.02)
        assert "to confirm, type" in terminal.text
        assert changes(tmp_path) == []

        terminal.read_for(0.5)
        terminal.send("\r")
        terminal.wait_for("the cache was flushed")
        assert changes(tmp_path) == ["Flush"]
