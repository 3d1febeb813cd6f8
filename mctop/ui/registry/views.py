"""The views and pages, each declared once, and the protocol by which one screen leads to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, ParamSpec, Protocol

if TYPE_CHECKING:
    from mctop.api.models.introspection import Prefix
    from mctop.store.polling.fleet import Fleet

P = ParamSpec("P")

SCREENS = "mctop.ui.screens"


@dataclass(frozen=True, slots=True)
class View:
    """A view; `screen` is `module:class` of a FramedScreen, which is imported when the view is first opened."""

    key: str
    name: str
    shows: str
    screen: str


@dataclass(frozen=True, slots=True)
class Page(Generic[P]):
    """A page above a view, about one subject; `screen` is `module:class` of a FramedScreen.

    The class takes the subject, which is of the types P, after the store, the clock and the options.
    """

    screen: str


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

KEY_PAGE: Page[[str]] = Page(f"{SCREENS}.keypage.screen:KeyPage")
"""About a key, which is raw."""
GROUP_PAGE: Page[[str, bool]] = Page(f"{SCREENS}.keys.screen:GroupPage")
"""About the keys of a prefix, or of a pattern if the second is true; raw."""
SERVER_PAGE: Page[[str, str]] = Page(f"{SCREENS}.servers.screen:ServerPage")
"""About a server: its address, and its short name."""
PREFIX_PAGE: Page[[Prefix]] = Page(f"{SCREENS}.prefixes.screen:PrefixPage")
"""About a watched prefix."""


def view(name: str) -> View:
    """The view of that name; raises KeyError."""
    views = {declared.name: declared for declared in VIEWS}
    return views[name]


class Navigation(Protocol):
    """The way from one view, page or cache to another, as screens use it."""

    @property
    def fleet(self) -> Fleet:
        """Every configured cache."""

    @property
    def at_root(self) -> bool:
        """Whether there is nothing to go back to."""

    @property
    def came_from(self) -> str:
        """The view before the one in front, "" where there is none."""

    def open_cache(self, name: str, view: str = "") -> None:
        """Work with another cache, in the view that is in front if none is named."""

    def open_view(self, name: str) -> object:
        """Go to a view as it was left; from a page of it, to the view itself."""

    def open_page(self, page: Page[P], *subject: P.args, **named: P.kwargs) -> None:
        """Go to a page about one subject; the way back leads here."""

    def go_back(self) -> bool:
        """Leave the page, or else go to the view before; False where there is neither."""


class ViewApp(Protocol):
    """The app, as the screens of views use it besides what every Textual app does."""

    @property
    def navigation(self) -> Navigation:
        """The way from one view, page or cache to another."""

    @property
    def lean(self) -> bool:
        """Whether as little as possible is sent to the terminal."""

    def say_once(self, words: str) -> None:
        """Warn of something, unless that was said already."""
