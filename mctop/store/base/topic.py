"""A value that tells its followers when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Topic(Generic[T]):
    """The current value of one slice of state; setting an equal value is silence, so followers hear only of changes."""

    def __init__(self, value: T) -> None:
        self._value = value
        self._followers: list[Callable[[T], object]] = []
        self._on_followed: list[Callable[[], object]] = []

    @property
    def value(self) -> T:
        """The current value."""
        return self._value

    @property
    def followed(self) -> bool:
        """Whether anyone follows; a topic nobody follows need not be polled."""
        return bool(self._followers)

    def set(self, value: T) -> None:
        """Replace the value, and tell every follower if it differs."""
        if value == self._value:
            return
        self._value = value
        for follower in tuple(self._followers):
            follower(value)

    def follow(self, follower: Callable[[T], object]) -> Callable[[], None]:
        """Call `follower` with the value, now and on every change, until the returned function is called."""
        leave = self.await_change(follower)
        follower(self._value)
        return leave

    def await_change(self, follower: Callable[[T], object]) -> Callable[[], None]:
        """Call `follower` on every change, but not now, until the returned function is called."""
        self._followers.append(follower)
        if len(self._followers) == 1:
            for listener in self._on_followed:
                listener()

        def leave() -> None:
            if follower in self._followers:
                self._followers.remove(follower)

        return leave

    def on_followed(self, listener: Callable[[], object]) -> None:
        """Call `listener` each time that the first follower comes."""
        self._on_followed.append(listener)
