"""The base of every modal: a titled box in the middle; escape answers None."""

from __future__ import annotations

from asyncio import InvalidStateError
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """Asks or tells, answers with a type, and changes nothing itself; HINT names its keys."""

    HINT: ClassVar[str] = "esc closes"

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #box {
        width: auto; max-width: 100%; height: auto; max-height: 100%; padding: 0 2;
        background: $surface; border: round $rule; border-title-color: $heading; border-title-style: bold;
        border-subtitle-color: $text-muted; scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", show=False, id="dialog.close"),
        Binding("j", "scroll(1)", "Down", show=False, id="dialog.down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="dialog.up"),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The box, and what is in it."""
        with VerticalScroll(id="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(self.HINT)
            yield from self.compose_body()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer and close; nothing where it is closed already, or something lies above.

        Whoever waited for the answer may be gone.
        """
        if self.app.screen is not self:
            return AwaitComplete()
        try:
            return super().dismiss(result)
        except InvalidStateError:
            return AwaitComplete(self.app.pop_screen())

    def action_scroll(self, lines: int) -> None:
        """Scroll what has no room."""
        self.query_one("#box").scroll_relative(y=lines, animate=False)

    def compose_body(self) -> ComposeResult:
        """What is inside the box; override."""
        raise NotImplementedError
