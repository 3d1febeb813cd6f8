"""The last lines of a server's log."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from mctop.api.models.introspection import LogLine
from mctop.service.memcached.protocol.replies import decoded
from mctop.service.memcached.stream.watch_lines import (
    COMMAND,
    CONNECTION,
    GET,
    KEY,
    SIZE,
    STATUS,
    STORE,
    TIME,
    TYPE,
    seconds,
)
from mctop.service.memcached.stream.watch_lines import size as value_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.memcached.stream.watch_lines import Record


LINES = 100
"""Lines that `recent_logs` is documented to answer for each server."""

NEAR = 8
"""Lines back in which the lookup of a store or deletion is searched: threads of a server mix theirs."""

STATUSES = {b"found": "HIT", b"not_found": "MISS"}
"""What is said of a get; whatever else a server says is said as it is."""


class LogRing:
    """Keeps what was asked last, without the lookups that belong to a store or deletion; what is kept never changes."""

    def __init__(self) -> None:
        self._records: deque[Record] = deque(maxlen=LINES)

    def add(self, records: Sequence[Record]) -> None:
        """Keep the last of these."""
        self._records.extend(records[-LINES:])

    def lines(self) -> tuple[LogLine, ...]:
        """The lines, oldest first."""
        return tuple(map(_line, self._records))


def requests(records: Sequence[Record]) -> list[Record]:
    """The last of these, of each store and deletion only the line itself."""
    asked: list[Record] = []
    for record in records[-2 * LINES :]:
        if record[TYPE] != GET:
            _drop_lookup(record, asked)
        asked.append(record)
    return asked


def _drop_lookup(record: Record, before: list[Record]) -> None:
    for back, other in enumerate(islice(reversed(before), NEAR), start=1):
        same = record[TYPE] != STORE or other[CONNECTION] == record[CONNECTION]
        if same and other[TYPE] == GET and other[KEY] == record[KEY]:
            del before[-back]
            return


def name(key: bytes) -> str:
    """A key as it is shown, from how servers encode it; bytes that are no text are written in hexadecimal."""
    return decoded(key).decode("utf-8", "backslashreplace")


def _line(record: Record) -> LogLine:
    status = record[STATUS]
    if record[TYPE] == GET:
        command, said = "GET", STATUSES.get(status) or _words(status)
    elif record[TYPE] == STORE:
        command, said = _words(record[COMMAND]), _words(status)
    else:
        command, said = _words(record[COMMAND] or b"delete"), "DELETED"
    return LogLine(
        time=seconds(record[TIME]), key=name(record[KEY]), command=command, status=said, size=value_bytes(record[SIZE])
    )


def _words(word: bytes) -> str:
    return word.decode("ascii", "replace").upper()
