"""The menu of the changes to a whole cache that are seldom made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList

from mctop.store.changes.cache_changes import EnableCache, ResetStats, RotateSso, SwitchCluster
from mctop.ui.modals.dialog import Dialog
from mctop.ui.modals.list_dialog import titled

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.changes.change import Change
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions


OFFERED: tuple[tuple[Change, str], ...] = (
    (ResetStats(), "the counters begin again at zero"),
    (SwitchCluster(), "other servers, which the API chooses"),
    (RotateSso(), "URLs of the web dashboard stop working"),
    (EnableCache(), "after it was disabled"),
)
"""What can be chosen, and what it does in a few words."""
NAME = 24
"""Columns of a name."""


class CacheActions(Dialog["Change"]):
    """Answers which of OFFERED to propose; enter on what cannot be done only says why."""

    DEFAULT_CSS = """
    CacheActions OptionList, CacheActions OptionList:focus {
        width: 72; max-width: 100%; height: auto; max-height: 100%; border: none; padding: 0; background: $surface;
    }
    """
    AUTO_FOCUS = "OptionList"
    HINT = "⏎ goes on to what would be sent · esc closes"

    def __init__(self, store: Store, options: UiOptions) -> None:
        super().__init__(titled("Actions", store, options))
        self._offered = tuple(
            (change, meaning, change.unavailable(store, read_only=options.read_only))
            for change, meaning in sorted(OFFERED, key=lambda offered: not offered[0].urgent(store))
        )

    def compose_body(self) -> ComposeResult:
        """One line a change; what the cache needs comes first."""
        yield OptionList(*(_line(*offered) for offered in self._offered), markup=False)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Answer, or say why not."""
        change, _, reason = self._offered[message.option_index]
        if reason is None:
            self.dismiss(change)
        else:
            self.notify(reason, severity="warning", markup=False)


def _line(change: Change, meaning: str, reason: str | None) -> Content:
    """What a change is called, and what it does, or the `reason` why it cannot be made."""
    title = f"{change.TITLE:<{NAME}} "
    if reason is None:
        return Content(title) + Content.styled(meaning, "$text-muted")
    return Content.styled(f"{title}{reason}", "$text-disabled")
