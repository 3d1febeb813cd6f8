"""The dialog that asks for a cache by a few letters of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.fuzzy import FuzzySearch
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from mctop.store.counters.cache_condition import worst_first
from mctop.ui.modals.dialog import Dialog
from mctop.ui.words.condition_text import state, verdict
from mctop.ui.words.runs import fitted
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.base.clock import Clock
    from mctop.store.counters.cache_condition import CacheNow, Finding
    from mctop.store.polling.fleet import Fleet

    Judged = tuple[CacheNow, tuple[Finding, ...]]

NAME = 24
"""Columns of a name, at most."""
STATE = 12
"""Columns of a state."""
LONGEST = 80
"""Characters of what is typed, at most."""


class Picker(Dialog[str]):
    """Answers the name of a cache. They are listed worst first, or by how well they match what is typed."""

    DEFAULT_CSS = """
    Picker > #box { width: 76; }
    Picker Input, Picker Input:focus { height: 1; border: none; padding: 0; background: $surface; }
    Picker OptionList {
        height: auto; max-height: 20; border: none; padding: 0; margin-top: 1; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
    }
    Picker OptionList > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "point(1)", "Down", show=False, id="picker.down"),
        Binding("up,ctrl+p", "point(-1)", "Up", show=False, id="picker.up"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, fleet: Fleet, clock: Clock) -> None:
        super().__init__("Open a cache")
        now = clock.monotonic()
        self._caches = worst_first((cache.now.value for cache in fleet.caches), now)
        self._lines = {cache.name: line(cache, findings, now) for cache, findings in self._caches}
        self._opened = fleet.opened.value
        self._list = OptionList(markup=False)
        self._list.can_focus = False

    def compose_body(self) -> ComposeResult:
        """What is typed, and what it finds."""
        yield Input(placeholder="a few letters of its name", max_length=LONGEST)
        yield self._list

    def on_mount(self) -> None:
        """List them all."""
        self._find("")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Find what matches."""
        self._find(message.value)

    def on_input_submitted(self) -> None:
        """Answer what is pointed at."""
        index = self._list.highlighted
        if index is not None:
            self.dismiss(self._list.get_option_at_index(index).id)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Answer what was clicked."""
        self.dismiss(message.option_id)

    def action_point(self, step: int) -> None:
        """Point at the next one, or the one before."""
        count = self._list.option_count
        if count:
            self._list.highlighted = ((self._list.highlighted or 0) + step) % count

    def _find(self, query: str) -> None:
        names = matching(self._caches, query)
        self._list.clear_options()
        self._list.add_options([Option(self._lines[name], id=name) for name in names])
        others = [index for index, name in enumerate(names) if name != self._opened]
        self._list.highlighted = (0 if query or not others else others[0]) if names else None


def matching(caches: tuple[Judged, ...], query: str) -> tuple[str, ...]:
    """The names of the caches whose label has the letters of a query, the best match first; all of them for none."""
    wanted = query.strip()
    if not wanted:
        return tuple(cache.name for cache, _ in caches)
    search = FuzzySearch()
    scores = {cache.name: max(search.match(wanted, cache.label)[0], search.match(wanted, cache.name)[0])
              for cache, _ in caches}  # fmt: skip
    return tuple(sorted((name for name, score in scores.items() if score > 0), key=lambda name: -scores[name]))


def line(cache: CacheNow, findings: tuple[Finding, ...], now: float) -> str:
    """One cache: what it is called, its state, and what is wrong with it."""
    name = fitted(clean(cache.label, 2 * NAME), NAME)
    return f"{name} {state(cache, findings, now).text:<{STATE}} {verdict(cache, findings)}".rstrip()
