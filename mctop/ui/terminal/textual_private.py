"""Every private name of Textual that mctop leans on, and a public one for each; nothing else touches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import ColorSystem
from textual._context import NoActiveAppError
from textual._xterm_parser import XTermParser
from textual.app import App

from mctop.ui.terminal.drawing.abilities import USUAL

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.screen import Screen

    from mctop.ui.terminal.drawing.abilities import Abilities

__all__ = ["NoActiveAppError", "OpenApp", "XTermParser"]


class OpenApp(App[int]):
    """A Textual app with its hooks for frames and failures made public."""

    @property
    def driver(self) -> Driver | None:
        """What stands between the app and the terminal, while it runs."""
        return self._driver

    @property
    def failure(self) -> Exception | None:
        """The first exception that nobody handled."""
        return self._exception

    @property
    def syncs(self) -> bool:
        """Whether the terminal has said that it can show a frame at once."""
        return self._sync_available

    def fail(self, error: Exception) -> None:
        """End the app because of an exception that was raised outside its own tasks."""
        self._handle_exception(error)

    def newly_made(self, screen: Screen[None]) -> None:
        """Say that a screen is not mounted yet, so that no style sheet need be read anew when it is switched to."""
        screen._css_update_count = self._css_update_count

    @property
    def abilities(self) -> Abilities:
        """What the terminal can draw."""
        return USUAL

    @property
    def lean(self) -> bool:
        """Whether as little as possible is sent to the terminal."""
        return False

    @property
    def in_question(self) -> bool:
        """Whether it matters what the terminal answers about itself."""
        return False

    def signs_drawn(self, cells: int) -> None:
        """Called with the number of cells that the terminal needed for the signs of a probe."""

    def terminal_slow(self, seconds: float) -> None:
        """Called once the terminal has proved slow, with the seconds that its quickest answer took."""

    def render_all_colours(self) -> None:
        """Let the driver decide what of the colours is sent, whatever the environment says."""
        self.console._color_system = ColorSystem.TRUECOLOR

    def frame(self, *, begins: bool) -> None:
        """Called before a frame is written, and after it."""

    def terminal_gone(self) -> None:
        """Called when the connection to the terminal is lost."""

    def failing(self) -> None:
        """Called at each exception that nobody handled; the app ends."""

    def expects(self, error: Exception) -> bool:
        """Whether an exception is no failure, but comes of the end that has begun."""
        return False

    def panic(self, *renderables: RenderableType) -> None:
        """End the app because of an exception that would draw itself; it is reported like any other."""
        self._fatal_error()

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the mouse pointer alone: its shape would outlive the app."""

    def _begin_update(self) -> None:
        self.frame(begins=True)

    def _end_update(self) -> None:
        self.frame(begins=False)

    def _handle_exception(self, error: Exception) -> None:
        if not self.expects(error):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.failing()
        self._close_messages_no_wait()
