"""The help: what works here, from the list of commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, chop_cells
from textual.binding import Binding, BindingType

from mctop.store.counters.hit_rate_bands import FAIR_FROM, GOOD_FROM
from mctop.ui.modals.dialog import Dialog
from mctop.ui.registry.commands import Where
from mctop.ui.terminal import keys_on
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import FAIR, FROZEN, GOOD, LIVE, OFFLINE, POOR, STALE
from mctop.ui.words.runs import Run
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

    from mctop.ui.registry.commands import Command

Line = tuple[Run, ...]
KEYS = 10
"""Columns for the keys."""
WIDE = 70
"""Columns of a path, at most."""
LONGEST = 400
"""Characters of it, at most."""
STATES = (
    (LIVE, "the newest sample came when it should"),
    (STALE, "older than it should be; the next try is counted down"),
    (FROZEN, "you hold the picture still; collection goes on"),
    (OFFLINE, "the API cannot be reached, or has told nothing yet"),
)
BANDS = (
    (GOOD, f"hit rate from {GOOD_FROM} %"),
    (FAIR, f"from {FAIR_FROM} %"),
    (POOR, f"below {FAIR_FROM} %"),
)


class Text(Lines):
    """Lines that are what they are."""

    DEFAULT_CSS = """
    Text { width: auto; height: auto; padding-right: 1; }
    """

    def __init__(self, text: tuple[Line, ...]) -> None:
        super().__init__()
        self._text = text

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The text."""
        return self._text

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the longest line."""
        return max(sum(cell_len(run.text) for run in line) for line in self._text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there are lines."""
        return len(self._text)


class Help(Dialog[None]):
    """Keys, and how to read the states."""

    HINT = "↓ ↑ scroll · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "dismiss(None)", "Close", show=False, id="help.close"),
    ]

    def __init__(self, commands: tuple[Command, ...], audit: str = "") -> None:
        super().__init__("What works here")
        self._commands = commands
        self._audit = audit

    def compose_body(self) -> ComposeResult:
        """The text."""
        commands = (replace(command, shown=keys_on(self.app, command.shown)) for command in self._commands)
        yield Text(help_lines(tuple(commands), self._audit))


def help_lines(commands: tuple[Command, ...], audit: str = "") -> tuple[Line, ...]:
    """Commands by where they work, then the states, and the path of the file that every change is recorded in."""
    lines: list[Line] = []
    wide = max((KEYS, *(len(command.shown) for command in commands)))
    for where in Where:
        here = [command for command in commands if command.where is where]
        if here:
            lines += [(), (Run(where.value, "heading"),)] if lines else [(Run(where.value, "heading"),)]
        lines += [(Run(f"{c.shown:<{wide}} ", "accent"), Run(c.purpose)) for c in here]
    for title, states in (("How honest the picture is", STATES), ("Hit rate", BANDS)):
        lines += [(), (Run(title, "heading"),)]
        lines += [(Run(f"{state.text:<{wide}} ", state.tone), Run(meaning)) for state, meaning in states]
    if audit:
        path = chop_cells(clean(audit, LONGEST), WIDE)
        lines += [(), (Run("Every change is recorded in", "heading"),), *((Run(part),) for part in path)]
    return tuple(lines)
