"""Recordings of a version of memcached: the answer, the log lines and the counters of each operation.

In answers and log lines `{key}`, `{value}`, `{size}` (bytes of the value that was there), `{sent}` (bytes of the one
that was sent), `{joined}` (bytes of both), `{cas}`, `{connection}` (the server's number of it) and `{footprint}` (bytes
of the item) stand for what changes from one item to the next. Times and numbers of log lines are left out. Keys are
percent-encoded in log lines and not in answers.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

FOLDER = Path(__file__).parent / "recordings"

KINDS = {"item_get": "fetchers", "item_store": "mutations", "deleted": "deletions"}
"""What a watch asks for to be told each type of line."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One operation: what was answered and logged, and by how much which counters rose."""

    answer: str
    log: tuple[str, ...] = ()
    counters: dict[str, int] = field(default_factory=dict)

    def kinds(self) -> tuple[str, ...]:
        """What each log line is told to, in their order."""
        return tuple(KINDS[line.split()[0].removeprefix("type=")] for line in self.log)


@dataclass(frozen=True, slots=True)
class Recording:
    """A version: `stats` and `settings` are their lines, just after the start, without END.

    `overhead` is an item's footprint in bytes without its key and value; `kinds` is what can be watched of KINDS.
    """

    version: str
    stats: tuple[str, ...]
    settings: tuple[str, ...]
    kinds: tuple[str, ...]
    overhead: int
    exchanges: dict[str, Exchange]

    def write(self) -> str:
        """The text of its file."""
        return json.dumps(asdict(self), indent=1) + "\n"


def read(text: str) -> Recording:
    """Read the text of a file."""
    document = json.loads(text)
    exchanges = {
        name: Exchange(row["answer"], tuple(row["log"]), row["counters"]) for name, row in document["exchanges"].items()
    }
    return Recording(
        document["version"],
        tuple(document["stats"]),
        tuple(document["settings"]),
        tuple(document["kinds"]),
        document["overhead"],
        exchanges,
    )


def recordings() -> dict[str, Recording]:
    """Every recording by its version, oldest first."""
    every = [read(path.read_text()) for path in FOLDER.glob("*.json")]
    every.sort(key=lambda recording: tuple(map(int, recording.version.split("."))))
    return {recording.version: recording for recording in every}


def percent(key: bytes) -> str:
    """A key as servers write it into log lines."""
    return quote(key, safe="-._~")
