"""The list of everything that can be drawn: groups, their stats with what they read, and whose stats they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.screens.charts.choice import Choice, Of
from mctop.ui.screens.charts.drawings import servers
from mctop.ui.screens.charts.groups import GROUPS, STATS, Group, Stat
from mctop.ui.screens.charts.points import points
from mctop.ui.screens.charts.serverlines import short_names
from mctop.ui.text import Clean

if TYPE_CHECKING:
    from mctop.ui.renderables.table import Tone
    from mctop.ui.screens.charts.picture import Picture

PICKER_COLUMNS = (
    Column("series", "series", 18, 22),
    Column("name", "name", 16, priority=1),
    Column("value", "value", 8, align="right"),
)
GROUP, SERVER, CACHE, EACH = "group:", "server:", "of:cache", "of:each"
"""What the keys of rows begin with, or are; the key of a stat is its name."""
ON, OFF, CHOSEN, OTHER = "✓", "·", "●", "○"


def picker_rows(picture: Picture) -> tuple[Row, ...]:
    """The list, in the order of the charts; a row's key says what it switches."""
    choice = picture.choice
    listed: list[Row] = []
    for group in GROUPS:
        count = sum(stat.id in choice.on for stat in group.stats)
        listed.append(_row(GROUP + group.id, group.title, f"{count}/{len(group.stats)}", "accent" if count else ""))
        listed += (_stat(picture, stat) for stat in group.stats)
    listed.append(_row(CACHE, f"{CHOSEN if choice.of is Of.CACHE else OTHER} the cache", "", ""))
    known = servers(picture)
    if known:
        listed.append(_row(EACH, f"{CHOSEN if choice.of is Of.EACH else OTHER} each server", str(len(known)), ""))
    names = short_names(known)
    for server in known:
        listed.append(_row(SERVER + server, f"{CHOSEN if choice.server == server else OTHER} {names[server]}", "", ""))
    return tuple(listed)


def switched(choice: Choice, key: str) -> Choice:
    """What is drawn once the row of this key has been switched."""
    if key == CACHE:
        return choice.of_cache()
    if key == EACH:
        return choice.of_each()
    if key.startswith(SERVER):
        return choice.of_server(key.removeprefix(SERVER))
    group = _group(key)
    return choice.switched_group(group) if group else choice.switched(key)


def only(choice: Choice, key: str) -> Choice:
    """What is drawn once the row of this key has been chosen alone."""
    if key in STATS:
        return choice.only(frozenset({key}))
    group = _group(key)
    return choice.only_group(group) if group else switched(choice, key)


def _group(key: str) -> Group | None:
    return next((group for group in GROUPS if key == GROUP + group.id), None)


def _stat(picture: Picture, stat: Stat) -> Row:
    on = stat.id in picture.choice.on
    text = f"  {ON if on else OFF} {stat.label}"
    return _row(stat.id, text, _value(picture, stat) if on else "", "" if on else "muted", stat.id)


def _value(picture: Picture, stat: Stat) -> str:
    """What the stat reads at the cursor, or else at last; nothing where there is a value for each server."""
    if picture.choice.of is Of.EACH:
        return ""
    found = points(picture, stat.id, picture.choice.server)
    if found is None:
        return STATS[stat.id].unit.text(None)
    return stat.unit.text(found.at(picture.window.cursor) if picture.window.cursor is not None else found.values[-1])


def _row(key: str, text: str, value: str, tone: Tone, name: str = "") -> Row:
    return Row(key, (Cell(Clean(text), tone), Cell(Clean(name), "muted"), Cell(Clean(value), tone)))
