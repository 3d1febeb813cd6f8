"""The last line: the keys that work here, and what to do about what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import var

from mctop.ui.terminal import keys_on
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import REFUSED
from mctop.ui.words.runs import Line, Run, fitted, longest

if TYPE_CHECKING:
    from textual import events

    from mctop.ui.words.freshness_text import Explanation


SPACE = 2
"""Columns between two keys."""


class Key(NamedTuple):
    """A key as a person reads it, what it does here, and its name; `last` keys stay when others have no room.

    A key that is `off` only says why it does nothing.
    """

    shown: str
    name: str
    key: str
    last: bool = False
    off: bool = False

    @property
    def width(self) -> int:
        """Columns it takes."""
        return cell_len(self.shown) + 1 + cell_len(self.name)


class KeyLine(Lines):
    """One line of keys; a problem takes the left of it, and the keys that stay go to the right.

    The words of whoever has the problem are said where there is room for all of them.
    """

    DEFAULT_CSS = """
    KeyLine { height: 1; background: $panel; padding: 0 1; }
    """

    keys: var[tuple[Key, ...]] = var(())
    problem: var[Explanation | None] = var(None)

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        key: str

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The one line."""
        if self.problem is None:
            return (_keys(fitting(self._named, width)),)
        lasting = tuple(key for key in self._named if key.last)
        right = _keys(fitting(lasting, width // 3))
        room = width - sum(cell_len(run.text) for run in right) - SPACE
        what, words = f"{REFUSED.glyph} {self.problem.what}", f" ({self.problem.words})" if self.problem.words else ""
        what += longest(room - cell_len(what + self.problem.todo) - len(" · "), (words, ""))
        room -= cell_len(what)
        _, dot, last = self.problem.todo.rpartition(" · ")
        todo = fitted(longest(room, (f" · {self.problem.todo}", f"{dot}{last}")), room)
        return ((Run(what, REFUSED.tone), Run(todo), Run(" " * SPACE), *right),)

    @property
    def _named(self) -> tuple[Key, ...]:
        """The keys as this terminal can show them."""
        return tuple(key._replace(shown=keys_on(self.app, key.shown)) for key in self.keys)

    def watch_keys(self) -> None:
        """Show the keys that work now."""
        self.redraw()

    def watch_problem(self) -> None:
        """Say what goes wrong, or that it no longer does."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer does."""
        x = event.x - self.styles.padding.left
        for key in fitting(self._named, self.size.width) if self.problem is None else ():
            if 0 <= x < key.width:
                self.post_message(self.Pressed(key.key))
            x -= key.width + SPACE


def fitting(keys: tuple[Key, ...], width: int) -> tuple[Key, ...]:
    """The keys that have room: of those that must go, the rightmost first, and the `last` ones after all others."""
    shown = list(keys)
    while shown and sum(key.width + SPACE for key in shown) - SPACE > width:
        index = next((i for i in reversed(range(len(shown))) if not shown[i].last), 0)
        del shown[index]
    return tuple(shown)


def _keys(keys: tuple[Key, ...]) -> Line:
    runs: list[Run] = []
    for key in keys:
        shown = Run(key.shown, "muted" if key.off else "accent")
        runs += [Run(" " * SPACE if runs else ""), shown, Run(f" {key.name}", "muted")]
    return tuple(runs)
