"""The cards side by side, or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.health import Freshness, freshness
from mctop.ui.explain import Explanation, explain
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.notice import notice
from mctop.ui.screens.overview.arrangement import CARDS, card_columns
from mctop.ui.screens.overview.cards import cards
from mctop.ui.standing import badge
from mctop.ui.text import clean
from mctop.ui.widgets.card import Card
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mctop.store.store import Store
    from mctop.ui.badge import Badge
    from mctop.ui.renderables.runs import Run
    from mctop.ui.screens.overview.picture import Picture

COUNT = 8


class CardPanel(Lines):
    """The eight cards. They live by the counters, but for the latency, and stand in for them by the last minute."""

    DEFAULT_CSS = """
    CardPanel { layout: grid; grid-size: 4 2; grid-gutter: 0 2; overflow: hidden; }
    CardPanel.-slim { grid-size: 2 4; }
    """

    needs = frozenset({"cache", "stats", "insight", "latency", "scale"})

    def __init__(self, store: Store, *, lean: bool) -> None:
        super().__init__(id=CARDS)
        self._store = store
        self._cards = tuple(Card() for _ in range(COUNT))
        self._empty = True
        self._badge: Badge | None = None
        self._why: Explanation | None = None
        for card in self._cards:
            card.glyphs = Glyphs.ASCII if lean else Glyphs.BLOCK

    def compose(self) -> ComposeResult:
        """The cards."""
        yield from self._cards

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Why there are no cards, below a blank line."""
        return ((), *notice(self._why, self._badge, width, height - 1)) if self._why else ()

    def on_resize(self, event: events.Resize) -> None:
        """Stand in two columns where four have no room."""
        super().on_resize(event)
        self.set_class(card_columns(event.size.width) == 2, "-slim")

    def show(self, picture: Picture) -> None:
        """Hand each card its face."""
        self._empty = picture.stats is None and picture.insight is None
        for card, face in zip(self._cards, cards(picture), strict=True):
            card.face = face

    def judge(self, now: float) -> None:
        """Say how honest the cards are at monotonic time `now`, and why there are none if so."""
        *others, latency = self._cards
        health = self._store.stats.health.value
        state = badge(health, now)
        for card in others:
            card.badge = state
        latency.badge = badge(self._store.latency.health.value, now)
        self._badge, self._why = state, self._why_empty(now) if self._empty else None
        for card in self._cards:
            card.display = not self._empty
        self.redraw()

    def _why_empty(self, now: float) -> Explanation:
        health = self._store.stats.health.value
        if health.failure is not None:
            return explain(health.failure)
        doing = self._store.connecting.value
        if doing is not None and freshness(health, now) is Freshness.WAITING:
            return Explanation(f"connecting: {clean(doing, 120)}", "")
        return Explanation("waiting for the first sample", "")
