"""The tables of a key's page: its log lines, its ranks over time, what it belongs to, and its stats."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mctop.store.keys.hot_keys import KEY_LISTS, HotList
from mctop.store.log.tail import Entry
from mctop.ui.renderables.table import Cell, Column, Row, name_cell
from mctop.ui.screens.shared.key_standings import (
    FROM_START,
    KeyOrPattern,
    KeyQuery,
    KeyStanding,
    moved,
    past,
    row_key,
    standings,
)
from mctop.ui.words.format import NOTHING, duration, percent, popularity, size, time_of_day
from mctop.ui.words.hit_rate_band import band
from mctop.ui.words.request_words import GETS
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.introspection import KeyStats
    from mctop.store.keys.hot_keys import HotItem, HotKeys
    from mctop.store.keys.key_stats import Counts, KeyReport
    from mctop.store.log.tail import LogTail
    from mctop.ui.words.badge import Tone
    from mctop.ui.words.request_words import ListWords, RequestWords


LINE_COLUMNS = (
    Column("time", "time", 9),
    Column("command", "command", 8, 12),
    Column("status", "status", 8, 12),
    Column("size", "size", 8, align="right", priority=1),
    Column("server", "server", 14, 48, priority=2),
)
MOST = 200
"""Lines that are listed: all are built anew with each answer, and the Log, filtered by the key, has the others."""


def lines_of(tail: LogTail, key: str) -> tuple[Entry, ...]:
    """The newest lines about a key, newest first."""
    about = (row for row in reversed(tail.rows) if isinstance(row, Entry) and row.key == key)
    return tuple(islice(about, MOST))


def line_rows(lines: tuple[Entry, ...]) -> tuple[Row, ...]:
    """One row a line, named by its serial."""
    return tuple(map(_line_row, lines))


def _line_row(entry: Entry) -> Row:
    return Row(
        f"{entry.serial}",
        (
            Cell(Clean(time_of_day(entry.time)), "muted", entry.time),
            Cell(clean(entry.command, 24)),
            Cell(clean(entry.status, 24)),
            Cell(Clean(size(entry.size)), "", entry.size),
            Cell(clean(entry.server, 80), "muted"),
        ),
    )


TREND, SHORT_TREND = 24, 12
"""Columns of a trend where the table is about trends, and where it is about ranks."""
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
    Column("past", "over time", SHORT_TREND, priority=5),
)


def rank_rows(hot_keys: HotKeys, key: str, query: KeyQuery, words: RequestWords = GETS) -> tuple[Row, ...]:
    """One row a list, whether or not the key is in it; none if it never was in any."""
    items = {kind: hot_keys.items.get(kind, {}).get(key) for kind in KEY_LISTS}
    if not any(items.values()):
        return ()
    return tuple(_rank(hot_keys, (words.of(kind), kind), item, query) for kind, item in items.items())


def kin(hot_keys: HotKeys, key: str, query: KeyQuery) -> tuple[tuple[HotList, KeyStanding], ...]:
    """The pattern of a key in each list that has it, and the popular prefixes that it starts with, longest first."""
    pattern = KeyOrPattern(True, hot_keys.patterns.of(key).text)
    grouped = KeyQuery(True, None, query.at, query.mark)
    patterns = tuple(
        (kind, standing)
        for kind in KEY_LISTS
        for standing in standings(hot_keys, kind, grouped)
        if standing.named == pattern
    )
    popular = standings(hot_keys, HotList.PREFIXES, query)
    prefixes = [standing for standing in popular if key.startswith(standing.named.text)]
    prefixes.sort(key=lambda standing: -len(standing.named.text))
    return (*patterns, *((HotList.PREFIXES, standing) for standing in prefixes))


def kin_rows(listed: tuple[tuple[HotList, KeyStanding], ...], words: RequestWords = GETS) -> tuple[Row, ...]:
    """One row for each thing and list."""
    return tuple(_kin(kind, standing, words) for kind, standing in listed)


def kin_key(kind: HotList, standing: KeyStanding) -> str:
    """The identity of a row."""
    return f"{kind.value} {row_key(standing.named)}"


def _rank(hot_keys: HotKeys, listed: tuple[ListWords, HotList], item: HotItem | None, query: KeyQuery) -> Row:
    words, kind = listed
    name, nothing = Cell(Clean(words.brief)), Cell(Clean(NOTHING), "muted")
    if item is None:
        return Row(kind.value, (name, nothing))
    now = next((each for each in standings(hot_keys, kind, query) if each.named.text == item.name), None)
    best = min(sighting.rank for sighting in item.sightings)
    first = FROM_START if item.first_seen == hot_keys.since else time_of_day(item.first_seen)
    sightings = [item.at(time) for time in hot_keys.times]
    pasts = ([each and each.popularity for each in sightings], [each and -float(each.rank) for each in sightings])
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
            *(past(values, TREND) for values in pasts),
        ),
    )


def _kin(kind: HotList, standing: KeyStanding, words: RequestWords) -> Row:
    keys = Cell(Clean(f"{standing.keys}"), "", standing.keys) if standing.named.pattern else Cell(Clean(""))
    return Row(
        kin_key(kind, standing),
        (
            name_cell(standing.named.text, "accent" if standing.named.pattern else ""),
            Cell(Clean("pattern" if standing.named.pattern else "prefix"), "muted"),
            keys,
            Cell(Clean(words.of(kind).brief), "muted"),
            Cell(Clean(f"{standing.rank}"), "", standing.rank),
            Cell(Clean(percent(100 * standing.share)), "", 100 * standing.share),
            moved(standing.moved),
            past(standing.trend, SHORT_TREND),
        ),
    )


GROWTH = "growth"


def stat_columns(words: RequestWords) -> tuple[Column, ...]:
    """The columns of the key's stats, with the words for what is counted."""
    return (
        Column("time", "as of", 12, 16),
        Column("hits", words.hits, 12, align="right"),
        Column("misses", words.misses, 12, align="right"),
        Column("hit_rate", words.hit_rate, 8, align="right", priority=1),
        Column("mutations", "mutations", 12, align="right", priority=2),
        Column("size", "size", 8, align="right", priority=4),
        Column("in_cache", "in cache", 8, priority=3),
    )


