"""Key, mouse and paste messages out of the bytes on standard input; what a terminal answers is never a key."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import events

from mctop.ui.terminal.textual_private import XTermParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.message import Message

_ESC = "\x1b"
_TOKEN = re.compile(
    r"""
      (?P<paste> \x1b\[200~ (?P<pasted>.*?) \x1b\[201~ )
    | (?P<answer> (?: \x1b[\]P_^X] | [\x90\x98\x9d-\x9f] ) .*? (?: \x1b\\ | \x9c | \x07 ) )  # OSC, DCS, APC, PM, SOS
    | (?P<report> \x1b\[M... )                                                               # the mouse, in an old way
    | (?P<sequence> \x1b\[ (?: \[. | (?!M|200~) [0-?]* [ -/]* [@-Z\\-~] ) | \x1bO[0-9;]* [^\x1b0-9;] )
    | (?P<escape> \x1b (?=\x1b) )
    | (?P<broken> \x1b\[ [0-?]* [ -/]* (?=[^ -~]) | \x1bO[0-9;]* (?=\x1b) | \x9b [0-?]* [ -/]* [^0-?] )
    | (?P<noise> [\x80-\x8f\x91-\x97\x99-\x9a\x9c\ufffd] )
    | (?P<alt> \x1b [^\x1b\[\]OP_^X] )
    | (?P<text> [^\x1b\x80-\x9f\ufffd]+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_UNPASTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PENDING_LIMIT = 65536
_LONGEST_KNOWN = 32  # Textual's parser types out what is longer
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
_ESCAPE_PATIENCE, _SEQUENCE_PATIENCE, _PASTE_PATIENCE = 0.1, 0.5, 2.0


class Keyboard:
    """Cuts input into whole tokens and has Textual name the known ones; all others are dropped, not typed."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._pending = ""

    @property
    def patience(self) -> float | None:
        """Seconds to wait for the rest of what has begun, before calling `give_up`; None if nothing has begun."""
        if not self._pending:
            return None
        if self._pending == _ESC:
            return _ESCAPE_PATIENCE
        return _PASTE_PATIENCE if self._pending.startswith(_PASTE_START) else _SEQUENCE_PATIENCE

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages for what was read, which may end in the middle of anything."""
        text = self._pending + self._decode(data)
        position = 0
        while token := _TOKEN.match(text, position):
            position = token.end()
            yield from self._messages(token)
        self._pending = text[position:]
        if len(self._pending) > _PENDING_LIMIT:
            self._pending = self._pending[: _PENDING_LIMIT - len(_PASTE_END)] + self._pending[-len(_PASTE_END) :]

    def give_up(self) -> Iterator[Message]:
        """The rest did not come: a lone escape is the key, anything else was noise."""
        if self._pending == _ESC:
            yield events.Key("escape", _ESC)
        self._pending = ""

    def _messages(self, token: re.Match[str]) -> Iterator[Message]:
        """What one token means."""
        match token.lastgroup:
            case "escape":
                yield events.Key("escape", _ESC)
            case "paste":
                yield events.Paste(_UNPASTABLE.sub("", token["pasted"]))
            case "text":
                yield from self._parser.feed(token[0])
            case "sequence" | "alt":
                yield from self._keys_of(token[0])

    def _keys_of(self, sequence: str) -> list[Message]:
        """Textual's messages for a whole sequence, none for one it does not know."""
        if len(sequence) > _LONGEST_KNOWN:
            return []
        try:
            messages = list(self._parser.feed(sequence))
        except (ValueError, OverflowError):  # a number in it is no character
            messages = []
        if not messages:
            fresh = XTermParser()  # the old one may wait for the rest of what will not come
            fresh.last_x, fresh.last_y = self._parser.last_x, self._parser.last_y
            self._parser = fresh
        return messages
