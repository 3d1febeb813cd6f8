"""The frozen view: every value as it was at one moment, while collection goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from mctop.store.base.topic import Topic
from mctop.store.series.series_set import SeriesSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


T = TypeVar("T")


class Valued(Protocol):
    """A topic of anything."""

    @property
    def value(self) -> object:
        """The current value."""


class FrozenView:
    """The values that all screens show of some topics; `since` is the monotonic time at which they froze, or None.

    A value that was None at that moment is shown when it comes, and stands still from then on; series that are asked
    for meanwhile are shown as they were then.
    """

    def __init__(self, pictured: Callable[[], Iterable[Valued]]) -> None:
        self.since: Topic[float | None] = Topic(None)
        self._pictured = pictured
        self._values: dict[int, object] = {}

    def freeze(self, now: float) -> None:
        """Stand still."""
        self._values = {id(topic): topic.value for topic in self._pictured()}
        self.since.set(now)

    def thaw(self) -> None:
        """Go on."""
        self._values = {}
        self.since.set(None)

    def shown(self, topic: Topic[T]) -> T:
        """The value of a topic to show now."""
        if id(topic) not in self._values:
            return topic.value
        frozen = self._values[id(topic)]
        if frozen is None:
            frozen = topic.value
        elif isinstance(frozen, SeriesSet) and isinstance(topic.value, SeriesSet):
            frozen = topic.value.as_of(frozen)
        self._values[id(topic)] = frozen
        return cast("T", frozen)
