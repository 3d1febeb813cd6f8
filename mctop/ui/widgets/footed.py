"""What has a table in it, and at its foot the line in which a filter for the table is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.ui.widgets.filterline import FilterLine
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from mctop.ui.widgets.grid import Grid


class Footed(Lines):
    """Shows the line as long as there is a filter, or one is typed."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._filtered: Grid | None = None

    def on_grid_filtering(self, message: Grid.Filtering) -> None:
        """Let a filter be typed at the foot."""
        self._foot(message.grid).focus()

    def on_grid_relisted(self, message: Grid.Relisted) -> None:
        """Say at the foot what the filter leaves, while there is one."""
        grid, lines = message.grid, self.query_children(FilterLine)
        if grid.listing.filter:
            self._foot(grid).left = f"{len(grid.shown)} of {len(grid.rows)}"
        elif lines and not lines.first().has_focus:
            lines.remove()

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        """Show the rows that pass what is typed so far."""
        if self._filtered is not None:
            self._filtered.listing = replace(self._filtered.listing, filter=message.text)

    def on_filter_line_moved(self, message: FilterLine.Moved) -> None:
        """Move in the table while typing."""
        if self._filtered is not None:
            self._filtered.action_move(message.rows)

    def on_filter_line_done(self) -> None:
        """Go back to the table; a line with nothing in it goes."""
        self.screen.set_focus(self._filtered, scroll_visible=False)
        lines = self.query_children(FilterLine)
        if lines and not lines.first().text:
            lines.remove()

    def _foot(self, grid: Grid) -> FilterLine:
        """The line at the foot, with the filter in it."""
        self._filtered, known = grid, self.query_children(FilterLine)
        line = known.first() if known else FilterLine()
        line.text = grid.listing.filter
        if not known:
            self.mount(line)
        return line
