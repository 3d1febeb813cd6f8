"""What the user asked of the screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UiOptions:
    """`label` names the cache until the API does; `view` is opened first, the first of all if it is ""."""

    theme: str = "dark"
    read_only: bool = False
    lean: bool = False
    label: str = ""
    view: str = ""

    def of_cache(self, label: str, read_only: bool) -> UiOptions:
        """The same for another cache."""
        return UiOptions(self.theme, read_only, self.lean, label, self.view)
