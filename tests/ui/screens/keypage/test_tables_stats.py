"""The stats of one key, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import KeyStats
from mctop.store.keys.key_stats import KeyReport
from mctop.ui.screens.keypage.tables import stat_columns, stat_rows
from mctop.ui.words.request_words import GETS
from tests.ui.samples import NOON
from tests.ui.screens.keypage.answers import report

if TYPE_CHECKING:
    from mctop.ui.renderables.table import Row


def cells(row: Row) -> dict[str, str]:
    return {column.id: cell.text for column, cell in zip(stat_columns(GETS), row.cells, strict=True)}


def test_every_row_is_listed_as_the_api_tells_it() -> None:
    (row,) = stat_rows(report("k", answers=1))
    assert cells(row) == {
        "time": "12:11:07Z", "hits": "91,442", "misses": "5,448", "hit_rate": "✓ 94.4 %", "mutations": "77",
        "size": "3.33 KiB", "in_cache": "● yes",
    }  # fmt: skip
    assert len(stat_rows(report("k", answers=1, rows=3))) == 3


def test_what_the_counts_grew_by_comes_first() -> None:
    first, _ = stat_rows(report("k"))
    found = cells(first)
    assert (found["time"], found["hits"], found["misses"], found["mutations"]) == ("+ in 40s", "+680", "+120", "+4")
    assert found["hit_rate"] == "✓ 85.0 %"


def test_no_traffic_has_no_hit_rate_and_what_is_not_told_is_not_known() -> None:
    (row,) = stat_rows(KeyReport("k", (KeyStats(time=NOON, name="k"),)))
    assert (cells(row)["hit_rate"], cells(row)["in_cache"]) == ("–", "–")
    (gone,) = stat_rows(KeyReport("k", (KeyStats(time=NOON, name="k", in_cache=False),)))
    assert cells(gone)["in_cache"] == "○ no"


def test_a_key_that_was_never_counted_has_no_rows() -> None:
    assert stat_rows(report("k", rows=0)) == ()
