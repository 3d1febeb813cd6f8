"""The end of a run that does not end by itself: by a signal, and at the latest after a deadline."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator


_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
PATIENCE = 2.0
"""Seconds that an orderly end may take: a person who has quit looks at the terminal for no longer."""


class Deadline(threading.Thread):
    """Ends the process if an orderly end takes too long: restores the terminal and leaves with the exit code."""

    def __init__(self, restore: Callable[[], object], patience: float = PATIENCE) -> None:
        super().__init__(daemon=True, name="deadline")
        self._restore = restore
        self._patience = patience
        self._said: SimpleQueue[int | None] = SimpleQueue()

    def begin(self, code: int) -> None:
        """Start to count, once; safe in a signal handler, whatever it has interrupted."""
        self._said.put(code)

    def finished(self) -> None:
        """Never mind: the end was orderly."""
        self._said.put(None)

    def run(self) -> None:
        """Wait for the beginning of the end, then for its end."""
        code = said = self._said.get()
        try:
            while said is not None:
                said = self._said.get(timeout=self._patience)
        except Empty:
            try:
                self._restore()
            finally:
                os._exit(1 if code is None else code)


@contextmanager
def signals_as_codes(ended: Callable[[int], object]) -> Iterator[None]:
    """Call `ended` with 128 + n, in the main thread, at each signal that asks to end."""
    before = {number: signal.signal(number, lambda number, _: ended(128 + number)) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def failures_of_threads(failed: Callable[[Exception], object]) -> Iterator[None]:
    """Call `failed`, in the thread concerned, with an exception that ended it."""
    before = threading.excepthook

    def pass_on(failure: threading.ExceptHookArgs) -> None:
        if isinstance(failure.exc_value, Exception):
            failed(failure.exc_value)

    threading.excepthook = pass_on
    try:
        yield
    finally:
        threading.excepthook = before


def on_loop_failure(loop: asyncio.AbstractEventLoop, failed: Callable[[Exception], object]) -> None:
    """Call `failed` with an exception that nobody awaits: a task's, or a callback's."""

    def pass_on(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            failed(error)
        else:
            loop.default_exception_handler(context)

    loop.set_exception_handler(pass_on)
