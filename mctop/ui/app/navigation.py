"""The app as far as it leads from view to view, and from cache to cache."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from textual.screen import ModalScreen

from mctop.ui.registry.views import view
from mctop.ui.terminal import HardenedApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.base.clock import Clock
    from mctop.store.changes.change import Change
    from mctop.store.polling.fleet import Fleet
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.renderables.runs import Run
    from mctop.ui.screens.base import FramedScreen
    from mctop.ui.terminal.crash_report import Redactor


class Wayfinder(HardenedApp):
    """Keeps each view that was opened, as a mode; pages lie above it. Of another cache, views are made anew."""

    def __init__(self, fleet: Callable[[], Fleet], clock: Clock, options: UiOptions, redactor: Redactor | None) -> None:
        super().__init__(redactor)
        self._made = fleet
        self._clock = clock
        self._options = options
        self._trail: tuple[str, ...] = ()
        self._visits = 0
        self._views: dict[str, FramedScreen] = {}

    @cached_property
    def fleet(self) -> Fleet:
        """Every configured cache; made when it is first asked for, which the first frame does not."""
        return self._made()

    @property
    def store(self) -> Store:
        """What is known of the cache that is opened."""
        return self.fleet.open_cache.store

    @property
    def options(self) -> UiOptions:
        """What the user asked of the screen, for the cache that is opened."""
        return self._options

    @property
    def clock(self) -> Clock:
        """What time is told by."""
        return self._clock

    def action_view(self, name: str) -> None:
        """Go to a view."""
        if self._trail:
            self.open_view(name)

    def open_view(self, name: str) -> FramedScreen:
        """Go to a view as it was left; from a page of it, to the view itself."""
        if self._trail[-1:] == (name,):
            while len(self.screen_stack) > 1:
                self.pop_screen()
        self._trail = (*(one for one in self._trail if one != name), name)
        self._go(name)
        return cast("FramedScreen", self.screen)

    def open_page(self, page: FramedScreen) -> None:
        """Go to a page about one thing; the way back leads here."""
        self.push_screen(page)

    @property
    def at_root(self) -> bool:
        """Whether there is nothing to go back to once every modal is closed."""
        return sum(not screen.is_modal for screen in self.screen_stack) < 2 and len(self._trail) < 2

    @property
    def came_from(self) -> str:
        """The view before the one in front, "" where there is none."""
        return self._trail[-2] if len(self._trail) > 1 else ""

    def go_back(self) -> bool:
        """Leave the page, or else go to the view before; False where there is neither."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif len(self._trail) < 2:
            return False
        else:
            self._trail = self._trail[:-1]
            self._go(self._trail[-1])
        return True

    def open_cache(self, name: str, view: str = "") -> None:
        """Work with another cache, in the view that is in front if none is named; window, sort and filter go along."""
        if name == self.fleet.opened.value:
            self.open_view(view or self._trail[-1])
            return
        cache, modes, views = self.fleet.open(name), tuple(self._modes), self._views
        self._options = self._options.of_cache(cache.label, cache.read_only)
        self._visits, self._views = self._visits + 1, {}
        for one, left in views.items():
            self._make(one).adopt(left)
        self.open_view(view or self._trail[-1])
        for mode in modes:
            self.remove_mode(mode)

    def _go(self, name: str) -> None:
        """Switch to a view; make it if there is none for this cache. What lies over the one that is left is over."""
        while isinstance(modal := self.screen, ModalScreen):
            modal.dismiss(None)
        if name not in self._views:
            self._make(name)
        self.switch_mode(self._mode(name))

    def _make(self, name: str) -> FramedScreen:
        """A view of the opened cache, as a mode."""
        screen = self._views[name] = view(name).load()(self.store, self._clock, self._options)
        self.newly_made(screen)
        self.add_mode(self._mode(name), lambda: screen)
        return screen

    def _mode(self, name: str) -> str:
        return f"{self._visits}:{name}"


class Acting(Wayfinder):
    """Nothing here changes anything by itself."""

    def propose(self, change: Change, facts: tuple[tuple[Run, ...], ...] = ()) -> None:
        """Put a change of the opened cache to the person, with `facts`, or else those that the change itself names."""
        from mctop.ui.app.change_flow import ChangeFlow

        ChangeFlow(self, self.fleet.open_cache, self.options, self.clock).propose(change, facts)

    def action_flush(self) -> None:
        """Ask whether to flush the cache."""
        from mctop.store.changes.cache_changes import Flush

        if self._trail:
            self.propose(Flush())

    def action_credentials(self) -> None:
        """List the credentials."""
        from mctop.ui.modals.credentials.modal import CredentialsModal

        if self._trail:
            self.push_screen(CredentialsModal(self.store, self.clock, self.options))

    def action_alerts(self) -> None:
        """List the alerts, and where they are delivered."""
        from mctop.ui.modals.alerts.modal import AlertsModal

        if self._trail:
            self.push_screen(AlertsModal(self.store, self.clock, self.options))

    def action_actions(self) -> None:
        """Ask which of the seldom things to do to the cache."""
        from mctop.ui.modals.cache_actions import CacheActions

        if self._trail:
            menu = CacheActions(self.store, self.options)
            self.push_screen(menu, lambda change: None if change is None else self.propose(change))
