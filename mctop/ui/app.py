"""The app: a table of contents of screens, keys and themes over a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mctop.ui.commands import Where, bindings
from mctop.ui.options import UiOptions
from mctop.ui.screens.opening import OpeningScreen
from mctop.ui.terminal import HardenedApp
from mctop.ui.text import clean
from mctop.ui.theme import DARK, THEMES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.binding import BindingType
    from textual.command import Provider

    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.redaction import Redactor
    from mctop.ui.session import Session

__all__ = ["Mctop", "UiOptions"]

AUTHENTICATION = 3
"""The exit code for credentials that the API does not accept."""


def palette() -> type[Provider]:
    """What the palette finds; imported when it is first opened."""
    from mctop.ui.palette import Palette

    return Palette


class Mctop(HardenedApp):
    """The dashboard. `start` makes the session; it may be slow, and is awaited after the first frame."""

    TITLE = "mctop"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.APP)]
    COMMANDS = {palette}  # noqa: RUF012  # as Textual declares it
    ALLOW_SELECT = False
    CSS = "SearchIcon { display: none; }"  # an emoji, whose width terminals disagree about

    def __init__(
        self,
        store: Store,
        start: Callable[[], Awaitable[Session]],
        *,
        clock: Clock,
        options: UiOptions,
        redactor: Redactor | None = None,
    ) -> None:
        super().__init__(redactor)
        self._store = store
        self._start = start
        self._clock = clock
        self._options = options
        self._session: Session | None = None
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

    def action_poll(self) -> None:
        """Poll now."""
        if self._session is not None:
            self._session.refresh()

    def action_help(self) -> None:
        """List what works here."""
        from mctop.ui.modals.help import Help

        self.push_screen(Help())

    def _open(self) -> None:
        """Begin to collect; the view is imported while the session is."""
        self.run_worker(self._collect())
        self.call_later(self._show)

    def _show(self) -> None:
        from mctop.ui.screens.overview.screen import OverviewScreen

        self.push_screen(OverviewScreen(self._store, self._clock, self._options))

    async def _collect(self) -> None:
        """Start the session and let it run; credentials that are not accepted end the app."""
        self._session = await self._start()
        from mctop.store.session import AuthenticationFailed

        try:
            await self._session.run()
        except AuthenticationFailed as failure:
            self.leave(AUTHENTICATION, clean(str(failure)))
