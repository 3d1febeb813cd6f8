"""The tables of where a key stands: in each list over time, and what it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.hotkeys import KEY_LISTS, HotList
from mctop.ui.format import NOTHING, percent, time_of_day
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.screens.keys.rows import FROM_START, key_of, moved, past
from mctop.ui.screens.keys.standings import Choice, Named, Standing, standings
from mctop.ui.words.popularity import popularity
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.hotkeys import HotItem, HotKeys
    from mctop.ui.renderables.glyphs import Glyphs

TREND = 24
NAMES = {HotList.HIT: "most hit", HotList.MISSED: "most missed", HotList.MUTATED: "most mutated"}
RANK_COLUMNS = (
    Column("list", "list", 12),
    Column("rank", "rank", 4, align="right"),
    Column("best", "best", 4, align="right", priority=5),
    Column("popularity", "popularity", 10, align="right", priority=1),
    Column("moved", "moved", 5, align="right", priority=2),
    Column("mark", "since mark", 10, align="right", priority=6),
    Column("first", "first seen", 10, align="right", priority=7),
    Column("last", "last seen", 9, align="right", priority=4),
    Column("past", "popularity over time", TREND, priority=3),
    Column("ranks", "rank over time", TREND, priority=8),
)
KIN_COLUMNS = (
    Column("name", "belongs to", 16, 60),
    Column("kind", "as a", 7),
    Column("keys", "keys", 4, align="right", priority=4),
    Column("list", "list", 12, priority=2),
    Column("rank", "rank", 4, align="right"),
    Column("share", "share", 6, align="right", priority=1),
    Column("moved", "moved", 5, align="right", priority=3),
    Column("past", "over time", 12, priority=5),
)


def rank_rows(seen: HotKeys, key: str, choice: Choice, glyphs: Glyphs) -> tuple[Row, ...]:
    """One row a list, whether or not the key is in it; none if it never was in any."""
    items = {kind: seen.items.get(kind, {}).get(key) for kind in KEY_LISTS}
    if not any(items.values()):
        return ()
    return tuple(_rank(seen, kind, item, choice, glyphs) for kind, item in items.items())


def kin(seen: HotKeys, key: str, choice: Choice) -> tuple[tuple[HotList, Standing], ...]:
    """The pattern of a key in each list that has it, and the popular prefixes that it starts with, longest first."""
    pattern = Named(True, seen.patterns.of(key).text)
    grouped = Choice(True, None, choice.at, choice.mark)
    patterns = tuple(
        (kind, one) for kind in KEY_LISTS for one in standings(seen, kind, grouped) if one.named == pattern
    )
    prefixes = [one for one in standings(seen, HotList.PREFIXES, choice) if key.startswith(one.named.text)]
    prefixes.sort(key=lambda one: -len(one.named.text))
    return (*patterns, *((HotList.PREFIXES, one) for one in prefixes))


def kin_rows(found: tuple[tuple[HotList, Standing], ...], glyphs: Glyphs) -> tuple[Row, ...]:
    """One row for each thing and list."""
    return tuple(_kin(kind, one, glyphs) for kind, one in found)


def kin_key(kind: HotList, one: Standing) -> str:
    """The identity of a row."""
    return f"{kind.value} {key_of(one.named)}"


def _rank(seen: HotKeys, kind: HotList, item: HotItem | None, choice: Choice, glyphs: Glyphs) -> Row:
    name, nothing = Cell(Clean(NAMES[kind])), Cell(Clean(NOTHING), "muted")
    if item is None:
        return Row(kind.value, (name, nothing))
    now = next((one for one in standings(seen, kind, choice) if one.named.text == item.name), None)
    best = min(one.rank for one in item.sightings)
    first = FROM_START if item.first_seen == seen.since else time_of_day(item.first_seen)
    found = [item.at(time) for time in seen.times]
    pasts = ([one and one.popularity for one in found], [one and -float(one.rank) for one in found])
    return Row(
        kind.value,
        (
            name,
            Cell(Clean(f"{now.rank}"), "accent", now.rank) if now else nothing,
            Cell(Clean(f"{best}"), "", best),
            Cell(Clean(popularity(now.popularity)), "", now.popularity) if now else nothing,
            moved(now.moved if now else None),
            moved(now.moved_since_mark if now else None),
            Cell(Clean(first), "muted"),
            Cell(Clean(time_of_day(item.last.time)), "muted", item.last.time),
            *(past(values, TREND, glyphs) for values in pasts),
        ),
    )


def _kin(kind: HotList, one: Standing, glyphs: Glyphs) -> Row:
    keys = Cell(Clean(f"{one.keys}"), "", one.keys) if one.named.pattern else Cell(Clean(""))
    return Row(
        kin_key(kind, one),
        (
            Cell(clean(one.named.text, 250), "accent" if one.named.pattern else ""),
            Cell(Clean("pattern" if one.named.pattern else "prefix"), "muted"),
            keys,
            Cell(Clean(NAMES.get(kind, "popular")), "muted"),
            Cell(Clean(f"{one.rank}"), "", one.rank),
            Cell(Clean(percent(100 * one.share)), "", 100 * one.share),
            moved(one.moved),
            past(one.trend, 12, glyphs),
        ),
    )
