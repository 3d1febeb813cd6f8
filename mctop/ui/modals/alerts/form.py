"""The base of the forms, and their fields: a line or a choice, and beside it what is wrong."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.cells import cell_len
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from mctop.ui.modals.dialog import Dialog
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.terminal import keys_on
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.text_lines import FittedLine
from mctop.ui.words.badge import REFUSED
from mctop.ui.words.runs import Run, fitted
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size
    from textual.widget import Widget

    from mctop.store.base.topic import Topic
    from mctop.store.changes.change import Change


NEEDED = "needed"
STEPPING = frozenset({"plus", "equals_sign", "minus"})
"""Keys that a threshold does not take for text."""


class ChoiceLine(Lines, can_focus=True):
    """One of a few values, which the arrows change; `options` are the values and what they are called."""

    DEFAULT_CSS = """
    ChoiceLine { height: 1; }
    ChoiceLine:focus { background: $foreground 8%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.CHOICE)]

    options: var[tuple[tuple[object, Clean], ...]] = var(())
    value: var[object] = var(None)

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: ChoiceLine

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


class PercentLine(TextLine):
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
    Field > ChoiceLine, Field > TextLine { width: 1fr; }
    Field.short > TextLine { width: 12; }
    """

    def __init__(self, caption: str, content: ChoiceLine | TextLine, *, short: bool = False) -> None:
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


T = TypeVar("T")
TypedChange = TypeVar("TypedChange", bound="Change")

LACKING = "type what is needed first"
WRONG = "correct what is marked first"
SAME = "nothing is changed yet"


class Form(Dialog[TypedChange]):
    """Answers a change of one kind.

    A subclass has `fields`, and says what is wrong at each, what the change would be, and what else it shows.

    It follows its topics until it closes, and shows anew what came whenever a field or a topic changes.
    """

    DEFAULT_CSS = """
    Form > #box { width: 96%; max-width: 110; height: auto; padding: 0 2; }
    Form > #box > FittedLine { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.FORM)]
    AUTO_FOCUS = "ChoiceLine, TextLine"
    HINT: ClassVar[str] = "tab next field · ⏎ goes on · esc closes"

    def __init__(self, title: str, fields: tuple[Field, ...]) -> None:
        super().__init__(title)
        self.fields = fields
        self._state = FittedLine()
        self._following = ExitStack()
        self._pressed = False
        """Whether someone tried to go on: until then, what is not typed yet is not wrong."""

    def compose(self) -> ComposeResult:
        """The fields, what else is shown, and how it stands."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(keys_on(self.app, self.HINT))
            yield from self.fields
            yield from self.compose_more()
            yield self._state

    def compose_more(self) -> ComposeResult:
        """What is shown beneath the fields; override."""
        yield from ()

    def faults(self) -> tuple[str, ...]:
        """What is wrong at each field, "" where nothing is; override."""
        raise NotImplementedError

    def caution(self) -> Clean:
        """What to mind about what is meant, though nothing is wrong with it; override."""
        return Clean("")

    def change(self) -> TypedChange | None:
        """What is meant, None where nothing is changed; only where nothing is wrong. Override."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what follows from the fields and the topics; override, and say this too."""
        faults = self.faults()
        for field, fault in zip(self.fields, faults, strict=True):
            field.remark.text, field.remark.calm = fault, field.empty and not self._pressed
        calm = all(field.remark.calm for field in self.fields if field.remark.text)
        state = (LACKING if calm else WRONG) if any(faults) else SAME if self.change() is None else ""
        caution = "" if state else self.caution()
        self._state.saying = lambda width: (Run(f"! {caution}", "poor") if caution else Run(state, "muted"),)

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change, until the form closes."""
        self._following.callback(topic.follow(follower))

    def on_mount(self) -> None:
        """Show how it stands."""
        self.show()

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._following.close()

    def on_choice_line_changed(self, message: ChoiceLine.Changed) -> None:
        """Show what follows."""
        self.show()

    def on_input_changed(self) -> None:
        """Show what follows."""
        self.show()

    def on_input_submitted(self) -> None:
        """Go on."""
        self.action_submit()

    def action_field(self, step: int) -> None:
        """Go to the next field that is shown, or to the one before."""
        shown: list[Widget] = [field.content for field in self.fields if field.display]
        index = shown.index(self.focused) if self.focused in shown else -step
        self.set_focus(shown[(index + step) % len(shown)])

    def action_submit(self) -> None:
        """Answer what is meant; go to the first field with something wrong, if there is one."""
        wrong = [field for field, fault in zip(self.fields, self.faults(), strict=True) if fault]
        if wrong:
            self._pressed = True
            self.show()
            self.set_focus(wrong[0].content)
        elif (meant := self.change()) is not None:
            self.dismiss(meant)
