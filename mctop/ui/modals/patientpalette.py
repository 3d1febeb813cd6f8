"""The palette, which takes keys as early as they come."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.command import CommandPalette

if TYPE_CHECKING:
    from textual import events


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
