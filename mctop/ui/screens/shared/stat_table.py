"""Columns and cells of stats, as the table of stats has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.renderables.table import Cell, Column
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.ui.stats import NewestStats, Stat


def stat_column(stat: Stat, priority: int = 0) -> Column:
    """A column as wide as the longest value of a stat or its heading; its id is the stat's label."""
    width = max(stat.unit.width, len(stat.heading))
    return Column(stat.label.replace(" ", "_"), stat.heading, width, align="right", priority=priority)


def stat_cell(stat: Stat, newest: NewestStats) -> Cell:
    """The newest value of a stat."""
    value = newest.value(stat)
    return Cell(Clean(stat.text(value)), value=value)
