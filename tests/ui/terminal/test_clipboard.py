"""What the terminal is asked to put on its clipboard."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest

from mctop.ui.terminal.clipboard import CHUNK, LONGEST, fits, osc52

TEXT = "session:9f2c41 – ünïcode"
PLAIN = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def copied(sequence: str) -> str:
    found = PLAIN.fullmatch(sequence)
    assert found is not None
    return b64decode(found[1]).decode()


def test_a_terminal_is_told_directly() -> None:
    assert copied(osc52(TEXT, {"TERM": "xterm-256color"})) == TEXT


def test_tmux_is_told_directly_and_given_what_to_pass_on() -> None:
    plain, passed = osc52(TEXT, {"TMUX": "/tmp/tmux-0/default,1,0", "TERM": "screen-256color"}).split("\x1bPtmux;")
    assert copied(plain) == TEXT
    assert passed.endswith("\x1b\\")
    assert copied(passed.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == TEXT


@pytest.mark.parametrize("environ", [{"STY": "1.pts-0"}, {"TERM": "screen"}])
def test_screen_passes_it_on_piece_by_piece(environ: dict[str, str]) -> None:
    text = "k" * 2_000
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", osc52(text, environ), re.DOTALL)
    assert copied("".join(pieces)) == text
    assert all(len(piece) <= CHUNK for piece in pieces)


def test_what_is_too_long_for_some_terminal_does_not_fit() -> None:
    assert fits("k" * LONGEST)
    assert not fits("ü" * LONGEST)
    assert len(osc52("k" * LONGEST, {})) <= 100_000
