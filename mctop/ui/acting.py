"""The app as far as it acts on the cache: each key opens a dialog, and only what is confirmed there is sent."""

from __future__ import annotations

from mctop.ui.wayfinder import Wayfinder


class Acting(Wayfinder):
    """Nothing here changes anything by itself."""

    def action_flush(self) -> None:
        """Ask whether to flush the cache."""
        from mctop.store.intents import Flush
        from mctop.ui.proposing import propose

        if self._trail:
            propose(self, Flush())

    def action_actions(self) -> None:
        """Ask which of the seldom things to do to the cache."""
        from mctop.ui.modals.actions import Actions

        if self._trail:
            self.push_screen(Actions(self.store, self.options), self._act)

    def _act(self, name: str | None) -> None:
        from mctop.ui.modals.actions import OFFERED
        from mctop.ui.proposing import propose

        if name is not None:
            propose(self, OFFERED[name][0])
