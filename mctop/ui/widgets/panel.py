"""A panel: a heading, and under it what the panel is about, or why that cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.renderables.heading import badge_ends, heading, note_ends
from mctop.ui.renderables.notice import notice
from mctop.ui.renderables.sheet import Sheeted
from mctop.ui.widgets.footed import Footed

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from mctop.ui.badge import Badge
    from mctop.ui.explain import Explanation
    from mctop.ui.renderables.runs import Run
    from mctop.ui.renderables.sheet import Sheet


class Panel(Footed):
    """Draws the heading itself, and holds one widget, its content, whose place a notice takes while there is one.

    `notes` say units and windows at the end of the heading, longest first; a badge takes their place.
    """

    DEFAULT_CSS = """
    Panel { layout: vertical; overflow: hidden; }
    Panel > .content { margin-top: 1; height: 1fr; scrollbar-size-vertical: 0; }
    """

    title: var[str] = var("")
    notes: var[tuple[str, ...]] = var(())
    grade: var[str] = var("")
    """How true the content is, where it is not exact."""
    badge: var[Badge | None] = var(None)
    notice: var[Explanation | None] = var(None)
    active: var[bool] = var(False)

    def __init__(self, title: str, content: Widget, *, id: str) -> None:
        super().__init__(id=id)
        self.set_reactive(Panel.title, title)
        self.content = content

    def compose(self) -> ComposeResult:
        """The content."""
        self.content.add_class("content")
        yield self.content

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The heading, and the notice."""
        ends = note_ends(self.notes) if self.badge is None else badge_ends(self.badge)
        title = f"{self.title} · {self.grade}" if self.grade else self.title
        top = heading(title, ends, width, focused=self.active)
        return (top, *(notice(self.notice, self.badge, width, height - 1) if self.notice else ()))

    @property
    def target(self) -> Widget | None:
        """What takes the keys when the user comes here, or None where nothing does."""
        return None if self.notice is not None or not self.content.can_focus else self.content

    def watch_title(self) -> None:
        """Show the new title."""
        self.redraw()

    def watch_notes(self) -> None:
        """Say units and windows."""
        self.redraw()

    def watch_grade(self) -> None:
        """Say how true the content is."""
        self.redraw()

    def watch_badge(self) -> None:
        """Say how honest the panel is."""
        self.redraw()

    def watch_active(self) -> None:
        """Show whether the keys go here."""
        self.redraw()

    def watch_notice(self) -> None:
        """Show the notice, or the content."""
        self.content.display = self.notice is None
        self.redraw()

    @property
    def sheeted(self) -> bool:
        """Whether what it shows can be told as plain values."""
        return isinstance(self.content, Sheeted)

    @property
    def sheet(self) -> Sheet | None:
        """What the content shows, as plain values; None where there is nothing of the kind."""
        return self.content.to_sheet() if isinstance(self.content, Sheeted) else None

    def on_descendant_focus(self) -> None:
        """The keys go here now."""
        self.active = True

    def on_descendant_blur(self) -> None:
        """The keys go elsewhere."""
        self.active = False