def stat_rows(report: KeyReport, words: RequestWords = GETS) -> tuple[Row, ...]:
    """What the counts grew by since the page was opened, then every row of the newest answer."""
    grown = report.grown
    rows = [_growth(grown, words)] if grown is not None and report.rows else []
    return (*rows, *(_stat_row(index, row, words) for index, row in enumerate(report.rows)))


def _growth(grown: Counts, words: RequestWords) -> Row:
    hits, misses, mutations = (
        _number(many, f"+{many:,}" if many else "0", "accent") for many in (grown.hits, grown.misses, grown.mutations)
    )
    what = Cell(Clean(f"+ in {duration(grown.time)}"), "accent")
    nothing = Cell(Clean(""))
    return Row(GROWTH, (what, hits, misses, _hit_rate(grown.hits, grown.misses, words), mutations, nothing, nothing))


def _stat_row(index: int, row: KeyStats, words: RequestWords) -> Row:
    counts = (row.hit_count, row.miss_count)
    hits, misses, mutations = (_number(many, f"{many or 0:,}") for many in (*counts, row.mutation_count))
    in_cache = {
        True: Cell(Clean("● yes"), "good"),
        False: Cell(Clean("○ no"), "fair"),
        None: Cell(Clean(NOTHING), "muted"),
    }
    return Row(
        f"{index}",
        (
            Cell(Clean(time_of_day(row.time)), "muted", row.time),
            hits,
            misses,
            _hit_rate(*counts, words),
            mutations,
            Cell(Clean(size(row.size)), "", row.size),
            in_cache[row.in_cache],
        ),
    )


def _number(many: int | None, text: str, tone: Tone = "") -> Cell:
    """A count, or that it is unknown."""
    return Cell(Clean(NOTHING), "muted") if many is None else Cell(Clean(text), tone, many)


def _hit_rate(hits: int | None, misses: int | None, words: RequestWords) -> Cell:
    """The share of requests that found the key, judged only where they were gets."""
    every = None if hits is None or misses is None else hits + misses
    rate = 100 * hits / every if hits is not None and every else None
    if not words.judged:
        return Cell(Clean(percent(rate)), "" if rate is not None else "muted", rate)
    state = band(rate)
    return Cell(Clean(f"{state.glyph} {percent(rate)}" if state else NOTHING), state.tone if state else "muted", rate)
