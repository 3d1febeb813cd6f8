"""Copying: into tmux's buffer, or by way of the terminal with OSC 52, wrapped where a multiplexer stands between."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from dataclasses import dataclass, field
from enum import Enum
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
    """Something is to be copied: clean text, what it is, and what the same key copies next ("" if nothing).

    Of a secret, nothing is said but what it is.
    """

    text: str = field(repr=False)
    what: str
    then: str = ""
    secret: bool = False


class TmuxCopy(Enum):
    """What tmux did with a text."""

    SENT_ON = "it is in the newest buffer, and tmux passes it to the terminal's clipboard if it is set up to"
    BUFFERED = "it is in the newest buffer"
    REFUSED = "tmux does not answer"


TMUX_PATIENCE = 2.0
"""Seconds that tmux may take, which answers in a few milliseconds."""
TMUX_NEEDS = ("TMUX", "TMUX_TMPDIR", "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TERM")
"""What of the environment tmux is given."""


async def load_into_tmux(text: str, environ: Mapping[str, str]) -> TmuxCopy:
    """Put text into a buffer of the tmux that `$TMUX` names; since 3.2 it can be told to pass it on."""
    own = {name: environ[name] for name in TMUX_NEEDS if name in environ}
    for options, done in ((("-w",), TmuxCopy.SENT_ON), ((), TmuxCopy.BUFFERED)):
        if await _feed(("tmux", "load-buffer", *options, "-"), text.encode("utf-8", "replace"), own):
            return done
    return TmuxCopy.REFUSED


async def _feed(command: tuple[str, ...], data: bytes, environ: Mapping[str, str]) -> bool:
    """Whether a command takes something from its standard input, and ends well."""
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=nothing, stderr=nothing, env=environ, start_new_session=True
        )
    except OSError:
        return False
    try:
        async with asyncio.timeout(TMUX_PATIENCE):
            await process.communicate(data)
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            process.kill()
    return process.returncode == 0


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
