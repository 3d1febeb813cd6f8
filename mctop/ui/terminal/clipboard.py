"""Copying by way of the terminal: OSC 52, wrapped where a multiplexer stands between."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping


LONGEST = 74_994
"""Bytes that every terminal known to take anything takes: with its ends, their base64 is 100,000 bytes long."""
CHUNK = 760
"""Bytes that screen passes on at a time, at most."""
ESC = "\x1b"
END = f"{ESC}\\"


@dataclass
class Copy(Message):
    """Something is to be copied: clean text, what it is, and what the same key copies next ("" if nothing)."""

    text: str
    what: str
    then: str = ""


def fits(text: str) -> bool:
    """Whether a terminal can be asked to take it."""
    return len(text.encode("utf-8", "replace")) <= LONGEST


def osc52(text: str, environ: Mapping[str, str]) -> str:
    """The sequence that puts text on the clipboard of whoever sits at the terminal.

    tmux takes it itself or passes it on, as it is set up, so it is given both; screen only passes on.
    """
    plain = f"{ESC}]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\x07"
    if environ.get("TMUX"):
        return f"{plain}{ESC}Ptmux;{plain.replace(ESC, ESC * 2)}{END}"
    if environ.get("STY") or environ.get("TERM", "").startswith("screen"):
        pieces = (plain[start : start + CHUNK] for start in range(0, len(plain), CHUNK))
        return "".join(f"{ESC}P{piece}{END}" for piece in pieces)
    return plain
