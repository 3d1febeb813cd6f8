"""What works here: the commands that the widget with the keys binds, and all it lies in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual.keys import key_to_character

from mctop.ui.commands import ALL

if TYPE_CHECKING:
    from textual.screen import Screen

    from mctop.ui.commands import Command

T = TypeVar("T")

KNOWN = {command.id: command for command in ALL}


def commands_here(screen: Screen[T]) -> tuple[Command, ...]:
    """The commands that work now, each with the keys that nothing nearer has taken, the nearest commands first."""
    keys: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        if active.binding.id in KNOWN and not _is_typed(screen, key):
            keys.setdefault(active.binding.id, []).append(key)
    return tuple(_bound(KNOWN[name], bound) for name, bound in keys.items())


def _is_typed(screen: Screen[T], key: str) -> bool:
    """Whether the focused widget takes the key for text."""
    character = key_to_character(key)
    return screen.focused is not None and screen.focused.check_consume_key(key, character)


def _bound(command: Command, bound: list[str]) -> Command:
    """The command with the keys it is bound to."""
    known, words = command.keys.split(","), command.shown.split()
    if all(key in bound for key in known):
        return command
    kept = [word for key, word in zip(known, words, strict=False) if key in bound]
    return replace(command, keys=",".join(bound), shown=" ".join(kept) or " ".join(bound))
