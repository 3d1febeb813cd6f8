"""Answers about one key, ten seconds apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import KeyStats
from mctop.api.models.value import Rows
from mctop.store.keys.key_stats import KeyReport, reported
from mctop.store.log.tail import Entry, LogTail
from tests.ui.samples import NOON, SERVERS

if TYPE_CHECKING:
    from mctop.store.store import Store


def report(key: str, answers: int = 5, rows: int = 1) -> KeyReport:
    """What is known after so many answers of so many rows."""
    held = None
    for index in range(answers):
        time = NOON - 10 * (answers - 1 - index)
        row = KeyStats(time=time, name=key, size=3_412, hit_count=91_442 + 170 * index, miss_count=5_448 + 30 * index,
                       mutation_count=77 + index, in_cache=True)  # fmt: skip
        held = reported(held, key, Rows(items=(row,) * rows), time)
    return held or KeyReport(key)


def log(key: str) -> LogTail:
    """Some lines, every third of them about the key."""
    rows = []
    for serial in range(30):
        time, own = NOON - 30 + serial, serial % 3 == 0
        status = "HIT" if serial % 2 else "MISS"
        rows.append(Entry(serial, time, SERVERS[serial % 3], time, key if own else "other", "GET", status, 3_412))
    return LogTail(tuple(rows))


def fill(store: Store, key: str) -> None:
    """Answer the look at a key."""
    store.key.value.set(report(key))
    store.log.value.set(log(key))
