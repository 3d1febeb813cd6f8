"""The proof in short, on the newest version: `python -m tests.memcached` does it on all, with a larger load."""

from __future__ import annotations

import pytest

from tests.memcached.__main__ import other, replayed
from tests.memcached.proof import prove
from tests.memcached.recording import recordings
from tests.memcached.yrmcds import YRMCDS

UNTRUE = (
    "most hit · counter:1",
    "most hit · touched:1",
    "most hit · meta:1",
    "most missed · gone:1",
    "most missed · deleted:1",
    "most mutated · cas:3",
    "most mutated · counter:1",
    "most mutated · added:1",
    "most mutated · meta:1",
    "key · cas:3 · mutations",
    "key · counter:1 · hits",
    "key · counter:1 · mutations",
    "key · gone:1 · misses",
    "key · touched:1 · hits",
    "key · deleted:1 · misses",
    "key · added:1 · mutations",
    "key · meta:1 · hits",
    "key · meta:1 · mutations",
    "stats · curr_connections",
)
"""What mctop says that is not true. Nothing may be added; what is mended is taken out."""


def test_nothing_but_what_is_listed_is_told_wrongly() -> None:
    newest = recordings()["1.6.45"]
    with replayed(newest, text_only=False) as subject:
        table = prove(subject, scale=0.1)
    wrong = {row.item: row.said for row in table.wrong()}
    assert wrong.keys() <= set(UNTRUE), wrong
    assert len(table.rows) > 200


@pytest.mark.skipif(YRMCDS is None, reason="yrmcds is not installed")
def test_of_yrmcds_it_is_only_said_that_it_cannot_be_watched() -> None:
    with other() as subject:
        table = prove(subject, scale=0.05)
    assert [(row.item, row.said) for row in table.wrong()] == [
        ("the server is watched", "503 its stats name no process"),
    ]
