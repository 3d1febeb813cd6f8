"""Standings, as rows."""

from __future__ import annotations

import pytest

from mctop.store.keys.hot_keys import HotList
from mctop.ui.renderables.table import Listing, Sort, fit, listed
from mctop.ui.screens.keys.screen import columns, rows
from mctop.ui.screens.shared.key_standings import KeyQuery, Move, moved, standings
from tests.ui.samples import NOON
from tests.ui.screens.keys.slices import DEPLOY, HOSTILE, HOT, SESSIONS, story


def cells(key: str, *, grouped: bool = False) -> dict[str, str]:
    standing = standings(story(), HotList.HIT, KeyQuery(grouped=grouped, mark=DEPLOY))
    found = {row.key: row for row in rows(standing, NOON, grouped=grouped)}
    return {
        column.id: cell.text for column, cell in zip(columns("key", grouped=grouped), found[key].cells, strict=True)
    }


def sorted_by(sort: Sort | None, *, grouped: bool = False) -> list[str]:
    """The keys of the rows in the order that a person chose."""
    found = rows(standings(story(), HotList.HIT, KeyQuery(grouped=grouped, mark=DEPLOY)), NOON,
                 grouped=grouped)  # fmt: skip
    return [row.key for row in listed(found, columns("key", grouped=grouped), Listing(sort))]


def test_a_key_says_how_popular_it_is_as_it_is_and_relative() -> None:
    assert cells(f"key {HOT}") == {
        "rank": "1", "key": HOT, "popularity": "6,000", "share": "15.7 %", "relative": "████████", "moved": "new",
        "mark": "new", "first": "12:08:44Z", "trend": cells(f"key {HOT}")["trend"],
    }  # fmt: skip


def test_a_pattern_says_how_many_keys_it_stands_for() -> None:
    found = cells("pattern session:{hex}", grouped=True)
    assert (found["keys"], found["key"], found["first"]) == ("3", "session:{hex}", "from start")


def test_foreign_text_is_cleaned_and_its_identity_is_not() -> None:
    assert cells(f"key {HOSTILE}")["key"] == "~evil^[[31m[red]\\u202ekey"


@pytest.mark.parametrize(
    ("move", "text"), [(None, "–"), (Move(None), "new"), (Move(0), "="), (Move(3), "▲ 3"), (Move(-2), "▼ 2")]
)
def test_moves_are_told_by_sign_and_number(move: Move | None, text: str) -> None:
    assert moved(move).text == text


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("column", [column.id for column in columns("key", grouped=True)])
def test_every_column_sorts_both_ways_and_loses_nothing(column: str, grouped: bool) -> None:
    up, down = sorted_by(Sort(column), grouped=grouped), sorted_by(Sort(column, descending=True), grouped=grouped)
    assert set(up) == set(down) == set(sorted_by(None, grouped=grouped))


def test_what_is_new_climbed_most_and_numbers_are_sorted_as_numbers() -> None:
    assert sorted_by(Sort("moved", descending=True))[0] == f"key {HOT}"
    assert sorted_by(Sort("first"))[0] == f"key {HOT}"
    assert sorted_by(Sort("popularity"))[0] == f"key {HOSTILE}"
    assert sorted_by(Sort("trend"))[0] == f"key {SESSIONS[0]}"
    assert sorted_by(Sort("keys", descending=True), grouped=True)[-1] == f"key {HOSTILE}"


@pytest.mark.parametrize(
    ("width", "kept"), [(38, {"key", "popularity"}), (57, {"key", "popularity", "moved", "trend"})]
)
def test_the_key_and_its_popularity_are_the_last_to_go(width: int, kept: set[str]) -> None:
    assert kept <= {place.column.id for place in fit(columns("key", grouped=False), width)}
