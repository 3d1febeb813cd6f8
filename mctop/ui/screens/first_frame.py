"""The first frame: painted before anything heavy is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.ui.words.text import Clean


class Name(Widget):
    """Where the top line will be."""

    DEFAULT_CSS = """
    Name { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    """

    def __init__(self, cache: Clean) -> None:
        super().__init__()
        self._cache = cache

    def render(self) -> Content:
        """The program and the cache."""
        return Content(f"mctop \u203a {self._cache}" if self._cache else "mctop")


class Doing(Widget):
    """Where the view will be."""

    DEFAULT_CSS = """
    Doing { content-align: center middle; height: 1fr; color: $text-muted; }
    """

    def render(self) -> Content:
        """What is happening."""
        return Content("connecting to the Analytics API…")


class Keys(Widget):
    """Where the keys will be."""

    DEFAULT_CSS = """
    Keys { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    """

    def render(self) -> Content:
        """What works already."""
        return Content("? help  : commands  ctrl+c quit")


class OpeningScreen(Screen[None]):
    """Says that mctop has started; the view takes its place at once."""

    AUTO_FOCUS = ""

    def __init__(self, cache: Clean) -> None:
        super().__init__()
        self._cache = cache

    def compose(self) -> ComposeResult:
        """The frame of what comes."""
        yield Name(self._cache)
        yield Doing()
        yield Keys()
