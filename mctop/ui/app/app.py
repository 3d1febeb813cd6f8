"""The app: a table of contents of screens, keys and themes over a store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from mctop.ui.app.navigation import Navigator
from mctop.ui.app.theme import ANSI, DARK, THEMES
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.options import UiOptions
from mctop.ui.registry.views import KEY_PAGE, VIEWS
from mctop.ui.screens.first_frame import OpeningScreen
from mctop.ui.terminal import HardenedApp
from mctop.ui.terminal.clipboard import TmuxCopy, fits, load_into_tmux, osc52
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.command import Provider

    from mctop.api.redaction import Redactor
    from mctop.store.base.clock import Clock
    from mctop.store.changes.change import Change
    from mctop.store.polling.fleet import Fleet
    from mctop.store.store import Store
    from mctop.ui.terminal.clipboard import Copy
    from mctop.ui.words.runs import Run


__all__ = ["Mctop", "UiOptions"]

SERVICE_ENDED = 1
AUTHENTICATION = 3
"""The exit code for credentials that the API does not accept."""


def palette() -> type[Provider]:
    """What the palette finds; imported when it is first opened."""
    from mctop.ui.app.palette import Palette

    return Palette


class Mctop(HardenedApp):
    """The dashboard of a fleet, in which one cache is opened; it is watched once the first frame is painted.

    Nothing here changes a cache by itself: keys only open dialogs.
    """

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
        super().__init__(redactor, options.abilities, options.wishes)
        self.clock = clock
        self.navigation = Navigator(self, fleet, clock, options)
        self._warnings: set[str] = set()
        self.set_keymap(dict(options.keymap))
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = options.theme if self.has_themes else ANSI.name

    @property
    def store(self) -> Store:
        """The data of the cache that is opened."""
        return self.navigation.store

    @property
    def options(self) -> UiOptions:
        """The options of the screen, for the cache that is opened."""
        return self.navigation.options

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of our own, for a theme that does not have them."""
        return DARK.variables

    def get_default_screen(self) -> OpeningScreen:
        """The first frame."""
        return OpeningScreen(clean(self.options.label, 40), self.options.keymap)

    def on_mount(self) -> None:
        """Once the first frame is painted: begin to collect, and show the view."""
        self.call_after_refresh(self._open)

    def say_once(self, words: str) -> None:
        """Warn of something, unless that was said already."""
        if words not in self._warnings:
            self._warnings.add(words)
            self.notify(words, severity="warning", markup=False, timeout=15)

    def on_copy(self, message: Copy) -> None:
        """Put it into tmux's buffer or send it to the terminal, and say what is known of it."""
        if not fits(message.text):
            size = f"{len(message.text):,} characters"
            self.notify(f"too much to copy: {size} · e writes a file", severity="warning", markup=False)
        elif os.environ.get("TMUX"):
            self.run_worker(self._copy_in_tmux(message), group="copy", exclusive=True)
        else:
            self._copy_to_terminal(message)

    async def _copy_in_tmux(self, message: Copy) -> None:
        done = await load_into_tmux(message.text, os.environ)
        if done is TmuxCopy.REFUSED:
            self._copy_to_terminal(message)
            return
        if done is TmuxCopy.BUFFERED:
            self.copy_to_clipboard(message.text)
        self._say_copied(message, "is in tmux's buffer: paste with prefix ]")

    def _copy_to_terminal(self, message: Copy) -> None:
        self.copy_to_clipboard(message.text)
        self._say_copied(message, "was sent to the terminal, which does not say whether it took it")

    def _say_copied(self, message: Copy, where: str) -> None:
        size = "" if message.secret else f" ({len(message.text):,} characters)"
        again = f" · y again: {message.then}" if message.then else ""
        self.notify(f"{message.what}{size} {where}{again}", markup=False, timeout=5)

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to take clean text; what is there now is never read."""
        if self.driver is not None:
            self.driver.write(osc52(text, os.environ))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is one cache, there is none to switch to."""
        if action == "switch" and (len(self.navigation.fleet.caches) == 1 or not self.navigation.begun):
            return False
        return super().check_action(action, parameters)

    def action_view(self, name: str) -> None:
        """Go to a view."""
        if self.navigation.begun:
            self.navigation.open_view(name)

    def action_poll(self) -> None:
        """Poll now."""
        self.navigation.fleet.refresh()

    def action_help(self) -> None:
        """List what works here."""
        from mctop.ui.modals.help import Help
        from mctop.ui.registry.commands import commands_here

        self.push_screen(Help(commands_here(self.screen), self.store.audit.value))

    def action_command_palette(self) -> None:
        """Show the palette, unless it is there."""
        from mctop.ui.app.palette import PatientPalette

        if not isinstance(self.screen, PatientPalette):
            self.push_screen(PatientPalette(id="--command-palette"))

    def action_look_up(self) -> None:
        """Ask for a key, and open its page."""
        from mctop.ui.modals.prompts import Lookup

        if self.navigation.begun:
            self.push_screen(Lookup(), self._look_up)

    def action_switch(self) -> None:
        """Ask for another cache, and open it in the same view."""
        from mctop.ui.modals.cache_picker import Picker

        self.push_screen(
            Picker(self.navigation.fleet, self.clock),
            lambda name: self.navigation.open_cache(name) if name is not None else None,
        )

    def propose(self, change: Change, facts: tuple[tuple[Run, ...], ...] = ()) -> None:
        """Put a change of the opened cache to the person, with `facts`, or else those that the change itself names."""
        from mctop.ui.app.change_flow import ChangeFlow

        fleet = self.navigation.fleet
        ChangeFlow(self, fleet, fleet.open_cache, self.options, self.clock).propose(change, facts)

    def action_flush(self) -> None:
        """Ask whether to flush the cache."""
        from mctop.store.changes.cache_changes import Flush

        if self.navigation.begun:
            self.propose(Flush())

    def action_credentials(self) -> None:
        """List the credentials."""
        from mctop.ui.modals.credentials.modal import CredentialsModal

        if self.navigation.begun:
            self.push_screen(CredentialsModal(self.store, self.clock, self.options))

    def action_alerts(self) -> None:
        """List the alerts, and where they are delivered."""
        from mctop.ui.modals.alerts.modal import AlertsModal

        if self.navigation.begun:
            self.push_screen(AlertsModal(self.store, self.clock, self.options))

    def action_actions(self) -> None:
        """Ask which of the seldom things to do to the cache."""
        from mctop.ui.modals.cache_actions import CacheActions

        if self.navigation.begun:
            menu = CacheActions(self.store, self.options)
            self.push_screen(menu, lambda change: None if change is None else self.propose(change))

    def _look_up(self, key: str | None) -> None:
        if key is not None:
            self.navigation.open_page(KEY_PAGE, key)

    def _open(self) -> None:
        """Begin to collect; the view is imported while the session is."""
        self.run_worker(self._collect())
        self.call_later(self.navigation.open_view, self.options.view or VIEWS[0].name)

    async def _collect(self) -> None:
        """Watch every cache; where there is but one, credentials that are not accepted end the app."""
        from mctop.store.base.health import AuthenticationFailed, ServiceEnded

        try:
            await self.navigation.fleet.run()
        except AuthenticationFailed as failure:
            self.leave(AUTHENTICATION, clean(str(failure)))
        except ServiceEnded as ended:
            self.leave(SERVICE_ENDED, clean(str(ended)))
