"""The guards of a change: two answers, words that are typed, and the pace of the hand that confirms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import var

from mctop.ui.terminal.key_pace import Pacing
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.runs import Line, Run

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.timer import Timer

    from mctop.store.base.clock import Clock


WIDEST = 58
"""Columns of a remark, at most."""
STEPS = 4
"""Parts of a silence, in a row: a program that stalls sleeps through one of them, and hears in the next what came."""
AGAIN = "that came too close to another key: press enter again"
TOGETHER = "enter came in one go with other keys: press it alone"
TAKEN = "✓ enter is taken, unless another key comes"
EARLY = "that was typed before this was asked: type it now"
PASTED = "what is pasted does not count: type it"
POURED = "what comes in one go with an enter does not count: type it"


class Guard(Lines, can_focus=True):
    """Takes keys alone: a click, a paste or a terminal's own reply never gives an answer. The last line remarks."""

    DEFAULT_CSS = """
    Guard { width: auto; height: auto; margin: 1 0 0 0; }
    """

    remark: var[str] = var("")

    @dataclass
    class Given(Message):
        """An answer was given: whether to do it."""

        yes: bool

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.pacing = Pacing()
        self._clock = clock
        self._giving: Timer | None = None

    @property
    def giving(self) -> bool:
        """Whether it says yes, unless another key comes."""
        return self._giving is not None

    def on_mount(self) -> None:
        """Count what is typed once the question can be read."""
        self.call_after_refresh(lambda: self.pacing.opens(self._clock.monotonic()))

    def note(self, key: events.Key) -> None:
        """A key has come."""
        self.pacing.note(key.time, enter=key.key == "enter")
        self.interrupted()

    def note_other(self) -> None:
        """Something has come that is no key."""
        self.pacing.interrupt(self._clock.monotonic())
        self.interrupted()

    def interrupted(self) -> None:
        """What came before was not alone."""
        if self._giving is not None:
            self._giving.stop()
            self._giving, self.remark = None, AGAIN

    def give(self) -> None:
        """Say yes, if the key came alone and nothing comes after it."""
        if self.pacing.patience is not None:
            self.remark = TAKEN
            self._listen(self.pacing.patience / STEPS, STEPS)
        else:
            self.remark = self.why_not

    @property
    def why_not(self) -> str:
        """Why an enter does not count."""
        if self.pacing.early:
            return EARLY
        return TOGETHER if self.pacing.mixed else AGAIN

    def _listen(self, seconds: float, left: int) -> None:
        """Say yes after so many parts of a silence, behind every key that was read until then."""
        if left > 0:
            self._giving = self.set_timer(seconds, lambda: self._listen(seconds, left - 1))
        else:
            self.app.call_later(self.call_later, self._give, self._giving)

    def _give(self, silence: Timer) -> None:
        if self._giving is silence:
            self._giving = None
            self.post_message(self.Given(True))

    def watch_remark(self) -> None:
        """Say something else."""
        self.redraw()

    def on_paste(self, event: events.Paste) -> None:
        """Take nothing of it."""
        event.stop()
        self.note_other()
        self.remark = PASTED


CANCEL = "Cancel"
SPACE = 3
"""Columns between the two answers."""
OTHERS = frozenset({"left", "right", "h", "l", "tab", "shift+tab"})


class Answers(Guard):
    """Two answers side by side; `chosen` is the one that enter gives, at first the one that changes nothing."""

    chosen: var[int] = var(0)

    def __init__(self, do: str, clock: Clock) -> None:
        super().__init__(clock)
        self._texts = (f" {CANCEL} ", f" {do} ")

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """Both answers, the chosen one between brackets."""
        runs: list[Run] = []
        for index, text in enumerate(self._texts):
            marked = f"[{text}]" if index == self.chosen else f" {text} "
            runs += [Run(" " * SPACE if runs else ""), Run(marked, "accent" if index == self.chosen else "muted")]
        return (tuple(runs), (Run(self.remark, "fair"),))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as both answers and every remark."""
        return max(WIDEST, sum(cell_len(text) + 2 for text in self._texts) + SPACE)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The answers, and a remark."""
        return 2

    def watch_chosen(self) -> None:
        """Show which one is chosen."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Choose the answer under the pointer; the keys give it."""
        self.note_other()
        self.chosen = int(event.x >= len(self._texts[0]) + 2)

    def on_key(self, event: events.Key) -> None:
        """Choose the other answer, or give the chosen one; what changes something only to a key that came alone."""
        self.note(event)
        if event.key in OTHERS:
            self.remark, self.chosen = "", 1 - self.chosen
        elif event.key == "enter" and self.chosen == 0:
            self.post_message(self.Given(False))
        elif event.key == "enter":
            self.give()
        else:
            return
        event.stop()
        event.prevent_default()


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
        self._before = ""

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """For each word: what to type, and what is typed; what enter does, or a remark."""
        lines: list[Line] = []
        for index, word in enumerate(self._words):
            if index <= self.index:
                lines.append((Run(f"{word.why} "), Run(word.text, "value")))
                lines.append(self._line(word, index))
        last = Run(self.remark, "fair") if self.remark else Run(self._hint, "muted")
        return (*lines, (last,))

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
        self.note(event)
        match event.key:
            case "enter" if self.pacing.early:
                self.remark = EARLY
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

    def interrupted(self) -> None:
        """What came before was not alone; this may be the first that comes in one go."""
        super().interrupted()
        if self.pacing.together == 1:
            self._before = self.typed

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

    def _line(self, word: Word, index: int) -> Line:
        if index < self.index:
            return (Run("> ", "muted"), Run(word.text, "good"))
        right = word.text.startswith(self.typed)
        return (Run("> ", "accent"), Run(self.typed, "good" if right else "poor"), Run(CURSOR, "accent"))

    def _type(self, character: str) -> None:
        if self.pacing.early:
            self.remark = EARLY
        elif self.pacing.poured:
            self._drop()
        elif len(self.typed) < WIDEST - 4:
            self.remark, self.typed = "", self.typed + character

    def _enter(self) -> None:
        if self.pacing.poured:
            self._drop()
        elif not self._right:
            self.remark = "that is not it: type exactly what is shown"
        elif self.index + 1 == len(self._words):
            self.give()
        elif self.pacing.patience is not None:
            self.remark, self.typed, self._before, self.index = "", "", "", self.index + 1
        else:
            self.remark = self.why_not

    def _drop(self) -> None:
        """Take nothing of what came in one go."""
        self.remark, self.typed = POURED, self._before
