"""Standard output and error before the screen opens and beside a service: what is foreign in them is made visible."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_ESCAPE = len("\\U0010ffff")


class CleanStream(io.TextIOBase):
    """Writes lines of clean text to a stream, whole; what its encoding has not is escaped."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text; no control or format character of it but the ends of lines."""
        lines = "\n".join(clean(line, 1 + _LONGEST_ESCAPE * len(line)) for line in text.split("\n"))
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(lines.encode(encoding, "backslashreplace").decode(encoding))
        return len(text)

    def flush(self) -> None:
        """Write what waits."""
        self._stream.flush()

    def writable(self) -> bool:
        """It is."""
        return True

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The descriptor of the stream."""
        return self._stream.fileno()


@contextmanager
def clean_streams() -> Iterator[None]:
    """Both streams write clean text while the block lasts, and on if it ends by an error, which is yet to be told."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (CleanStream(stream) if stream is not None else None for stream in before)
    try:
        yield
    finally:
        if not isinstance(sys.exc_info()[1], Exception):
            sys.stdout, sys.stderr = before
