"""The password that is shown for a while, and what is copied next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import chop_cells

from mctop.ui.format import duration
from mctop.ui.modals.credentials.rows import LONGEST
from mctop.ui.renderables.runs import Run
from mctop.ui.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.api.models.credentials import Credential

    Line = tuple[Run, ...]

REVEALED = 15.0
"""Seconds that a password is shown."""
WIDE = 70
"""Columns of a password, at most, before it goes on in the next line."""


class Copied(NamedTuple):
    """Clean text to copy, "" where there is none, what it is, and what the same key copies next."""

    text: str
    what: str
    then: str = ""


class Passwords:
    """At most one password is shown at a time."""

    def __init__(self) -> None:
        self._shown: Credential | None = None
        self._until = 0.0
        self._copied = ""

    def reveal(self, credential: Credential, now: float) -> bool:
        """Show a password from monotonic time `now` on, or hide it where it is shown; False where there is none."""
        if self._shown == credential and now < self._until:
            self.hide()
        elif credential.sasl_password is None:
            return False
        else:
            self._shown, self._until = credential, now + REVEALED
        return True

    def hide(self) -> None:
        """Show none."""
        self._shown = None

    def forget(self, known: Collection[Credential]) -> None:
        """Hide what is no longer so."""
        if self._shown not in known:
            self.hide()

    def lines(self, now: float) -> tuple[Line, ...]:
        """The password that is shown at monotonic time `now`, and for how much longer."""
        one = self._shown
        if one is None or one.sasl_password is None or now >= self._until:
            self.hide()
            return ()
        whose = Run(f"password of {clean(one.sasl_username, LONGEST)}, hidden again in ", "muted")
        parts = chop_cells(clean(one.sasl_password.get_secret_value()), WIDE)
        head = (whose, Run(duration(self._until - now), "muted"), Run(" · v hides it", "muted"))
        return (head, *((Run(part, "value"),) for part in parts))

    def copied(self, credential: Credential) -> Copied:
        """What is to be copied of a credential: its username, and the next time its password."""
        if self._copied == credential.sasl_username and credential.sasl_password is not None:
            self._copied = ""
            return Copied(clean(credential.sasl_password.get_secret_value()), "the password")
        self._copied = credential.sasl_username
        then = "the password" if credential.sasl_password is not None else ""
        return Copied(clean(credential.sasl_username), "the username", then)
