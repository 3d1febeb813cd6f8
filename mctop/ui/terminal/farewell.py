"""The last words on standard error, once it is an ordinary terminal again."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.ui.redaction import Redactor


class Farewell:
    """What is left to say at the end; nothing unless there is a reason."""

    def __init__(self, redactor: Redactor) -> None:
        self.words = ""
        self._redactor = redactor

    def report(self, error: Exception) -> None:
        """Write the crash report, and let the words be a note of it."""
        from platformdirs import user_state_path

        from mctop.ui.terminal.crash import crash_note

        self.words = crash_note(error, self._redactor, user_state_path("mctop"))

    def say(self) -> None:
        """Print the words, clean and without a secret."""
        if self.words and sys.__stderr__ is not None:
            lines = map(clean, self._redactor.redact(self.words).splitlines())
            with suppress(OSError):  # nobody is there to read it
                sys.__stderr__.write("\n".join(lines) + "\n")
                sys.__stderr__.flush()
