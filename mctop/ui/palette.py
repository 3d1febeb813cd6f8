"""What the palette finds: commands and themes, by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from mctop.ui.commands import COMMANDS
from mctop.ui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Palette(Provider):
    """Commands press their key; themes are put on."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, purpose, run in self._all():
            yield DiscoveryHit(name, run, help=purpose)

    async def search(self, query: str) -> Hits:
        """What matches, best first."""
        matcher = self.matcher(query)
        for name, purpose, run in self._all():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=purpose)

    def _all(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        for command in COMMANDS:
            if command.palette:
                yield command.name.capitalize(), command.purpose, partial(self.app.simulate_key, command.key)
        for theme in THEMES:
            yield f"Theme: {theme.name}", "Wear these colours", partial(setattr, self.app, "theme", theme.name)
