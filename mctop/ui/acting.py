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

    def action_credentials(self) -> None:
        """List the credentials."""
        from mctop.ui.modals.credentials.modal import Credentials

        if self._trail:
            self.push_screen(Credentials(self.store, self.clock, self.options))

    def action_alerts(self) -> None:
        """List the alerts, and where they are delivered."""
        from mctop.ui.modals.alerts.modal import Alerts

        if self._trail:
            self.push_screen(Alerts(self.store, self.clock, self.options))

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
