"""Key, mouse and paste messages out of the bytes on standard input; what a terminal answers is never a key."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import events

from mctop.ui.terminal.textual_private import XTermParser

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
_ESCAPE_PATIENCE, _ESCAPE_PATIENCE_FAR, _LONGEST_ESCAPE_PATIENCE = 0.1, 0.5, 5.0
_SEQUENCE_PATIENCE = 0.5
_ESCAPE_TAIL, _SEQUENCE_TAIL = 1.0, 5.0  # a hand may type a bracket after the escape key, but not half a sequence
# What may stand behind an escape where a sequence begins that a terminal sends; what a hand types there seldom does.
_TAIL = re.compile(
    r"\[(?:[0-?!A-Z\[a-d]|$) | O(?:[0-9;A-DFHMP-S]|$) | \](?:[0-9lLI]|$) | P(?:[0-?!+$|]|$) | [\^_X]", re.VERBOSE
)
_INTERRUPTS = frozenset({b"\x03", b"\x1b[99;5u"})  # ctrl+c, in the old way and in kitty's


def escape_patience(environ: Mapping[str, str]) -> float:
    """Seconds after which an escape alone is the key: `ESCDELAY` is in milliseconds, and over SSH it is longer."""
    given = environ.get("ESCDELAY", "")
    if given.isascii() and given.isdigit() and len(given) <= len("60000"):
        return min(int(given) / 1000, _LONGEST_ESCAPE_PATIENCE)
    far = environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")
    return _ESCAPE_PATIENCE_FAR if far else _ESCAPE_PATIENCE


class Keyboard:
    """Cuts input into whole tokens and has Textual name the known ones; all others are dropped, not typed."""

    def __init__(self, escape_patience: float = _ESCAPE_PATIENCE) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._escape_patience = escape_patience
        self._pending = ""
        self._given_up = self._escape_given = False
        self._behind_report = self._behind_answer = False

    @property
    def patience(self) -> float | None:
        """Seconds to wait for the rest of what has begun, before calling `give_up`; None if there is nothing to end.

        A paste has no such time: it ends when it ends, however long the link stalls, or with ctrl+c alone.
        """
        if not self._pending or self._pending.startswith(_PASTE_START):
            return None
        if self._escape_given:
            return _ESCAPE_TAIL
        if self._pending == _ESC and not self._given_up and not self._behind_report:
            return self._escape_patience
        return _SEQUENCE_TAIL if self._given_up else _SEQUENCE_PATIENCE

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages for what was read, which may end in the middle of anything."""
        if data in _INTERRUPTS and self._pending.startswith(_PASTE_START):
            self._forget()
        text = self._pending + self._decode(data)
        doubted = self._escape_given or (self._given_up and self._pending == _ESC)
        if doubted and len(text) > 1 and not _TAIL.match(text, 1):
            text = text[1:]
            self._forget()
        self._behind_report = self._behind_answer = False
        position = 0
        while token := _TOKEN.match(text, position):
            position = token.end()
            messages = list(self._messages(token))
            self._behind_report = not any(isinstance(message, events.Key | events.Paste) for message in messages)
            pointed = any(isinstance(message, events.MouseEvent) for message in messages)
            self._behind_answer = self._behind_report and not pointed
            if not self._given_up or token.lastgroup == "paste":  # else this is what had begun, and its tail
                yield from messages
            self._given_up = self._escape_given = False
        self._pending = text[position:]
        if len(self._pending) > _PENDING_LIMIT:
            self._pending = self._pending[: _PENDING_LIMIT - len(_PASTE_END)] + self._pending[-len(_PASTE_END) :]

    def give_up(self) -> Iterator[Message]:
        """The rest did not come: a lone escape is the key, anything else was noise, and so is its tail.

        An escape that was read right behind an answer of the terminal begins another answer. What was given up is
        remembered for as long as `patience` then says; giving up again forgets it.
        """
        if self._given_up:
            self._forget()
            return
        self._given_up = bool(self._pending)
        self._escape_given = self._pending == _ESC and not self._behind_answer
        if self._escape_given:
            yield events.Key("escape", _ESC)

    def _forget(self) -> None:
        """Begin anew with what comes next."""
        self._pending, self._given_up, self._escape_given = "", False, False

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
