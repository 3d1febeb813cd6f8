"""A panel: a heading, and under it what the panel is about, or why that cannot be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual.reactive import var

from mctop.store.base.health import Freshness, freshness
from mctop.ui.renderables.heading import badge_ends, heading, note_ends, notice
from mctop.ui.renderables.sheet import Sheeted
from mctop.ui.widgets.filter_line import FilterLine
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.freshness_text import Explanation, badge, brief, briefly, explain, graded, nothing_certain, reason
from mctop.ui.words.request_words import request_words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from mctop.store.base.health import Failure, Health
    from mctop.store.base.topic import Topic
    from mctop.store.store import Slice, Store
    from mctop.ui.renderables.sheet import Sheet
    from mctop.ui.widgets.grid import Grid
    from mctop.ui.words.badge import Badge
    from mctop.ui.words.request_words import RequestWords
    from mctop.ui.words.runs import Line


class Panel(Lines):
    """Draws the heading itself, and holds one widget, its content, whose place a notice takes while there is one.

    `notes` say units and windows at the end of the heading, longest first; a badge takes their place. At the foot is
    the line of a table's filter, as long as there is one, or one is typed.
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
        self._filtered: Grid | None = None

    def compose(self) -> ComposeResult:
        """The content."""
        self.content.add_class("content")
        yield self.content

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
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

    def on_grid_filtering(self, message: Grid.Filtering) -> None:
        """Let a filter be typed at the foot."""
        self._foot(message.grid).focus()

    def on_grid_relisted(self, message: Grid.Relisted) -> None:
        """Say at the foot what the filter leaves, while there is one."""
        grid, lines = message.grid, self.query_children(FilterLine)
        if grid.listing.filter:
            self._foot(grid).left = f"{len(grid.shown)} of {len(grid.rows)}"
        elif lines and not lines.first().has_focus:
            lines.remove()

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        """Show the rows that pass what is typed so far."""
        if self._filtered is not None:
            self._filtered.listing = replace(self._filtered.listing, filter=message.text)

    def on_filter_line_moved(self, message: FilterLine.Moved) -> None:
        """Move in the table while typing."""
        if self._filtered is not None:
            self._filtered.action_move(message.rows)

    def on_filter_line_done(self) -> None:
        """Go back to the table; a line with nothing in it goes."""
        self.screen.set_focus(self._filtered, scroll_visible=False)
        lines = self.query_children(FilterLine)
        if lines and not lines.first().text:
            lines.remove()

    def _foot(self, grid: Grid) -> FilterLine:
        """The line at the foot, with the filter in it."""
        self._filtered, lines = grid, self.query_children(FilterLine)
        line = lines.first() if lines else FilterLine()
        line.text = grid.listing.filter
        if not lines:
            self.mount(line)
        return line


T = TypeVar("T")


class SlicePanel(Panel):
    """A panel that lives by one slice; whoever fills it says with `lacks` what it is to have nothing."""

    def __init__(self, title: str, content: Widget, about: Slice[T], store: Store, *, id: str) -> None:
        super().__init__(title, content, id=id)
        self._whole = store.stats.health
        self._health = about.health
        self._cache = store.cache.value
        self.graded = about.graded
        """The operation, or the field of one, whose grade is said."""
        self._others: tuple[Topic[Health], ...] = ()
        """The health of other slices that some of what it shows comes from."""
        self.certain_from = 0
        """The popularity below which what it lists is not certain, 0 where all is."""
        self.lacks = "nothing yet"
        """What it says while it has a sample with nothing in it; "" while it has something to show."""

    @property
    def words(self) -> RequestWords:
        """What the requests of this cache are called that are counted of keys."""
        return request_words(self._cache.value)

    def judge(self, now: float) -> None:
        """Say how honest the panel is at monotonic time `now`, and why there is nothing to see if so."""
        health, grade = self._health.value, graded(self._cache.value, self.graded)
        self.grade = brief(grade, self.certain_from)
        self.badge = badge(health, now) or (None if self.lacks else self._stale_other(now))
        if not self.lacks:
            self.notice = None
        elif freshness(health, now) is Freshness.WAITING:
            self.notice = Explanation("waiting for the first sample", "")
        elif health.failure is not None:
            self.notice = self._why(health.failure)
        else:
            self.notice = Explanation(reason(grade) or nothing_certain(self.certain_from) or self.lacks, "")

    def _stale_other(self, now: float) -> Badge | None:
        stale = (other.value for other in self._others if freshness(other.value, now) is Freshness.STALE)
        return next((badge(health, now) for health in stale), None)

    def _why(self, failure: Failure) -> Explanation:
        """What happened; what the whole suffers from is said elsewhere, and here briefly."""
        whole = self._whole.value.failure
        explanation = explain(failure)
        return briefly(failure) if whole and explain(whole).todo == explanation.todo else explanation
