"""The options of the screen, from the command line and the configuration file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mctop.ui.terminal.drawing.abilities import UNDECIDED, USUAL, Abilities, Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class UiOptions:
    """`label` names the cache until the API does; `view` is opened first, the first of all if it is "".

    `keymap` has the keys, comma-separated, of the commands that the user gave other keys, by their ids.
    """

    theme: str = "dark"
    read_only: bool = False
    label: str = ""
    view: str = ""
    keymap: Mapping[str, str] = field(default_factory=dict)
    abilities: Abilities = USUAL
    wishes: Wishes = UNDECIDED

    def of_cache(self, label: str, read_only: bool) -> UiOptions:
        """The same for another cache."""
        return UiOptions(self.theme, read_only, label, self.view, self.keymap, self.abilities, self.wishes)
