"""The real program in terminals that answer about themselves, or draw less than most."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.pty.session import Session

if TYPE_CHECKING:
    from pathlib import Path

DEMO = (sys.executable, "-m", "mctop", "demo")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment without anybody's configuration."""
    return {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}


def test_a_terminal_that_draws_ambiguous_signs_wide_gets_none_of_them_and_nothing_is_typed(
    home: dict[str, str],
) -> None:
    def answer(sent: bytes) -> bytes:
        return b"\x1b[2;4R" if b"\x1b[6n" in sent else b""

    with Session(DEMO, columns=120, lines=30, env=home, answer=answer) as terminal:
        terminal.wait_for("◉ LIVE", timeout=20)
        terminal.wait_for("MiB")
        wide = {character for character in terminal.text if unicodedata.east_asian_width(character) == "A"}
        assert not wide
        assert "What works here" not in terminal.text
        terminal.send("q")
        assert terminal.wait() == 0


def test_in_the_c_locale_every_byte_is_ascii(home: dict[str, str]) -> None:
    environ = {**home, "LC_ALL": "C"}
    with Session(DEMO, columns=120, lines=30, env=environ) as terminal:
        terminal.wait_for("* LIVE", timeout=20)
        terminal.wait_for("MiB")
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.raw.isascii()
