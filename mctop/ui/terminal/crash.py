"""What is said about a crash: a few lines on screen, the traceback in a private file, local variables nowhere."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from traceback import TracebackException
from typing import TYPE_CHECKING

from mctop.ui.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from mctop.ui.redaction import Redactor

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
        kept = (f"The report could not be written ({clean(failure.strerror or 'no reason given')}). Its end:",)
        return "\n".join(("mctop crashed: " + what[0][:300], *kept, *(line[:150] for line in story[-_ON_SCREEN:])))
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
    from mctop import __version__

    return (
        f"mctop {__version__}, textual {version('textual')}, Python {platform.python_version()}",
        clean(f"{platform.platform()}, TERM={os.environ.get('TERM', '')}"),
        f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def _write(directory: Path, text: str) -> Path:
    """Write a new file that only its owner can read."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.txt"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path
