"""The counters of every server each half hour, which v1 calls history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.stats import Counters, HistoryRow
from mctop.service.memcached.history.table import OWNER
from mctop.service.memcached.protocol.counters import counters

if TYPE_CHECKING:
    from sqlite3 import Connection

    from mctop.service.memcached.history.file import HistoryFile
    from mctop.service.memcached.protocol.counters import ServerSample

EVERY = 1_800.0
"""Seconds between two snapshots of a server."""

WAITING = 4_800
"""Snapshots that wait for a file that takes none, at most: a day of a hundred servers."""


class Snapshots:
    """Snapshots in the file, and those that wait to be written."""

    def __init__(self, file: HistoryFile) -> None:
        self._file = file
        rows = file.ask("SELECT name, max(time) FROM kept NATURAL JOIN owners GROUP BY owner", {})
        self._newest = {str(server): float(at or 0) for server, at in rows}
        self._waiting: list[tuple[float, str, str]] = []

    def see(self, server: str, sample: ServerSample) -> None:
        """Keep the counters, if the newest that are kept are old enough."""
        if abs(sample.at - self._newest.get(server, 0.0)) >= EVERY:  # a clock that was put back does not end it
            self._newest[server] = sample.at
            self._waiting.append((sample.at, server, counters(sample.counters).model_dump_json()))
            del self._waiting[:-WAITING]

    def rows(self) -> tuple[HistoryRow, ...]:
        """Every snapshot, oldest first; servers are named without their ports."""
        written = self._file.ask("SELECT time, name, counters FROM kept NATURAL JOIN owners ORDER BY time, name", {})
        return tuple(
            HistoryRow(
                time=float(at or 0),
                server=str(server).rpartition(":")[0],
                stats=Counters.model_validate_json(str(text)),
            )
            for at, server, text in (*written, *self._waiting)
        )

    def write(self, database: Connection) -> None:
        """Write those that wait; they wait on until `forget` says that the file took them."""
        database.executemany(
            "INSERT OR IGNORE INTO owners (name) VALUES (?)", {(server,) for _, server, _ in self._waiting}
        )
        rows = [(server, at, text) for at, server, text in self._waiting]
        database.executemany(f"INSERT OR REPLACE INTO kept VALUES ({OWNER}, ?, ?)", rows)

    def forget(self) -> None:
        """Forget what is in the file."""
        self._waiting.clear()
