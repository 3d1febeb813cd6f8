"""The ways between screens: views side by side, pages above them, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mctop.store.fleet import Fleet
    from mctop.ui.screens.framed import FramedScreen


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
