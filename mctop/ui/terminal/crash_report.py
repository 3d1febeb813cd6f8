"""Crash reports and last words: a few lines on screen, the traceback in a private file, secrets nowhere."""

from __future__ import annotations

import os
import platform
import sys
from base64 import b64encode
from contextlib import suppress
from datetime import UTC, datetime
from traceback import TracebackException
from typing import TYPE_CHECKING
from urllib.parse import quote

from mctop.private_files import create_private, make_private_folder
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


STRUCK = "[redacted]"
_TELLING = 6


class Redactor:
    """Knows the secrets of this run, and removes them from any text in every form they could take."""

    def __init__(self) -> None:
        self._forms: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Redactor({len(self._forms)} forms)"

    def register(self, secret: str) -> None:
        """Remember a secret: as it is, percent-encoded, inside JSON, and inside base64 (an Authorization header)."""
        if secret:
            forms = {*self._forms, *_forms(secret)}
            self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))

    def redact(self, text: str) -> str:
        """The text without any registered secret; the longest forms go first, so that nothing is left of them."""
        for form in self._forms:
            text = text.replace(form, STRUCK)
        return text


def _forms(secret: str) -> Iterator[str]:
    """Every spelling of a secret that may appear in a text."""
    import json

    yield secret
    yield quote(secret, safe="", errors="replace")
    yield json.dumps(secret)[1:-1]
    yield repr(secret)[1:-1]
    octets = secret.encode("utf-8", "surrogatepass")
    for before in range(3):
        # Base64 spells the same octets in three ways, by where they start; the edges depend on the neighbours.
        spelled = b64encode(b"\0" * before + octets).decode("ascii").rstrip("=")
        inner = spelled[-(-before * 8 // 6) : len(spelled) - (1 if (before + len(octets)) % 3 else 0)]
        if len(inner) >= _TELLING:
            yield inner


_ON_SCREEN = 20
_IN_FILE = 2000


def crash_note(error: BaseException, redactor: Redactor, directory: Path) -> str:
    """Write the full report below `directory` and return a short note for the screen: redacted, clean, under 4 KB."""
    trace = TracebackException.from_exception(error)
    story = _lines("".join(trace.format()), redactor)
    what = _lines("".join(trace.format_exception_only()), redactor)[-1:] or (type(error).__name__,)
    where = next((line.strip() for line in reversed(story) if line.lstrip().startswith("File ")), "")
    try:
        report = _write(directory, "\n".join((*_circumstances(), "", *story[-_IN_FILE:], "")))
    except OSError as failure:
        apology = (f"The report could not be written ({clean(failure.strerror or 'no reason given')}). Its end:",)
        return "\n".join(("mctop crashed: " + what[0][:300], *apology, *(line[:150] for line in story[-_ON_SCREEN:])))
    return "\n".join(
        (
            "mctop crashed: " + what[0][:300],
            "  " + where[:300],
            "The whole story is in " + clean(str(report)),
            "It holds no local variables and no password. Please send it with what you did last.",
        )
    )


def _lines(text: str, redactor: Redactor) -> tuple[str, ...]:
    """The lines of a text, each fit to be shown."""
    return tuple(clean(line) for line in redactor.redact(text).splitlines() if line.strip())


def _circumstances() -> tuple[str, ...]:
    """What ran where, and when."""
    from importlib.metadata import version  # 15 ms, which only a crash needs

    from mctop import __version__

    return (
        f"mctop {__version__}, textual {version('textual')}, Python {platform.python_version()}",
        clean(f"{platform.platform()}, TERM={os.environ.get('TERM', '')}"),
        f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def _write(directory: Path, text: str) -> Path:
    """Write a new file that only its owner can read."""
    make_private_folder(directory)
    path = directory / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.txt"
    with open(create_private(path), "w", encoding="utf-8") as file:
        file.write(text)
    return path


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
        from mctop.user_folders import state_folder

        self.words = crash_note(error, self._redactor, state_folder())

    def say(self) -> None:
        """Print the words, once, clean and without a secret."""
        words, self.words = self.words, ""
        if words and sys.__stderr__ is not None:
            lines = map(clean, self._redactor.redact(words).splitlines())
            with suppress(OSError):  # nobody is there to read it
                sys.__stderr__.write("\n".join(lines) + "\n")
                sys.__stderr__.flush()
