"""mctop's own service before a server, asked over HTTP: all that this proof knows of mctop."""

from __future__ import annotations

import base64
import http.client
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import quote, urlsplit

from mctop.service.base.served_cache import MemcachedCache
from mctop.service.process.child import Child, spawn

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0
"""Seconds an answer may take; the first one waits until the child has started."""


class LogLine(TypedDict):
    """A line of the log."""

    timestamp: str
    key: str
    command: str
    status: str
    size: int | None


class Key(TypedDict):
    """What is told of a key; None is unknown."""

    hit_count: int | None
    miss_count: int | None
    mutation_count: int | None
    in_cache: bool | None
    size: int | None


class Grade(TypedDict):
    """How true something is said to be."""

    of: str
    grade: str
    share: float | None
    note: str
    server: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body."""

    status: int
    body: object


@dataclass(frozen=True, slots=True)
class Service:
    """The running service."""

    child: Child

    def request(self, path: str, method: str = "GET") -> Answer:
        """Ask for something below the cache."""
        line = http.client.HTTPConnection(urlsplit(self.child.url).netloc, timeout=PATIENCE)
        login = base64.b64encode(f"{self.child.username}:{self.child.password}".encode()).decode()
        path = f"/api/v2/caches/{self.child.cache_id}{path}"
        line.request(method, path, headers={"Authorization": f"Basic {login}"})
        answer = line.getresponse()
        text = answer.read()
        line.close()
        return Answer(answer.status, json.loads(text) if text else None)

    def stats(self) -> dict[str, int | None] | str:
        """The counters of the one server, or why there are none."""
        answer = self.request("/stats")
        if answer.status != 200 or not isinstance(answer.body, dict):
            said = answer.body["message"] if isinstance(answer.body, dict) else answer.body
            return f"{answer.status} {str(said).rpartition(': ')[2]}"
        (counters,) = answer.body.values() if "127.0.0.1" in str(next(iter(answer.body), "")) else (answer.body,)
        return {name: value for name, value in counters.items() if value is None or isinstance(value, int)}

    def grades(self) -> list[Grade]:
        """How true what is told is said to be."""
        body = self.request("/info").body
        return body["grades"] if isinstance(body, dict) else []

    def popular(self) -> dict[str, dict[str, int]]:
        """The counts of the popular keys, by the list and the key."""
        body = self.request("/introspection/popular_items").body
        lists = (
            ((name, rows) for name, rows in body.items() if isinstance(rows, list)) if isinstance(body, dict) else ()
        )
        return {name: {row["name"]: row["popularity"] for row in rows} for name, rows in lists}

    def key(self, key: str) -> Key | None:
        """What is told of a key; None where nothing is, which says that it is not there and nothing was done."""
        body = self.request(f"/introspection/key_stats?key={quote(key, safe='')}").body
        rows: list[Key] = body if isinstance(body, list) else []
        return rows[0] if rows else None

    def log(self) -> list[LogLine]:
        """The last lines of the one server, oldest first."""
        body = self.request("/introspection/recent_logs").body
        return next(iter(body.values()), []) if isinstance(body, dict) else []

    def log_after(self, cursor: str) -> tuple[list[LogLine], str]:
        """The lines of the one server after a cursor, oldest first, and the next cursor."""
        body = self.request(f"/introspection/recent_logs?cursor={cursor}").body
        if not isinstance(body, dict):
            return [], cursor
        (log,) = body["servers"]
        names = ("timestamp", "key", "command", "status", "size")
        return [LogLine(zip(names, fields, strict=True)) for fields in log["lines"]], body["cursor"]  # type: ignore[misc]


@contextmanager
def serving(port: int) -> Iterator[Service]:
    """Run the service before a server on loopback."""
    child = spawn(MemcachedCache(f"127.0.0.1:{port}"))
    try:
        yield Service(child)
    finally:
        child.close()
