"""The keys that the user gives to commands instead of their own, checked before the screen opens."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import Keys, key_to_character

from mctop.ui.registry.commands import ALL, BY_ID, Where, remapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.ui.registry.commands import Command

MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
NAMES = frozenset(key.value.rpartition("+")[2] for key in Keys) | {k for c in ALL for k in c.keys.split(",")}
"""Names of keys without their modifiers, besides the characters and their names."""
EVERYWHERE = frozenset({Where.APP, Where.VIEWS, Where.VIEW, Where.TIME, Where.PANELS})
"""Places that are one for the keys: their commands work beside each other in every view."""


class BadKey(Exception):
    """An id, a key or a combination of them that cannot be used; the message says what to change."""


def keymap(choices: Mapping[str, str]) -> dict[str, str]:
    """The keys of the ids of commands, comma-separated and as Textual spells them. Raises BadKey."""
    checked = {name: ",".join(_key(name, key) for key in keys.split(",")) for name, keys in choices.items()}
    for place in Where:
        _refuse_clash([remapped(command.id, checked) for command in ALL if _place(command) == place], checked)
    return checked


def _key(name: str, key: str) -> str:
    """One key of the command of an id, as Textual spells it."""
    if name not in BY_ID:
        near = get_close_matches(name, BY_ID, 1, 0)
        raise BadKey(f"no command {name!r}; the nearest is {near[0]}")
    *modifiers, last = _parts(key.strip())
    if not MODIFIERS.issuperset(modifiers) or not (last in NAMES or key_to_character(last)):
        raise BadKey(f"{name}: no key {key.strip()!r}; keys are written as f, F, ctrl+f, f5, pagedown")
    if len(last) == 1 and modifiers == ["shift"]:
        modifiers, last = [], last.upper()
    elif len(last) == 1 and modifiers:
        last = last.lower()
    spelt = "+".join((*sorted(modifiers), last)) if modifiers else next(iter(Binding.make_bindings([(last, "")]))).key
    if BY_ID[name].priority and (key_to_character(spelt) or spelt == "plus"):
        raise BadKey(f"{name}: {key.strip()!r} is text, and {name} works while something is typed; take a ctrl+ key")
    return spelt


def _parts(key: str) -> list[str]:
    """The modifiers of a key, and the key itself, which may be a plus."""
    return [*key[:-2].split("+"), "plus"] if key.endswith("++") else ["plus"] if key == "+" else key.split("+")


def _place(command: Command) -> Where:
    return Where.APP if command.where in EVERYWHERE else command.where


def _refuse_clash(commands: list[Command], checked: Mapping[str, str]) -> None:
    """Refuse a key that two commands of one place have; of commands that have their own keys, no two do."""
    counts = Counter(key for command in commands for key in command.keys.split(","))
    for key, count in counts.items():
        if count > 1:
            owners = (command.id for command in commands for own in command.keys.split(",") if own == key)
            names = sorted(owners, key=lambda name: (name not in checked, name))
            if names[0] == names[-1]:
                raise BadKey(f"{names[0]}: {key!r} is written twice")
            raise BadKey(f"{names[0]}: {key!r} is a key of {names[-1]} already; give that another one too")
