"""Where one key stands, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.keys.hot_keys import HotKeys, HotList
from mctop.ui.screens.keypage.tables import KIN_COLUMNS, RANK_COLUMNS, kin, kin_rows, line_rows, lines_of, rank_rows
from mctop.ui.screens.shared.key_standings import KeyQuery
from tests.ui.screens.keypage.answers import log
from tests.ui.screens.keys.slices import DEPLOY, DISCOVERED, EVERY, FIRST, HOT, SLICES, story

if TYPE_CHECKING:
    from mctop.ui.renderables.table import Column, Row

FEED = "feed:1042:page:2"


def cells(columns: tuple[Column, ...], row: Row) -> dict[str, str]:
    return {column.id: cell.text for column, cell in zip(columns, row.cells, strict=False)}


def test_a_key_is_told_of_in_every_list() -> None:
    rows = rank_rows(story(), FEED, KeyQuery(mark=DEPLOY))
    hit, missed, mutated = (cells(RANK_COLUMNS, row) for row in rows)
    assert (hit["list"], hit["rank"], hit["best"], hit["moved"]) == ("most hit", "11", "10", "▼ 1")
    assert (missed["list"], missed["rank"], missed["popularity"]) == ("most missed", "1", "600")
    assert (mutated["list"], mutated["rank"]) == ("most mutated", "–")


def test_a_key_that_left_a_list_says_when_it_was_last_seen() -> None:
    choice = KeyQuery(at=FIRST + EVERY * (SLICES - 2))
    left = cells(RANK_COLUMNS, rank_rows(story(), "cart:50019", choice)[2])
    assert (left["rank"], left["popularity"], left["best"]) == ("–", "–", "20")
    assert left["last"] == "12:11:04Z"


def test_ranks_over_time_rise_as_the_rank_falls() -> None:
    hot = cells(RANK_COLUMNS, rank_rows(story(), HOT, KeyQuery())[0])
    assert hot["ranks"].strip()[0] == hot["past"].strip()[0] == "▁"
    assert hot["ranks"][-1] == hot["past"][-1] == "█"
    assert len(hot["past"].strip()) == round(24 * (SLICES - DISCOVERED) / SLICES)


def test_a_key_that_was_never_popular_is_in_no_list() -> None:
    assert rank_rows(story(), "never", KeyQuery()) == ()
    assert kin(HotKeys(), "never", KeyQuery()) == ()


def test_a_key_belongs_to_its_pattern_and_to_popular_prefixes() -> None:
    found = kin(story(), FEED, KeyQuery())
    assert [(kind, one.named.text) for kind, one in found] == [
        (HotList.HIT, "feed:{n}:page:{n}"), (HotList.MISSED, "feed:{n}:page:{n}"), (HotList.PREFIXES, "feed:"),
    ]  # fmt: skip
    first = cells(KIN_COLUMNS, kin_rows(found)[0])
    assert (first["name"], first["kind"], first["keys"], first["list"]) == (
        "feed:{n}:page:{n}", "pattern", "2", "most hit",
    )  # fmt: skip


def test_only_lines_about_the_key_are_listed_newest_first() -> None:
    rows = line_rows(lines_of(log("k"), "k"))
    assert [row.key for row in rows] == [str(serial) for serial in range(27, -1, -3)]
    assert lines_of(log("k"), "K") == ()
