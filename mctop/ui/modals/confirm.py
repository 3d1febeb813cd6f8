"""Asks whether to do what is about to be done; the answer that changes nothing has the keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from mctop.ui.modals.dialog import Dialog
from mctop.ui.modals.help import Text
from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size

CANCEL = "Cancel"
SPACE = 3
"""Columns between the two answers."""


class Answers(Lines, can_focus=True):
    """Two answers side by side; `chosen` is the one that enter gives, at first the one that changes nothing."""

    DEFAULT_CSS = """
    Answers { width: auto; height: 1; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,right,h,l,tab,shift+tab", "other", "Other answer", show=False, id="confirm.other"),
        Binding("enter", "answer", "Answer", show=False, id="confirm.answer"),
    ]

    chosen: var[int] = var(0)

    @dataclass
    class Given(Message):
        """An answer was given: whether to do it."""

        yes: bool

    def __init__(self, do: str) -> None:
        super().__init__()
        self._texts = (f" {CANCEL} ", f" {do} ")

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Both answers, the chosen one between brackets."""
        runs: list[Run] = []
        for index, text in enumerate(self._texts):
            marked = f"[{text}]" if index == self.chosen else f" {text} "
            runs += [Run(" " * SPACE if runs else ""), Run(marked, "accent" if index == self.chosen else "muted")]
        return (tuple(runs),)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as both answers."""
        return sum(cell_len(text) + 2 for text in self._texts) + SPACE

    def watch_chosen(self) -> None:
        """Show which one is chosen."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Choose the answer under the pointer; the keys give it."""
        self.chosen = int(event.x >= len(self._texts[0]) + 2)

    def action_other(self) -> None:
        """Choose the other answer."""
        self.chosen = 1 - self.chosen

    def action_answer(self) -> None:
        """Give the chosen answer."""
        self.post_message(self.Given(self.chosen == 1))


class Confirm(Dialog[bool]):
    """Answers True where it shall be done; `text` says what and to what, in clean words, `do` is the verb."""

    AUTO_FOCUS = "Answers"

    def __init__(self, title: str, text: tuple[tuple[Run, ...], ...], do: str) -> None:
        super().__init__(title)
        self._text = text
        self._do = do

    def compose_body(self) -> ComposeResult:
        """What is about to be done, and the answers."""
        yield Text(self._text)
        yield Answers(self._do)

    def on_answers_given(self, message: Answers.Given) -> None:
        """Answer."""
        self.dismiss(message.yes)
