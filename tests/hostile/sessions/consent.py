"""What somebody agreed to, by the rules for a person alone: what stood there, which keys came, and when."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from mctop.ui.modals.change_dialogs import Confirmation
    from tests.hostile.sessions.spy import Change

REST = 0.3
"""Seconds without any key before one that agrees."""
POUR = 0.05
"""Seconds within which keys come in one go."""
MANY = 3
"""Keys in one go, text and an enter among them, that no hand gives."""
ENTER, OTHER = "enter", "other"
PATIENCE = 60.0
"""Seconds after which a dialog agrees to nothing any more."""
MASK = "***"
TYPED = re.compile(r"POST \S+/(flush|switch_cluster|rotate_sso)|DELETE \S+/credentials/\S+")
"""What is agreed to by typing a name."""
OF_A_CREDENTIAL = re.compile(r"(PATCH|DELETE) \S+/credentials/(?:primary/)?(\S+)")
WEBHOOK = "https://hooks.slack.com/"
"""How every masked value begins that somebody types."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as a dialog shows it; `body` is its JSON, None for none."""

    method: str
    path: str
    body: object = None

    def allows(self, change: Change) -> bool:
        """Whether that is what left; a masked value may be any that is worth a mask."""
        sent = json.loads(change.body) if change.body else None
        return (change.method, change.target) == (self.method, self.path) and _same(self.body, sent)

    def words(self, own: str) -> int:
        """How many words must be typed for it where mctop uses the credential `own`."""
        line = f"{self.method} {self.path}"
        found = OF_A_CREDENTIAL.fullmatch(line)
        mine = found is not None and unquote(found[2]) == own
        shut = self.method == "DELETE" or (
            isinstance(self.body, dict) and self.body.get("api_capability") in (False, "false")
        )
        return int(TYPED.fullmatch(line) is not None) + int(mine and shut)


@dataclass(frozen=True, slots=True)
class Asked:
    """A dialog as it stands there: `chosen` is the answer between brackets, `words` those that it wants typed."""

    dialog: Confirmation
    shown: Shown
    chosen: str = ""
    words: tuple[str, ...] = ()


class Consent:
    """Follows the keys; `given` is what was agreed to and has not been sent yet, `own` the credential in use."""

    def __init__(self, own: str, now: float) -> None:
        self.given: list[Shown] = []
        self.times = 0
        """How often something was agreed to."""
        self._own = own
        self._asked: Asked | None = None
        self._since = self._last = now
        self._agreed: set[Confirmation] = set()
        self._typed = self._before = ""
        self._burst: tuple[str, ...] = (ENTER,)

    def look(self, asked: Asked | None, now: float) -> None:
        """See what stands there; what was typed for something else is forgotten."""
        before, self._asked = self._asked, asked
        if asked is None or before is None or asked.dialog is not before.dialog:
            self._since, self._last, self._typed, self._before, self._burst = now, now, "", "", (ENTER,)
        elif len(asked.words) != len(before.words):
            self._typed = self._before = ""

    def key(self, key: str, character: str | None, now: float) -> bool:
        """A key was read when what was seen last stood there; whether that agrees to it."""
        gap, self._last = now - self._last, now
        follows_a_letter = self._burst == (OTHER,)
        if gap >= POUR:
            self._burst, self._before = (), self._typed
        self._burst = (*self._burst, ENTER if key == "enter" else OTHER)
        if len(self._burst) >= MANY and {*self._burst} == {ENTER, OTHER}:
            self._typed = self._before
        elif now <= self._since:
            return False
        elif key == "enter":
            alone = gap >= REST or (gap >= POUR and follows_a_letter)
            return alone and self._asked is not None and self._enter(self._asked, now)
        elif key == "backspace":
            self._typed = self._typed[:-1]
        elif key == "ctrl+u":
            self._typed = ""
        elif character is not None and character.isprintable():
            self._typed += character
        return False

    def take_back(self) -> None:
        """Another key came upon the one that agreed last; the dialog may still be agreed to."""
        self.given.pop()
        self.times -= 1
        if self._asked is not None:
            self._agreed.discard(self._asked.dialog)

    def account_for(self, change: Change) -> bool:
        """Whether a change that left was agreed to; once, for each time that it was."""
        for shown in self.given:
            if shown.allows(change):
                self.given.remove(shown)
                return True
        return False

    def _enter(self, asked: Asked, now: float) -> bool:
        needed = asked.shown.words(self._own)
        chosen = asked.chosen not in ("", "Cancel")
        agrees = asked.words[-1:] == (self._typed,) and len(asked.words) == needed if needed else chosen
        if not agrees or asked.dialog in self._agreed or now - self._since >= PATIENCE:
            return False
        self._agreed.add(asked.dialog)
        self.given.append(asked.shown)
        self.times += 1
        return True


def _same(shown: object, sent: object) -> bool:
    if isinstance(shown, dict) and isinstance(sent, dict):
        return shown.keys() == sent.keys() and all(_same(value, sent[name]) for name, value in shown.items())
    if isinstance(shown, str) and MASK in shown:
        return isinstance(sent, str) and sent.startswith(WEBHOOK)
    return type(shown) is type(sent) and shown == sent
