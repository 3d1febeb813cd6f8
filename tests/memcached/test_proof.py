"""The proof in short, on the newest version: `python -m tests.memcached` does it on all, with a larger load."""

from __future__ import annotations

import pytest

from tests.memcached.__main__ import other, replayed
from tests.memcached.proof import prove
from tests.memcached.recording import recordings
from tests.memcached.verdict import Verdict
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
def test_of_yrmcds_nothing_is_told_wrongly_though_it_tells_little() -> None:
    with other() as subject:
        table = prove(subject, scale=0.05)
    assert table.wrong() == []
    counted = {row.item: row.verdict for row in table.rows if row.item.startswith("stats · ")}
    right = {name for name, verdict in counted.items() if verdict is Verdict.RIGHT}
    told = {
        "cmd_get",
        "get_hits",
        "get_misses",
        "cas_hits",
        "cas_misses",
        "cas_badval",
        "curr_connections",
    }
    assert right == {f"stats · {name}" for name in told}
