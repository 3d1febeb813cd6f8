"""The proof in short, on the newest version: `python -m tests.memcached` does it on all, with a larger load."""

from __future__ import annotations

import pytest

from tests.memcached.__main__ import other, replayed
from tests.memcached.proof import prove
from tests.memcached.recording import recordings
from tests.memcached.yrmcds import YRMCDS

UNTRUE = (
    "log · incr",
    "log · incr miss",
    "log · touch",
    "log · delete miss",
    "log · gat",
    "log · ma",
    "log · set new",  # these where a lookup and what it belongs to come in two parts
    "log · set again",
    "log · add refused",
    "log · append",
    "log · cas late",
    "log · delete",
    "log · ms",
    "log · md",
    "log · lines of a key asked for rarely",
    "key · binary key 1 · in the cache",
    "key · binary key 1 · size",
    "stats · curr_connections",
)
"""What mctop says that is not true. Nothing may be added; what is mended is taken out."""


@pytest.mark.parametrize(
    ("version", "text_only", "rows"),
    [
        pytest.param("1.6.45", False, 200, id="every change is watched"),
        pytest.param("1.6.14", True, 200, id="stores are watched, and no deletes"),
        pytest.param("1.6.18", False, 200, id="only lookups are watched"),
    ],
)
def test_nothing_but_what_is_listed_is_told_wrongly(version: str, text_only: bool, rows: int) -> None:
    with replayed(recordings()[version], text_only=text_only) as subject:
        table = prove(subject, scale=0.1)
    wrong = {row.item: row.said for row in table.wrong()}
    assert wrong.keys() <= set(UNTRUE), wrong
    assert len(table.rows) > rows


@pytest.mark.skipif(YRMCDS is None, reason="yrmcds is not installed")
def test_of_yrmcds_it_is_only_said_that_it_cannot_be_watched() -> None:
    with other() as subject:
        table = prove(subject, scale=0.05)
    assert [(row.item, row.said) for row in table.wrong()] == [
        ("the server is watched", "503 its stats name no process"),
    ]
