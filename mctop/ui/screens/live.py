"""The base of every screen that shows the store."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.store import Store
    from mctop.store.topic import Topic

T = TypeVar("T")


class LiveScreen(Screen[None]):
    """Follows topics while it can be seen, and only then; what is frozen it shows as it was."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self._following = ExitStack()
        self._shows: list[Callable[[], object]] = []

    @property
    def frozen_at(self) -> float | None:
        """The monotonic time from which on the picture stands still, or None."""
        return self.store.still.since.value

    def follow_topics(self) -> None:
        """Override to `follow` what this screen shows, and to undo with `when_hidden` what else it starts."""

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change; it only assigns to widgets."""
        shown: list[T] = []

        def show(_: object = None) -> None:
            value = self.store.still.shown(topic)
            if not shown or shown[0] is not value:
                shown[:] = [value]
                follower(value)

        self._shows.append(show)
        self._following.callback(topic.follow(show))

    def when_hidden(self, undo: Callable[[], object]) -> None:
        """Call `undo` once this screen can no longer be seen."""
        self._following.callback(undo)

    def follow_all(self) -> None:
        """Follow what this screen shows, from the newest values on."""
        self._shows.clear()
        self.follow_topics()
        self.when_hidden(self.store.still.since.follow(self._catch_up))

    def on_screen_resume(self) -> None:
        """Follow what is shown."""
        self._following.close()
        if self.children:  # none in an app that ends before its screen is composed
            self.follow_all()

    def on_screen_suspend(self) -> None:
        """Follow nothing, unless a modal only lies above."""
        if not self.app.screen.is_modal:
            self._following.close()

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._following.close()

    def _catch_up(self, since: float | None) -> None:
        """Show what has come since the picture stood still, once it goes on."""
        if since is None:
            for show in tuple(self._shows):
                show()
