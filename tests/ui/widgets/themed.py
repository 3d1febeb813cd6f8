"""An app that wears the themes of mctop, for widgets on their own."""

from __future__ import annotations

from textual.app import App

from mctop.ui.app.theme import DARK, THEMES


class Themed(App[None]):
    """Dark, unless another theme is chosen."""

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables
