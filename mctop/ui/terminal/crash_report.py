"""Crash reports and last words: a few lines on screen, the traceback in a private file, secrets nowhere."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import suppress
from datetime import UTC, datetime
from traceback import TracebackException
from typing import TYPE_CHECKING

from textual.worker import WorkerFailed

from mctop.private_files import create_private, make_private_folder
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mctop.api.redaction import Redactor


_ON_SCREEN = 20
_IN_FILE = 2000
_OF_THE_ERROR = 400
"""Lines of the error itself, which come before all that is round it."""
_HALF, _EDGE = 2**19, 2**14
"""Letters of each end of a very long text, and of what is lost where it is cut: longer than any form of a secret."""


def crash_note(error: BaseException, redactor: Redactor, directory: Path) -> str:
    """Write the full report below `directory` and return a short note for the screen: redacted, clean, under 4 KB."""
    real = underlying(error)
    trace = TracebackException.from_exception(real)
    own = _lines("".join(trace.format(chain=False)), redactor)
    what = _lines("".join(trace.format_exception_only()), redactor)[-1:] or (type(real).__name__,)
    where = next((f"  {line.strip()}" for line in reversed(own) if line.lstrip().startswith("File ")), "")
    story = _story(error, real, own, redactor)
    note = "mctop crashed: " + what[0][:300]
    try:
        report = _write(directory, "\n".join((*_circumstances(), "", *story, "")))
    except OSError as failure:
        apology = (f"The report could not be written ({clean(failure.strerror or 'no reason given')}). Its end:",)
        return "\n".join((note, *apology, *(line[:150] for line in own[-_ON_SCREEN:])))
    return "\n".join(
        (
            note,
            *((where[:300],) if where else ()),
            "The whole story is in " + clean(str(report)),
            "It holds no local variables and no password. Please send it with what you did last.",
        )
    )


def underlying(error: BaseException) -> BaseException:
    """The error that failed workers and groups of errors are made of: of several the first that is no cancellation."""
    wrappers: list[BaseException] = []
    while error not in wrappers:
        wrappers.append(error)
        if isinstance(error, WorkerFailed):
            error.__cause__ = error.error  # so that it is told wherever this one stands in a chain
            error = error.error
        elif isinstance(error, BaseExceptionGroup):
            error = next((each for each in error.exceptions if isinstance(each, Exception)), error.exceptions[0])
    return error


def _story(error: BaseException, real: BaseException, own: Sequence[str], redactor: Redactor) -> tuple[str, ...]:
    """The frames of the error itself, and then, where there is more, of all that led to it or came of it."""
    whole = _lines("".join(TracebackException.from_exception(error, max_group_width=100).format()), redactor)
    if real is error and len(whole) <= _IN_FILE:
        return whole
    return (*_bounded(own, _OF_THE_ERROR), "", "All of it:", *_bounded(whole, _IN_FILE))


def _bounded(lines: Sequence[str], most: int) -> tuple[str, ...]:
    """The beginning and the end of more lines than so many: frames come first, and what was raised last."""
    if len(lines) <= most:
        return tuple(lines)
    half = most // 2
    return (*lines[:half], f"… {len(lines) - 2 * half} lines are left out …", *lines[-half:])


def _lines(text: str, redactor: Redactor) -> tuple[str, ...]:
    """The lines of a text, each fit to be shown."""
    if len(text) > 2 * _HALF:
        begins, ends = redactor.redact(text[:_HALF]), redactor.redact(text[-_HALF:])
        text = f"{begins[:-_EDGE]}\n…\n{ends[_EDGE:]}"
    else:
        text = redactor.redact(text)
    return tuple(clean(line) for line in text.splitlines() if line.strip())


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
