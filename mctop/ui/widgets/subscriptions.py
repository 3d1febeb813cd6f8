"""The topics that a screen follows while it can be seen."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from mctop.store.base.topic import Topic
    from mctop.store.frozen_view import FrozenView

T = TypeVar("T")
Answer = TypeVar("Answer")


class Subscriptions:
    """Follows topics until it is closed, and begins anew afterwards.

    With `still`, values are given as the frozen view has them; those that came meanwhile are given once it goes on.
    """

    def __init__(self, still: FrozenView | None = None) -> None:
        self._still = still
        self._undo = ExitStack()
        self._updates: list[Callable[[], object]] = []

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change."""
        newest: list[T] = []

        def update(_: object = None) -> None:
            value = topic.value if self._still is None else self._still.shown(topic)
            if not newest or newest[0] is not value:
                newest[:] = [value]
                follower(value)

        if self._still is not None and not self._updates:
            self.when_closed(self._still.since.await_change(self._catch_up))
        self._updates.append(update)
        self.when_closed(topic.follow(update))

    def when_closed(self, undo: Callable[[], object]) -> None:
        """Call `undo` at the end."""
        self._undo.callback(undo)

    def suspend(self, screen: Screen[Answer]) -> None:
        """Close unless only a modal lies above the screen, beneath which it can still be seen."""
        if not screen.app.screen.is_modal:
            self.close()

    def close(self) -> None:
        """Follow nothing any more."""
        self._updates.clear()
        self._undo.close()

    def _catch_up(self, since: float | None) -> None:
        """Give what has come since the view was frozen, once it goes on."""
        if since is None:
            for update in tuple(self._updates):
                update()
