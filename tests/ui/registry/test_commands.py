"""The list of commands: unambiguous, and true."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.binding import Binding

from mctop.ui.registry.commands import ALL, COMMANDS, TABLE_COMMANDS, Where, bindings
from mctop.ui.widgets.grid import Grid


def test_every_command_has_an_id_of_its_own() -> None:
    ids = Counter(command.id for command in (*COMMANDS, *TABLE_COMMANDS))
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("where", Where)
def test_no_key_means_two_things_in_one_place(where: Where) -> None:
    keys = Counter(key for c in (*COMMANDS, *TABLE_COMMANDS) if c.where is where for key in c.keys.split(","))
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_command_hides_behind_another_place_except_in_tables() -> None:
    keys = Counter(key for command in COMMANDS for key in command.keys.split(","))
    assert [key for key, count in keys.items() if count > 1] == []


def test_what_the_help_says_of_tables_is_what_tables_bind() -> None:
    bound = {(binding.id, binding.key, binding.action) for binding in Grid.BINDINGS if isinstance(binding, Binding)}
    assert {(command.id, command.keys, command.action) for command in TABLE_COMMANDS} <= bound


def test_bindings_carry_the_id_they_are_remapped_by() -> None:
    assert {binding.id for where in Where for binding in bindings(where)} == {command.id for command in ALL}


def test_every_command_says_what_it_does() -> None:
    assert all(command.purpose and command.shown and command.name for command in (*COMMANDS, *TABLE_COMMANDS))
