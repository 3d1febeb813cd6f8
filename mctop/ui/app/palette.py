"""The command palette: what works here, times that are typed, and themes."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from mctop.ui.app.theme import THEMES
from mctop.ui.registry.commands import commands_here
from mctop.ui.screens.time_keys import TimeKeys
from mctop.ui.terminal import HardenedApp
from mctop.ui.words.format import duration
from mctop.ui.words.time_text import moment_text, parse_moment, parse_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events


class Palette(Provider):
    """Commands press their key; themes are put on; a time is gone to."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, purpose, run in self._all():
            yield DiscoveryHit(name, run, help=purpose)

    async def search(self, query: str) -> Hits:
        """What matches, best first; a time is what was meant."""
        for name, purpose, run in self._times(query):
            yield Hit(2, name, run, text=name, help=purpose)
        matcher = self.matcher(query)
        for name, purpose, run in self._all():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=purpose)

    def _all(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        for command in commands_here(self.screen):
            if command.palette or command.footer:
                yield command.name.capitalize(), command.purpose, partial(self.app.simulate_key, command.key)
        app = self.app
        for theme in THEMES if isinstance(app, HardenedApp) and app.has_themes else ():
            yield f"Theme: {theme.name}", "Wear these colours", partial(setattr, self.app, "theme", theme.name)

    def _times(self, query: str) -> Iterator[tuple[str, str, Callable[[], None]]]:
        verb, _, rest = query.strip().partition(" ")
        keys = next(iter(self.screen.query(TimeKeys)), None)
        if keys is None:
            return
        at = parse_moment(rest if verb == "goto" else query, keys.now)
        back = parse_span(rest) if verb == "since" else None
        if at is not None:
            yield f"Go to {moment_text(at)}", "Read this moment", partial(keys.go_to, at)
        if back is not None:
            yield f"Since {duration(back)} ago", "Show so much time, up to now", partial(keys.show_since, back)


class PatientPalette(CommandPalette):
    """Turns no page before the list is laid out, where Textual 8.2.8 looks for lines that are not there yet.

    Nor does it look for the screen below once it was left, which it may be before it is mounted.
    """

    def _on_mount(self, event: events.Mount) -> None:
        if self not in self.app.screen_stack:
            event.prevent_default()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
