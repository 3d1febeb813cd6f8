"""A field of a form: what it is, a line or a choice, and beside it what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from mctop.ui.badge import REFUSED
from mctop.ui.commands import Where, bindings
from mctop.ui.renderables.runs import Run, fitted
from mctop.ui.text import Clean, clean
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

NEEDED = "needed"
STEPPING = frozenset({"plus", "equals_sign", "minus"})
"""Keys that a threshold does not take for text."""


class Choice(Lines, can_focus=True):
    """One of a few values, which the arrows change; `options` are the values and what they are called."""

    DEFAULT_CSS = """
    Choice { height: 1; }
    Choice:focus { background: $foreground 8%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.CHOICE)]

    options: var[tuple[tuple[object, Clean], ...]] = var(())
    value: var[object] = var(None)

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: Choice

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The value between arrows."""
        name = next((name for value, name in self.options if value == self.value), clean(str(self.value), 40))
        arrows = "accent" if self.has_focus else "muted"
        return ((Run("← ", arrows), Run(fitted(name, min(len(name), max(1, width - 4)))), Run(" →", arrows)),)

    def watch_options(self) -> None:
        """Call the value what it is called now."""
        self.redraw()

    def watch_value(self) -> None:
        """Show another value."""
        self.redraw()

    def watch_has_focus(self, focused: bool) -> None:
        """Show whether the arrows work."""
        super().watch_has_focus(focused)
        self.redraw()

    def on_click(self) -> None:
        """Take the next value."""
        self.action_choose(1)

    def action_choose(self, step: int) -> None:
        """Take the next value, or the one before."""
        values = [value for value, _ in self.options]
        if values:
            index = values.index(self.value) if self.value in values else -step
            self.value = values[(index + step) % len(values)]
            self.post_message(self.Changed(self))


class TextLine(Input):
    """A line of text, in which nothing hidden can be, and nothing blinks."""

    def __init__(self, value: str = "", hint: str = "", *, most: int, secret: bool = False) -> None:
        super().__init__(value, placeholder=hint, max_length=most, password=secret, compact=True)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Show what was pasted as it can be shown."""
        return clean(value, max(len(value), self.max_length or 0) * 10)


class Level(TextLine):
    """A percentage, which can be typed or stepped."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LEVEL)]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """What steps it is not typed."""
        return key not in STEPPING and super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """Leave what steps it to the bindings."""
        if event.key in STEPPING:
            event.prevent_default()

    def action_step(self, points: int) -> None:
        """So many percentage points more, as far as there are any."""
        try:
            number = float(self.value or 0)
        except ValueError:
            return
        self.value = f"{max(0.0, min(number + points, 100.0)):g}"
        self.cursor_position = len(self.value)


class Remark(Lines):
    """What is wrong; it takes no room while nothing is. `calm` says no more than that something is needed."""

    text: var[str] = var("")
    calm: var[bool] = var(False)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """It, in one line."""
        return ((Run(fitted(self._shown, width), "muted" if self.calm else "poor"),),)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as what it says."""
        return cell_len(self._shown)

    def watch_text(self) -> None:
        """Say something else."""
        self.display = bool(self.text)
        self.refresh(layout=True)
        self.redraw()

    def watch_calm(self) -> None:
        """Say it otherwise."""
        self.watch_text()

    @property
    def _shown(self) -> Clean:
        return Clean(NEEDED if self.calm else f"{REFUSED.glyph} {self.text}")


class Caption(Lines):
    """What a field is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """It, in one line."""
        return ((Run(self._text, "muted"),),)


class Field(Horizontal):
    """A caption, what is typed or chosen, and what is wrong with it."""

    DEFAULT_CSS = """
    Field { height: 1; }
    Field > Caption { width: 13; height: 1; }
    Field > Remark { width: auto; height: 1; margin-left: 2; display: none; }
    Field > Choice, Field > TextLine { width: 1fr; }
    Field.short > TextLine { width: 12; }
    """

    def __init__(self, caption: str, content: Choice | TextLine, *, short: bool = False) -> None:
        super().__init__(classes="short" if short else None)
        self._caption = caption
        self.content = content
        self.remark = Remark()

    def compose(self) -> ComposeResult:
        """All three."""
        yield Caption(self._caption)
        yield self.content
        yield self.remark

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return isinstance(self.content, TextLine) and not self.content.value
