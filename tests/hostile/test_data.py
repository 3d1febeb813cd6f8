"""Data is shown, never obeyed: not by the terminal, and not by the app when the terminal talks back."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hostile.launch import host
from tests.hostile.lexer import foreign
from tests.pty.session import Session

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("text", "caught"), [("raw", True), ("clean", False)])
def test_no_control_code_of_65_leaves_any_sink_even_around_the_gate(text: str, caught: bool) -> None:
    with Session([sys.executable, "-m", "tests.hostile.sinks", text], columns=160, lines=40) as session:
        assert session.wait(30) == 0
        hits = re.search(rb"hits=(\d+)", session.raw)
        assert hits is not None
        assert (int(hits[1]) > 0) == caught
        assert foreign(bytes(session.raw)) == []


def test_the_reading_of_the_output_would_find_a_control_code() -> None:
    assert foreign(b"\x1b[38;5;1mfine\x1b[0m\x1b[1;1H\x1b[?2026h\r\n") == []
    for bad in (b"\x1b]0;x\x07", b"\x1b[2J", b"\x1b[21t", b"\x05", b"\x7f", b"\r", "\x9b".encode(), "\u202e".encode()):
        assert foreign(b"fine" + bad + b"fine")


def test_a_terminal_that_talks_back_presses_no_key(tmp_path: Path) -> None:
    answers = (
        *(b"\x1b]lqc\x1b\\", b"\x1bP1$rqc\x1b\\", b"\x1b[1;2R", b"\x1b[?62;4c", b"\x1b[>41;354;0c", b"\x1b[0n"),
        *(b"\x1b[200~qc\x1b[201~", b"\x1b_qc\x1b\\", b"\x1b]11;rgb:0/0/0\x07", b"\x1b[?2026;2$y"),
    )
    with host(tmp_path) as session:
        for answer in answers:
            session.send(answer)
            session.read_for(0.02)
        for octet in b"\x1b]lqc\x1b\\":  # one at a time, as on a bad line
            session.send(bytes([octet]))
            session.read_for(0.02)
        session.send("x")
        session.wait_for("keys x")


def test_frames_are_marked_for_a_terminal_that_shows_them_at_once(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        session.send(b"\x1b[?2026;2$y")
        session.read_for(0.2)
        session.raw.clear()
        session.send("x")
        session.wait_for("keys x")
        session.read_for(0.1)
        marks = re.findall(rb"\x1b\[\?2026([hl])", session.raw)
        assert marks == [b"h", b"l"] * (len(marks) // 2)
        assert marks
        assert b"\x1b[?2026h\x1b[?2026l" not in session.raw


def test_without_a_mouse_none_is_asked_for(tmp_path: Path) -> None:
    with host(tmp_path, "no-mouse") as session:
        assert not session.emulator.modes & {1000, 1003, 1006}


def test_without_colour_there_is_none(tmp_path: Path) -> None:
    with host(tmp_path, env={"NO_COLOR": "1"}) as session:
        session.send("q")
        session.wait()
        numbers = b";".join(re.findall(rb"\x1b\[([0-9;]*)m", session.raw)).split(b";")
        assert {int(number or 0) for number in numbers} <= {0, *range(1, 10), *range(21, 30)}


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_keys_are_read_in_utf_8_whatever_the_locale_says(tmp_path: Path, env: dict[str, str]) -> None:
    with host(tmp_path, env=env) as session:
        session.send("é")
        session.wait_for("keys é")


@pytest.mark.parametrize("term", ["xterm", "vt100", "linux", "screen", ""])
def test_any_terminal_that_can_draw_will_do(tmp_path: Path, term: str) -> None:
    with host(tmp_path, env={"TERM": term, "COLORTERM": ""}) as session:
        session.send("x")
        session.wait_for("keys x")
