"""The base of the app: what it promises to the terminal, to the shell and to whoever reads the crash report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, SystemCommand

from mctop.ui.redaction import Redactor
from mctop.ui.terminal.frame import FrameFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.filter import LineFilter
    from textual.screen import Screen


class HardenedApp(App[int]):
    """A Textual app whose frames carry no control characters and whose end always restores the terminal."""

    def __init__(self, redactor: Redactor | None = None) -> None:
        super().__init__()
        self.redactor = redactor or Redactor()
        self.frame_filter = FrameFilter()

    def run_hardened(self, *, mouse: bool = True) -> int:
        """Run until the end and return the exit code: 0 quit, 1 crash, 128+n signal, or what `leave` was told."""
        self.run(mouse=mouse)
        return self.return_code or 0

    def leave(self, code: int, message: str = "") -> None:
        """End with an exit code, and say why on standard error once the terminal is restored."""
        self.exit(code, return_code=code, message=message or None)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of Textual, and behind them the one that lets no control character out."""
        return [*super().get_line_filters(), self.frame_filter]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The theme, and nothing else: a screenshot would write down whatever secret is visible."""
        yield SystemCommand("Theme", "Change the current theme", self.action_change_theme)
