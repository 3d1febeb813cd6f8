"""Navigation from view to view, to pages above them, and from cache to cache."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, ParamSpec, cast

from textual.screen import ModalScreen

from mctop.ui.registry.views import view

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.base.clock import Clock
    from mctop.store.polling.fleet import Fleet
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.registry.views import Page
    from mctop.ui.screens.base import FramedScreen
    from mctop.ui.terminal.textual_private import OpenApp

P = ParamSpec("P")


class Navigator:
    """Keeps each view that was opened, as a mode of the app; pages lie above it. Of another cache, views are made anew.

    `options` are those of the cache that is opened.
    """

    def __init__(self, app: OpenApp, fleet: Callable[[], Fleet], clock: Clock, options: UiOptions) -> None:
        self.options = options
        self._app = app
        self._make_fleet = fleet
        self._clock = clock
        self._trail: tuple[str, ...] = ()
        self._visits = 0
        self._views: dict[str, FramedScreen] = {}

    @cached_property
    def fleet(self) -> Fleet:
        """Every configured cache; made when it is first asked for, which the first frame does not."""
        return self._make_fleet()

    @property
    def store(self) -> Store:
        """The data of the cache that is opened."""
        return self.fleet.open_cache.store

    @property
    def begun(self) -> bool:
        """Whether a view was opened, so that there is somewhere to go from."""
        return bool(self._trail)

    @property
    def at_root(self) -> bool:
        """Whether there is nothing to go back to once every modal is closed."""
        return sum(not screen.is_modal for screen in self._app.screen_stack) < 2 and len(self._trail) < 2

    @property
    def came_from(self) -> str:
        """The view before the one in front, "" where there is none."""
        return self._trail[-2] if len(self._trail) > 1 else ""

    def open_view(self, name: str) -> FramedScreen:
        """Go to a view as it was left; from a page of it, to the view itself."""
        if self._trail[-1:] == (name,):
            while len(self._app.screen_stack) > 1:
                self._app.pop_screen()
        self._trail = (*(view_name for view_name in self._trail if view_name != name), name)
        self._go(name)
        return cast("FramedScreen", self._app.screen)

    def open_page(self, page: Page[P], *subject: P.args, **named: P.kwargs) -> None:
        """Go to a page about one subject; the way back leads here."""
        make: Callable[..., FramedScreen] = load(page.screen)
        self._app.push_screen(make(self.store, self._clock, self.options, *subject, **named))

    def open_cache(self, name: str, view: str = "") -> None:
        """Work with another cache, in the view that is in front if none is named; window, sort and filter go along."""
        if name == self.fleet.opened.value:
            self.open_view(view or self._trail[-1])
            return
        cache, views = self.fleet.open(name), self._views
        modes = [self._mode(view_name) for view_name in views]
        self.options = self.options.of_cache(cache.label, cache.read_only)
        self._visits, self._views = self._visits + 1, {}
        for view_name, left in views.items():
            self._make(view_name).adopt(left)
        self.open_view(view or self._trail[-1])
        for mode in modes:
            self._app.remove_mode(mode)

    def go_back(self) -> bool:
        """Leave the page, or else go to the view before; False where there is neither."""
        if len(self._app.screen_stack) > 1:
            self._app.pop_screen()
        elif len(self._trail) < 2:
            return False
        else:
            self._trail = self._trail[:-1]
            self._go(self._trail[-1])
        return True

    def _go(self, name: str) -> None:
        """Switch to a view; make it if there is none for this cache. What lies over the one that is left is over."""
        while isinstance(modal := self._app.screen, ModalScreen):
            modal.dismiss(None)
        if name not in self._views:
            self._make(name)
        self._app.switch_mode(self._mode(name))

    def _make(self, name: str) -> FramedScreen:
        """A view of the opened cache, as a mode."""
        screen = self._views[name] = load(view(name).screen)(self.store, self._clock, self.options)
        self._app.newly_made(screen)
        self._app.add_mode(self._mode(name), lambda: screen)
        return screen

    def _mode(self, name: str) -> str:
        return f"{self._visits}:{name}"


def load(screen: str) -> type[FramedScreen]:
    """Import a screen that is declared as `module:class`."""
    module, _, name = screen.partition(":")
    loaded: type[FramedScreen] = getattr(import_module(module), name)
    return loaded
