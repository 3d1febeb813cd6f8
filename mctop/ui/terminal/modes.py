"""What the terminal is asked to be while mctop runs, and how it is given back."""

from __future__ import annotations

import os
from dataclasses import dataclass

_ALTERNATE_SCREEN = ("\x1b[?1049h", "\x1b[?1049l")
_NO_CURSOR = ("\x1b[?25l", "\x1b[?25h")
_NO_WRAP = ("\x1b[?7l", "\x1b[?7h")
_FOCUS = ("\x1b[?1004h", "\x1b[?1004l")
_PASTE = ("\x1b[?2004h", "\x1b[?2004l")
_MOUSE = ("\x1b[?1000h\x1b[?1003h\x1b[?1006h", "\x1b[?1006l\x1b[?1003l\x1b[?1000l")
# Keys as unambiguous sequences, all of them, with their text. The terminal keeps a stack of this per screen.
_KITTY_KEYS = ("\x1b[>25u", "\x1b[<u")
_ASK_ABOUT_SYNC = "\x1b[?2026$p"

SYNC_START = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"
"""What stands around a frame, so that the terminal shows it at once."""


@dataclass(frozen=True, slots=True)
class Modes:
    """The sequences that begin and end full-screen operation."""

    enter: bytes
    restore: bytes


def modes(*, mouse: bool, kitty_keys: bool) -> Modes:
    """The modes to use; restoring them also ends a frame that was cut short."""
    wanted = [_ALTERNATE_SCREEN, _NO_CURSOR, _NO_WRAP, _FOCUS, _PASTE]
    if mouse:
        wanted.append(_MOUSE)
    if kitty_keys:
        wanted.append(_KITTY_KEYS)
    enter = "".join(on for on, _ in wanted)
    if os.environ.get("TERM_PROGRAM") != "Apple_Terminal":  # it would print the question
        enter += _ASK_ABOUT_SYNC
    restore = SYNC_END + "\x1b[0m" + "".join(off for _, off in reversed(wanted))
    return Modes(enter.encode(), restore.encode())
