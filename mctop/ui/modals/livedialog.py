"""The base of a modal that shows what the store knows, as it is now."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

from mctop.ui.modals.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.store.topic import Topic

T = TypeVar("T")


class LiveDialog(Dialog[None]):
    """Follows topics only while it can be seen, also beneath another modal, and where the view below stands still."""

    def __init__(self, title: str, store: Store, clock: Clock) -> None:
        super().__init__(title)
        self.store = store
        self.clock = clock
        self._following = ExitStack()
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

        self._following.callback(topic.follow(follow))

    def when_hidden(self, undo: Callable[[], object]) -> None:
        """Call `undo` once this modal can no longer be seen."""
        self._following.callback(undo)

    def on_screen_resume(self) -> None:
        """Follow what is shown."""
        self._following.close()
        self.follow_topics()
        self._tick()
        self.when_hidden(lambda: self._timer.stop() if self._timer else None)

    def on_screen_suspend(self) -> None:
        """Follow nothing, unless a modal only lies above."""
        if not self.app.screen.is_modal:
            self._following.close()

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._following.close()

    def _tick(self) -> None:
        """Look again at the next full second."""
        self.settle()
        self._timer = self.set_timer(1 - self.clock.wall() % 1, self._tick)
