"""Words that must be typed by a hand before a change is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.guard import AGAIN, PASTED, WIDEST, Guard

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

    from mctop.store.clock import Clock

CURSOR = "▏"


@dataclass(frozen=True, slots=True)
class Word:
    """What must be typed, and what is said about it before."""

    why: str
    text: str


class TypedWords(Guard):
    """Words that must be typed one after the other, exactly; enter goes on, and with the last one says yes."""

    typed: var[str] = var("")
    index: var[int] = var(0)

    def __init__(self, words: tuple[Word, ...], clock: Clock) -> None:
        super().__init__(clock)
        self._words = words

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """For each word: what to type, and what is typed; what enter does, or a remark."""
        told: list[tuple[Run, ...]] = []
        for index, word in enumerate(self._words):
            if index <= self.index:
                told.append((Run(f"{word.why} "), Run(word.text, "value")))
                told.append(self._line(word, index))
        said = Run(self.remark, "fair") if self.remark else Run(self._hint, "muted")
        return (*told, (said,))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the widest line and every remark."""
        return max(WIDEST, *(cell_len(word.why) + 1 + cell_len(word.text) for word in self._words))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two lines a word, and a remark."""
        return 2 * len(self._words) + 1

    def watch_typed(self) -> None:
        """Show what is typed."""
        self.redraw()

    def watch_index(self) -> None:
        """Ask for the next word."""
        self.redraw()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is text, so that no command gets it."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Type, or go on."""
        self.note()
        match event.key:
            case "enter":
                self._enter()
            case "backspace":
                self.remark, self.typed = "", self.typed[:-1]
            case "ctrl+u":
                self.remark, self.typed = "", ""
            case "tab" | "shift+tab":
                pass
            case _ if event.is_printable and event.character:
                self._type(event.character)
            case _:
                return
        event.stop()
        event.prevent_default()

    @property
    def _right(self) -> bool:
        return self.typed == self._words[self.index].text

    @property
    def _hint(self) -> str:
        if not self._words[self.index].text.startswith(self.typed):
            return "✗ this is not it: backspace, or ctrl+u for all of it"
        if not self._right:
            return "enter does nothing until it is right"
        return "✓ enter goes on" if self.index + 1 < len(self._words) else "✓ enter sends it"

    def _line(self, word: Word, index: int) -> tuple[Run, ...]:
        if index < self.index:
            return (Run("> ", "muted"), Run(word.text, "good"))
        right = word.text.startswith(self.typed)
        return (Run("> ", "accent"), Run(self.typed, "good" if right else "poor"), Run(CURSOR, "accent"))

    def _type(self, character: str) -> None:
        if self.pacing.poured:
            self.remark, self.typed = PASTED, ""
        elif len(self.typed) < WIDEST - 4:
            self.remark, self.typed = "", self.typed + character

    def _enter(self) -> None:
        if self.pacing.poured:
            self.remark = PASTED
        elif not self._right:
            self.remark = "that is not it: type exactly what is shown"
        elif self.index + 1 == len(self._words):
            self.give()
        elif self.pacing.rested:
            self.remark, self.typed, self.index = "", "", self.index + 1
        else:
            self.remark = AGAIN
