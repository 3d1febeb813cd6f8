"""The panels of the Keys: one list each, and the tabs that name them where only one has room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.store.hotkeys import HotList
from mctop.ui.format import duration, time_of_day
from mctop.ui.renderables.runs import Run
from mctop.ui.renderables.table import Sort
from mctop.ui.screens.keys.arrangement import TABS
from mctop.ui.screens.keys.rows import columns, key_of, rows
from mctop.ui.screens.keys.standings import Choice, standings
from mctop.ui.words.popularity import LONGEST_SLICE
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.lines import Lines
from mctop.ui.widgets.slicepanel import SlicePanel

if TYPE_CHECKING:
    from mctop.store.hotkeys import HotKeys
    from mctop.store.store import Store
    from mctop.ui.renderables.glyphs import Glyphs
    from mctop.ui.screens.keys.standings import Named


@dataclass(frozen=True, slots=True)
class Title:
    """What a list is called: on its panel, as a tab, in its column, and when it is empty."""

    panel: str
    tab: str
    column: str
    lacks: str


TITLES = {
    HotList.HIT: Title("Most hit keys", "hit", "key", "no key was hit lately"),
    HotList.MISSED: Title("Most missed keys", "missed", "key", "no key was missed lately"),
    HotList.MUTATED: Title("Most mutated keys", "mutated", "key", "no key was changed lately"),
    HotList.PREFIXES: Title("Popular prefixes", "prefixes", "prefix", "no prefix was popular lately"),
}
LISTS = tuple(TITLES)
BY_POPULARITY = Sort("popularity", descending=True)


class ListGrid(Grid):
    """A table that lists keys or patterns, which have different columns."""

    def relist(self, grouped: bool, title: str) -> None:
        """Take the columns of keys, or of patterns."""
        self._columns = columns(title, grouped=grouped)
        self.refresh()


class ListPanel(SlicePanel):
    """One list of the popular items."""

    def __init__(self, store: Store, kind: HotList, glyphs: Glyphs) -> None:
        self.kind = kind
        self._glyphs = glyphs
        self._title = TITLES[kind]
        self._grouped = False
        self._named: dict[str, Named] = {}
        self._grid = ListGrid(columns(self._title.column, grouped=False))
        self._grid.sort = BY_POPULARITY
        super().__init__(self._title.panel, self._grid, store.popular, store, id=kind.value)
        if kind is HotList.MUTATED:
            self.graded = "most_mutated_keys"

    def show(self, seen: HotKeys, choice: Choice) -> None:
        """List what is chosen."""
        time, grouped = choice.listed(seen), choice.grouped and self.kind is not HotList.PREFIXES
        if grouped != self._grouped:
            self._grouped = grouped
            self._grid.relist(grouped, "pattern" if grouped else self._title.column)
        listed = standings(seen, self.kind, replace(choice, grouped=grouped))
        self._named = {key_of(one.named): one.named for one in listed}
        self._grid.rows = rows(listed, time or 0.0, self._glyphs, grouped=grouped)
        self.notes = notes(seen, choice)
        self.lacks = "" if listed else self._title.lacks if time is not None else lacking(seen, choice)

    def named(self, key: str) -> Named | None:
        """What a row stands for."""
        return self._named.get(key)


class Tabs(Lines):
    """The names of the lists, of which one is shown."""

    DEFAULT_CSS = """
    Tabs { height: 1; }
    """

    shown: var[int] = var(0)

    def __init__(self, lists: tuple[HotList, ...]) -> None:
        super().__init__(id=TABS)
        self._names = tuple(TITLES[kind].tab for kind in lists)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line."""
        runs: list[Run] = []
        for index, name in enumerate(self._names):
            here = index == self.shown
            runs.append(Run(f"[{name}]" if here else f" {name} ", "focus" if here else "muted"))
        return (tuple(runs),)

    def watch_shown(self) -> None:
        """Name another one."""
        self.redraw()


def lacking(seen: HotKeys, choice: Choice) -> str:
    """Why there is no slice to list."""
    if not seen.times or choice.at is None:
        return "nothing yet"
    return f"no slice was kept from {time_of_day(choice.at)}; the oldest is from {time_of_day(seen.times[0])}"


def notes(seen: HotKeys, choice: Choice) -> tuple[str, ...]:
    """The time slice that is listed, and what its ranks are compared with, longest first."""
    time = choice.listed(seen)
    if time is None:
        return ()
    length = duration(seen.time_slice) if 1 <= seen.time_slice <= LONGEST_SLICE else ""
    last = f"last {length}" if length and choice.at is None else ""
    slice_ = last or f"{length} to {time_of_day(time)}".strip() if length else f"at {time_of_day(time)}"
    before = seen.compared(time)
    compared = f"moved since {time_of_day(before)}" if before is not None else ""
    mark = choice.mark
    marked = f"{mark.kind} {time_of_day(mark.time)}" if mark is not None and seen.slice_before(mark.time) else ""
    every = [slice_, compared, marked]
    return tuple(" · ".join(filter(None, every[:count])) for count in (3, 2, 1))
