"""A panel about one slice of the store: it says how honest it is, and why there is nothing to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mctop.store.health import Freshness, freshness
from mctop.ui.explain import Explanation, briefly, explain
from mctop.ui.grades import brief, graded, reason
from mctop.ui.standing import badge
from mctop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual.widget import Widget

    from mctop.store.health import Failure, Health
    from mctop.store.store import Slice, Store
    from mctop.store.topic import Topic
    from mctop.ui.badge import Badge

T = TypeVar("T")

GRADED = {
    "popular items": "popular_items",
    "popular items of the prefix": "popular_items",
    "key stats": "key_stats",
    "log": "recent_logs",
    "watched prefixes": "prefix_stats",
    "insight": "processed_stats",
    "per server": "processed_stats",
}
"""The operations behind the slices whose grade is said."""


class SlicePanel(Panel):
    """A panel that lives by one slice; whoever fills it says with `lacks` what it is to have nothing."""

    def __init__(self, title: str, content: Widget, about: Slice[T], store: Store, *, id: str) -> None:
        super().__init__(title, content, id=id)
        self._whole = store.stats.health
        self._health = about.health
        self._cache = store.cache.value
        self.graded = GRADED.get(about.name, "")
        """The operation, or the field of one, whose grade is said."""
        self._others: tuple[Topic[Health], ...] = ()
        """The health of other slices that some of what it shows comes from."""
        self.lacks = "nothing yet"
        """What it says while it has a sample with nothing in it; "" while it has something to show."""

    def judge(self, now: float) -> None:
        """Say how honest the panel is at monotonic time `now`, and why there is nothing to see if so."""
        health, grade = self._health.value, graded(self._cache.value, self.graded)
        self.grade = brief(grade)
        self.badge = badge(health, now) or (None if self.lacks else self._stale_other(now))
        if not self.lacks:
            self.notice = None
        elif freshness(health, now) is Freshness.WAITING:
            self.notice = Explanation("waiting for the first sample", "")
        elif health.failure is not None:
            self.notice = self._why(health.failure)
        else:
            self.notice = Explanation(reason(grade) or self.lacks, "")

    def _stale_other(self, now: float) -> Badge | None:
        stale = (one.value for one in self._others if freshness(one.value, now) is Freshness.STALE)
        return next((badge(health, now) for health in stale), None)

    def _why(self, failure: Failure) -> Explanation:
        """What happened; what the whole suffers from is said elsewhere, and here briefly."""
        whole = self._whole.value.failure
        explanation = explain(failure)
        return briefly(failure) if whole and explain(whole).todo == explanation.todo else explanation
