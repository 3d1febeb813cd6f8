"""The rows of the log, drawn as they come into view, and the lines above and below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var
from textual.widget import Widget

from mctop.store.logtail import Entry
from mctop.ui.copying import Copy
from mctop.ui.screens.log.lines import Names, plain_line, row_line, titles
from mctop.ui.screens.log.listing import Listing
from mctop.ui.screens.log.prompt import Prompt
from mctop.ui.text import clean
from mctop.ui.widgets.said import Said
from mctop.ui.widgets.tail import Tail

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.ui.renderables.runs import Run
    from mctop.ui.screens.log.listing import Shown


class LogRows(Tail):
    """The rows of a listing, their servers called by `names`."""

    shown: var[Listing] = var(Listing())
    names: var[Names] = var(Names())

    def __init__(self) -> None:
        super().__init__()
        self._copied: int | None = None

    def header(self, width: int) -> tuple[Run, ...]:
        """The titles."""
        return titles(width, self.names, gutter=self.shown.passing is not None)

    def row(self, index: int, width: int) -> tuple[Run, ...]:
        """One row."""
        passes = None if self.shown.passing is None else self.shown.passes(index)
        return row_line(self.shown.rows[index], width, self.names, passes)

    def watch_shown(self, shown: Listing) -> None:
        """Show other rows, or the same told apart in another way."""
        self.rows = shown.rows
        self.redraw()

    def watch_names(self) -> None:
        """Show other names."""
        self.redraw()

    def held(self) -> Shown | None:
        """The row with the cursor, None while the end is followed."""
        return None if self.reading.follows or not self.rows else self.shown.rows[self.reading.index(self.rows)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only of a line that has a key there is more to see."""
        held = self.held()
        return (
            isinstance(held, Entry) and bool(held.key) if action == "open" else super().check_action(action, parameters)
        )

    def action_copy(self) -> None:
        """Copy the key of the line with the cursor; if that was copied last, the line."""
        held = self.held()
        if held is None:
            return
        line = plain_line(held, self.names)
        if isinstance(held, Entry) and held.key and self._copied != held.serial:
            self._copied = held.serial
            self.post_message(Copy(clean(held.key), "the key", "the line"))
        else:
            self._copied = None
            self.post_message(Copy(line, "the line"))

    def go_to_match(self, step: int) -> None:
        """Go to the next row that passes the filters, or the one before."""
        index = self.reading.index(self.rows)
        found = self.shown.match(index, step)
        if found is not None:
            self.read(self.reading.moved(self.rows, self.page, found - index))


class LogBody(Widget):
    """What is shown, the rows, their rates, and the line that is typed into."""

    DEFAULT_CSS = """
    LogBody { layout: vertical; }
    LogBody > Prompt { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.what, self.rows, self.rates, self.prompt = Said(), LogRows(), Said(), Prompt()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.what
        yield self.rows
        yield self.rates
        yield self.prompt
