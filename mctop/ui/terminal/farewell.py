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
        self._reported = False

    def report(self, error: Exception) -> None:
        """Write the crash report, and let the words be a note of it; the first error is the one that matters."""
        if self._reported:
            return
        self._reported = True
        from platformdirs import user_state_path

        from mctop.ui.terminal.crash import crash_note

        self.words = crash_note(error, self._redactor, user_state_path("mctop"))

    def say(self) -> None:
        """Print the words, once, clean and without a secret."""
        words, self.words = self.words, ""
        if words and sys.__stderr__ is not None:
            lines = map(clean, self._redactor.redact(words).splitlines())
            with suppress(OSError):  # nobody is there to read it
                sys.__stderr__.write("\n".join(lines) + "\n")
                sys.__stderr__.flush()
