"""The app: a table of contents of screens, keys and themes over a store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from mctop.ui.app.navigation import Acting
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.options import UiOptions
from mctop.ui.registry.views import VIEWS
from mctop.ui.screens.first_frame import OpeningScreen
from mctop.ui.terminal.clipboard import osc52
from mctop.ui.words.text import clean
from mctop.ui.words.theme import DARK, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.command import Provider

    from mctop.store.base.clock import Clock
    from mctop.store.polling.fleet import Fleet
    from mctop.ui.terminal.crash_report import Redactor


__all__ = ["Mctop", "UiOptions"]

AUTHENTICATION = 3
"""The exit code for credentials that the API does not accept."""


def palette() -> type[Provider]:
    """What the palette finds; imported when it is first opened."""
    from mctop.ui.app.palette import Palette

    return Palette


class Mctop(Acting):
    """The dashboard of a fleet, in which one cache is opened; it is watched once the first frame is painted."""

    TITLE = "mctop"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.APP, Where.VIEWS)]
    COMMANDS = {palette}  # noqa: RUF012  # as Textual declares it
    ALLOW_SELECT = False
    CSS = """
    SearchIcon { display: none; }  /* an emoji, whose width terminals disagree about */
    Toast { padding: 0 1; width: auto; max-width: 80%; }
    """

    def __init__(
        self, fleet: Callable[[], Fleet], *, clock: Clock, options: UiOptions, redactor: Redactor | None = None
    ) -> None:
        super().__init__(fleet, clock, options, redactor)
        self._said: set[str] = set()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = options.theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of our own, for a theme that does not have them."""
        return DARK.variables

    def get_default_screen(self) -> OpeningScreen:
        """The first frame."""
        return OpeningScreen(clean(self._options.label, 40))

    def on_mount(self) -> None:
        """Once the first frame is painted: begin to collect, and show the view."""
        self.call_after_refresh(self._open)

    def say_once(self, words: str) -> None:
        """Warn of something, unless that was said already."""
        if words not in self._said:
            self._said.add(words)
            self.notify(words, severity="warning", markup=False, timeout=15)

    def action_poll(self) -> None:
        """Poll now."""
        self.fleet.refresh()

    def action_help(self) -> None:
        """List what works here."""
        from mctop.ui.modals.help import Help
        from mctop.ui.registry.commands import commands_here

        self.push_screen(Help(commands_here(self.screen), self.store.audit.value))

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to take clean text; what is there now is never read."""
        if self.driver is not None:
            self.driver.write(osc52(text, os.environ))

    def action_look_up(self) -> None:
        """Ask for a key, and open its page."""
        from mctop.ui.modals.prompts import Lookup

        if self._trail:
            self.push_screen(Lookup(), self._look_up)

    def action_switch(self) -> None:
        """Ask for another cache, and open it in the same view."""
        from mctop.ui.modals.cache_picker import Picker

        self.push_screen(
            Picker(self.fleet, self._clock), lambda name: self.open_cache(name) if name is not None else None
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is one cache, there is none to switch to."""
        if action == "switch" and (len(self.fleet.caches) == 1 or not self._trail):
            return False
        return super().check_action(action, parameters)

    def _look_up(self, key: str | None) -> None:
        if key is not None:
            from mctop.ui.screens.keypage.screen import KeyPage

            self.open_page(KeyPage(self.store, self._clock, self._options, key))

    def _open(self) -> None:
        """Begin to collect; the view is imported while the session is."""
        self.run_worker(self._collect())
        self.call_later(self.open_view, self._options.view or VIEWS[0].name)

    async def _collect(self) -> None:
        """Watch every cache; where there is but one, credentials that are not accepted end the app."""
        from mctop.store.base.health import AuthenticationFailed

        try:
            await self.fleet.run()
        except AuthenticationFailed as failure:
            self.leave(AUTHENTICATION, clean(str(failure)))
