"""What the palette finds: what works here, times that are typed, and themes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from mctop.ui.spans import moment_text
from mctop.ui.timetext import parse_moment, parse_span
from mctop.ui.format import duration
from mctop.ui.here import commands_here
from mctop.ui.screens.timed import TimedScreen
from mctop.ui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
        for theme in THEMES:
            yield f"Theme: {theme.name}", "Wear these colours", partial(setattr, self.app, "theme", theme.name)

    def _times(self, query: str) -> Iterator[tuple[str, str, Callable[[], None]]]:
        screen, (verb, _, rest) = self.screen, query.strip().partition(" ")
        if not isinstance(screen, TimedScreen):
            return
        at = parse_moment(rest if verb == "goto" else query, screen.now)
        back = parse_span(rest) if verb == "since" else None
        if at is not None:
            yield f"Go to {moment_text(at)}", "Read this moment", partial(screen.go_to, at)
        if back is not None:
            yield f"Since {duration(back)} ago", "Show so much time, up to now", partial(screen.show_since, back)
