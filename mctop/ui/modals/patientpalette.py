"""The palette, which takes keys as early as they come."""

from __future__ import annotations

from contextlib import suppress

from textual.command import CommandPalette


class PatientPalette(CommandPalette):
    """Turns no page before the list is laid out, where Textual 8.2.8 looks for lines that are not there yet."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
