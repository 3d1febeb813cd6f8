"""The base of a form: fields one above the other, and an intent as its answer once nothing is wrong."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.containers import Vertical
from textual.content import Content

from mctop.store.intents import Intent
from mctop.ui.commands import Where, bindings
from mctop.ui.modals.dialog import Dialog
from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.said import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from mctop.store.backtest import BackTest
    from mctop.store.topic import Topic
    from mctop.ui.modals.alerts.field import Choice, Field

T = TypeVar("T")

LACKING = "type what is needed first"
WRONG = "correct what is marked first"
SAME = "nothing is changed yet"


class Form(Dialog[Intent]):
    """A subclass has `fields`, and says what is wrong at each, what the intent would be, and what else it shows.

    It follows its topics until it closes, and shows anew what came whenever a field or a topic changes.
    """

    DEFAULT_CSS = """
    Form > #box { width: 96%; max-width: 110; height: auto; padding: 0 2; }
    Form > #box > Said { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.FORM)]
    AUTO_FOCUS = "Choice, TextLine"
    HINT: ClassVar[str] = "tab next field · ⏎ goes on · esc closes"

    def __init__(self, title: str, fields: tuple[Field, ...]) -> None:
        super().__init__(title)
        self.fields = fields
        self._said = Said()
        self._following = ExitStack()
        self._pressed = False
        """Whether someone tried to go on: until then, what is not typed yet is not wrong."""

    def compose(self) -> ComposeResult:
        """The fields, what else is shown, and how it stands."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(self.HINT)
            yield from self.fields
            yield from self.compose_more()
            yield self._said

    def compose_more(self) -> ComposeResult:
        """What is shown beneath the fields; override."""
        yield from ()

    def faults(self) -> tuple[str, ...]:
        """What is wrong at each field, "" where nothing is; override."""
        raise NotImplementedError

    def intent(self) -> Intent | None:
        """What is meant, None where nothing is changed; only where nothing is wrong. Override."""
        raise NotImplementedError

    @property
    def found(self) -> BackTest | None:
        """The back-test that is seen; None where there is none."""
        return None

    def show(self) -> None:
        """Show what follows from the fields and the topics; override, and say this too."""
        faults = self.faults()
        for field, fault in zip(self.fields, faults, strict=True):
            field.remark.text, field.remark.calm = fault, field.empty and not self._pressed
        calm = all(field.remark.calm for field in self.fields if field.remark.text)
        state = (LACKING if calm else WRONG) if any(faults) else SAME if self.intent() is None else ""
        self._said.saying = lambda width: (Run(state, "muted"),)

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change, until the form closes."""
        self._following.callback(topic.follow(follower))

    def on_mount(self) -> None:
        """Show how it stands."""
        self.show()

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._following.close()

    def on_choice_changed(self, message: Choice.Changed) -> None:
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
        elif (meant := self.intent()) is not None:
            self.dismiss(meant)
