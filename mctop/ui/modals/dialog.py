"""The bases of modals: a titled box that escape closes, and one that shows the store as it is now."""

from __future__ import annotations

from asyncio import InvalidStateError
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from mctop.ui.terminal import keys_on
from mctop.ui.widgets.subscriptions import Subscriptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

    from mctop.api.redaction import Redactor
    from mctop.store.base.clock import Clock
    from mctop.store.base.topic import Topic
    from mctop.store.changes.change import Change
    from mctop.store.store import Store
    from mctop.ui.words.runs import Run


class ChangingApp(Protocol):
    """The app as far as a modal or a screen needs it that lets the opened cache be changed."""

    redactor: Redactor

    def propose(self, change: Change, facts: tuple[tuple[Run, ...], ...] = ()) -> None:
        """Put a change to the person, with `facts`, or else those that the change itself names."""


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
            box.border_subtitle = Content(keys_on(self.app, self.HINT))
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


T = TypeVar("T")


class LiveDialog(Dialog[None]):
    """Follows topics only while it can be seen, also beneath another modal, and where the view below stands still."""

    def __init__(self, title: str, store: Store, clock: Clock) -> None:
        super().__init__(title)
        self.store = store
        self.clock = clock
        self._topics = Subscriptions()
        self._timer: Timer | None = None

    def follow_topics(self) -> None:
        """Override to `follow` what is shown, and to undo with `when_hidden` what else is started."""

    def settle(self) -> None:
        """What is to be done after each change, and each second; override."""

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change, and settle."""

        def follow(value: T) -> None:
            follower(value)
            self.settle()

        self._topics.follow(topic, follow)

    def when_hidden(self, undo: Callable[[], object]) -> None:
        """Call `undo` once this modal can no longer be seen."""
        self._topics.when_closed(undo)

    def on_screen_resume(self) -> None:
        """Follow what is shown."""
        self._topics.close()
        self.follow_topics()
        self._tick()
        self.when_hidden(lambda: self._timer.stop() if self._timer else None)

    def on_screen_suspend(self) -> None:
        """Follow nothing, unless a modal only lies above."""
        self._topics.suspend(self)

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._topics.close()

    def _tick(self) -> None:
        """Look again at the next full second."""
        self.settle()
        self._timer = self.set_timer(1 - self.clock.wall() % 1, self._tick)
