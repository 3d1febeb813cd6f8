"""A panel: a heading, and under it what the panel is about, or why that cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.renderables.sheet import Sheeted
from mctop.ui.widgets.footed import Footed
from mctop.ui.widgets.heading import Heading
from mctop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from mctop.ui.badge import Badge
    from mctop.ui.explain import Explanation
    from mctop.ui.renderables.sheet import Sheet


class Panel(Footed):
    """Holds one widget, its content. `notice` takes the content's place while there is one."""

    DEFAULT_CSS = """
    Panel { layout: vertical; overflow: hidden; }
    Panel > .content { height: 1fr; scrollbar-size-vertical: 0; }
    Panel > Notice { display: none; }
    """

    notes: var[tuple[str, ...]] = var(())
    badge: var[Badge | None] = var(None)
    notice: var[Explanation | None] = var(None)

    def __init__(self, title: str, content: Widget, *, id: str) -> None:
        super().__init__(id=id)
        self.title = title
        self.content = content
        self._heading = Heading(title)
        self._notice = Notice()

    def compose(self) -> ComposeResult:
        """Heading, content, and the notice that hides."""
        self.content.add_class("content")
        yield self._heading
        yield self.content
        yield self._notice

    @property
    def target(self) -> Widget | None:
        """What takes the keys when the user comes here, or None where nothing does."""
        return None if self.notice is not None or not self.content.can_focus else self.content

    def watch_notes(self, notes: tuple[str, ...]) -> None:
        """Say units and windows at the end of the heading."""
        self._heading.notes = notes

    def watch_badge(self, badge: Badge | None) -> None:
        """Say how honest the panel is."""
        self._heading.badge = badge
        self._notice.badge = badge

    def watch_notice(self, notice: Explanation | None) -> None:
        """Show the notice, or the content."""
        if notice is not None:
            self._notice.explanation = notice
        self._notice.display = notice is not None
        self.content.display = notice is None

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
        self._heading.focused = True

    def on_descendant_blur(self) -> None:
        """The keys go elsewhere."""
        self._heading.focused = False
