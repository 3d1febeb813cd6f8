"""The first frame: painted before anything heavy is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from mctop.ui.registry.commands import remapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from mctop.ui.words.text import Clean


class CacheName(Widget):
    """The program and the cache, in place of the top line."""

    DEFAULT_CSS = """
    CacheName { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    """

    def __init__(self, cache: Clean) -> None:
        super().__init__()
        self._cache = cache

    def render(self) -> Content:
        """The one line."""
        return Content(f"mctop \u203a {self._cache}" if self._cache else "mctop")


class Connecting(Widget):
    """What is happening, in place of the view."""

    DEFAULT_CSS = """
    Connecting { content-align: center middle; height: 1fr; color: $text-muted; }
    """

    def render(self) -> Content:
        """The one line."""
        return Content("connecting to the Analytics API…")


class FirstKeys(Widget):
    """The keys that work already, in place of the footer."""

    DEFAULT_CSS = """
    FirstKeys { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    """

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._commands = [remapped(name, keymap) for name in ("help", "palette", "quit")]

    def render(self) -> Content:
        """The one line."""
        return Content("  ".join(f"{command.shown.split()[0]} {command.name}" for command in self._commands))


class OpeningScreen(Screen[None]):
    """Says that mctop has started; the view takes its place at once."""

    AUTO_FOCUS = ""

    def __init__(self, cache: Clean, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._cache = cache
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The frame of what comes."""
        yield CacheName(self._cache)
        yield Connecting()
        yield FirstKeys(self._keymap)
