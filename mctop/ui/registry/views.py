"""The views, each declared once, and the way from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mctop.store.polling.fleet import Fleet
    from mctop.ui.screens.base import FramedScreen


class Ways(Protocol):
    """What the app does for a screen that leads to another one."""

    @property
    def fleet(self) -> Fleet:
        """Every configured cache."""

    def open_cache(self, name: str, view: str = "") -> None:
        """Work with another cache, in the view that is in front if none is named."""

    @property
    def at_root(self) -> bool:
        """Whether there is nothing to go back to."""

    @property
    def came_from(self) -> str:
        """The view before the one in front, "" where there is none."""

    def open_view(self, name: str) -> FramedScreen:
        """Go to a view as it was left; from a page of it, to the view itself."""

    def open_page(self, page: FramedScreen) -> None:
        """Go to a page about one thing; the way back leads here."""

    def say_once(self, words: str) -> None:
        """Warn of something, unless that was said already."""

    def go_back(self) -> bool:
        """Leave the page, or else go to the view before; False where there is neither."""


@dataclass(frozen=True, slots=True)
class View:
    """A view; `screen` is `module:class` of a FramedScreen."""

    key: str
    name: str
    shows: str
    screen: str

    def load(self) -> type[FramedScreen]:
        """Import its screen."""
        module, _, name = self.screen.partition(":")
        loaded: type[FramedScreen] = getattr(import_module(module), name)
        return loaded


SCREENS = "mctop.ui.screens"

VIEWS: tuple[View, ...] = (
    View("1", "Overview", "Everything about the cache in one look", f"{SCREENS}.overview.screen:OverviewScreen"),
    View("2", "Charts", "Any stat over time, several at once", f"{SCREENS}.charts.screen:ChartsScreen"),
    View("3", "Servers", "Which server does worse than the others", f"{SCREENS}.servers.screen:ServersScreen"),
    View("4", "Keys", "Which keys are popular, and which moved", f"{SCREENS}.keys.screen:KeysScreen"),
    View("5", "Prefixes", "What each watched prefix takes and misses", f"{SCREENS}.prefixes.screen:PrefixesScreen"),
    View("6", "Log", "Every server's lines as they come", f"{SCREENS}.log.screen:LogScreen"),
    View("0", "Caches", "Every configured cache, worst first", f"{SCREENS}.caches.screen:CachesScreen"),
)  # fmt: skip
"""In the order of their keys, 0 last; the first one is opened at the start."""


def view(name: str) -> View:
    """The view of that name; raises KeyError."""
    found = {one.name: one for one in VIEWS}
    return found[name]
