"""The base of every screen that shows the store."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.topic import Topic

T = TypeVar("T")


class LiveScreen(Screen[None]):
    """Follows topics while it can be seen, and only then; frozen, it keeps the newest values for later."""

    def __init__(self) -> None:
        super().__init__()
        self._following = ExitStack()
        self._held: dict[object, Callable[[], object]] = {}
        self.frozen_at: float | None = None

    def follow_topics(self) -> None:
        """Override to `follow` what this screen shows, and to undo with `when_hidden` what else it starts."""

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change; it only assigns to widgets."""

        def deliver(value: T) -> None:
            if self.frozen_at is None:
                follower(value)
            else:
                self._held[deliver] = partial(follower, value)

        self._following.callback(topic.follow(deliver))

    def when_hidden(self, undo: Callable[[], object]) -> None:
        """Call `undo` once this screen can no longer be seen."""
        self._following.callback(undo)

    def freeze(self, now: float) -> None:
        """Let the picture stand still from now on, a time on the monotonic clock."""
        self.frozen_at = now

    def thaw(self) -> None:
        """Let the picture catch up, and go on."""
        self.frozen_at = None
        held, self._held = self._held, {}
        for show in held.values():
            show()

    def on_screen_resume(self) -> None:
        """Follow what is shown, from the newest values on."""
        self._following.close()
        self._held.clear()
        if self.children:  # none in an app that ends before its screen is composed
            self.follow_topics()

    def on_screen_suspend(self) -> None:
        """Follow nothing, unless a modal only lies above."""
        if not self.app.screen.is_modal:
            self._following.close()

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._following.close()
