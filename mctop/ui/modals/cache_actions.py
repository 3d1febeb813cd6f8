"""Asks which of the seldom things to do to the cache; what cannot be done says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mctop.store.changes.intents import EnableCache, ResetStats, RotateSso, SwitchCluster
from mctop.store.changes.permission import why_not
from mctop.ui.modals.dialog import Dialog
from mctop.ui.modals.list_dialog import titled

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.changes.intents import Intent
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions


OFFERED: dict[str, tuple[Intent, str]] = {
    "reset": (ResetStats(), "the counters begin again at zero"),
    "switch": (SwitchCluster(), "other servers, which the API chooses"),
    "rotate": (RotateSso(), "URLs of the web dashboard stop working"),
    "enable": (EnableCache(), "after it was disabled"),
}
"""What can be chosen, and what it does in a few words."""
NAME = 24
"""Columns of a name."""


class Actions(Dialog[str]):
    """Answers which of OFFERED to propose; enter on what cannot be done only says why."""

    DEFAULT_CSS = """
    Actions OptionList, Actions OptionList:focus {
        width: 72; max-width: 100%; height: auto; max-height: 100%; border: none; padding: 0; background: $surface;
    }
    """
    AUTO_FOCUS = "OptionList"
    HINT = "⏎ goes on to what would be sent · esc closes"

    def __init__(self, store: Store, options: UiOptions) -> None:
        super().__init__(titled("Actions", store, options))
        self._refusals = {
            name: why_not(type(intent), store, read_only=options.read_only) for name, (intent, _) in OFFERED.items()
        }
        info = store.cache.value.value
        self._disabled = info is not None and info.enabled is False

    def compose_body(self) -> ComposeResult:
        """One line an action; what a disabled cache needs comes first."""
        names = sorted(OFFERED, key=lambda name: not (name == "enable" and self._disabled))
        yield OptionList(*(Option(self._line(name), id=name) for name in names), markup=False)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Answer, or say why not."""
        name = message.option_id or ""
        reason = self._refusals[name]
        if reason is None:
            self.dismiss(name)
        else:
            self.notify(reason, severity="warning", markup=False)

    def _line(self, name: str) -> Content:
        intent, meaning = OFFERED[name]
        reason = self._refusals[name]
        words = Content(f"{intent.TITLE:<{NAME}} ")
        return words + Content.styled(meaning, "$text-muted") if reason is None else Content.styled(
            f"{words.plain}{reason}", "$text-disabled"
        )  # fmt: skip
