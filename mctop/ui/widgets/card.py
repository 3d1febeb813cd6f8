"""A card: one thing worth knowing about the cache, its change, and its trend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.ui.renderables.heading import badge_ends, heading
from mctop.ui.renderables.trend import trend
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.format import NOTHING
from mctop.ui.words.runs import Run, fitted, longest, spread

if TYPE_CHECKING:
    from mctop.ui.words.badge import Badge

Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a card shows, as clean text.

    `details` are lines, each with its variants, longest first. `low` and `high` fix the ends of the trend's scale;
    `span` says how long the trend is, `note` the window of the value.
    """

    title: str
    value: str
    note: tuple[str, ...] = ()
    state: Badge | None = None
    change: tuple[str, ...] = ()
    details: tuple[tuple[str, ...], ...] = ()
    trend: tuple[float | None, ...] = ()
    span: str = ""
    low: float | None = None
    high: float | None = None


class Card(Lines):
    """One face; with fewer lines than it needs, the details go first, then the trend."""

    face: var[CardFace | None] = var(None)
    badge: var[Badge | None] = var(None)

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The face, drawn at this size."""
        return () if self.face is None else card_lines(self.face, self.badge, width, height)

    def watch_face(self) -> None:
        """Show the new face."""
        self.redraw()

    def watch_badge(self) -> None:
        """Show the new state."""
        self.redraw()


def card_lines(face: CardFace, badge: Badge | None, width: int, height: int) -> tuple[Line, ...]:
    """A face at `width` by `height`; `badge` stands for a picture that is not live, and hides the change."""
    top = heading(face.title, _ends(face), width)
    value = _value_line(face, badge, width)
    details = tuple(
        (Run(longest(width, variants) or fitted(variants[-1], width), "muted"),) for variants in face.details
    )
    drawn = _trend_line(face, width)
    room = max(0, height - 3)
    blanks: tuple[Line, ...] = ((),) * (room - len(details))
    return (top, value, *details[:room], *blanks, drawn)[: max(height, 1)]


def _ends(face: CardFace) -> tuple[Line, ...]:
    """What may stand at the end of the heading: the state comes before the window of the value."""
    notes: tuple[Line, ...] = tuple((Run(note, "muted"),) for note in face.note)
    if face.state is None:
        return notes
    state = Run(face.state.text, face.state.tone)
    return (*((state, Run(" "), *note) for note in notes), (state,))


def _value_line(face: CardFace, badge: Badge | None, width: int) -> Line:
    value = Run(face.value, "muted" if face.value == NOTHING else "value")
    room = width - cell_len(face.value) - 1
    if badge is None:
        return spread((value,), (Run(longest(room, face.change), "muted"),), width)
    ends = (text for (text, _), *_ in badge_ends(badge))
    return spread((value,), (Run(longest(room, tuple(ends)), badge.tone),), width)


def _trend_line(face: CardFace, width: int) -> Line:
    if not any(value is not None for value in face.trend):
        return ()
    room = width - len(face.span) - 1
    return (
        Run(trend(face.trend, room, low=face.low, high=face.high), "trend"),
        Run(f" {face.span}", "muted"),
    )
