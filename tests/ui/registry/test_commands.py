"""The list of commands: unambiguous, and true."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from textual.binding import Binding

from mctop.ui.registry import commands
from mctop.ui.registry.commands import ALL, COMMANDS, TABLE_COMMANDS, Command, Where, bindings, remapped
from mctop.ui.widgets.grid import Grid

EVERYWHERE = (Where.APP, Where.VIEWS, Where.VIEW, Where.TIME, Where.PANELS)
"""Places whose commands work beside each other in every view."""


def repeated_ids(listed: tuple[Command, ...]) -> list[str]:
    """The ids that more than one command has."""
    return [name for name, count in Counter(command.id for command in listed).items() if count > 1]


def repeated_keys(listed: tuple[Command, ...], *places: Where) -> list[str]:
    """The keys that more than one command of some places has."""
    keys = Counter(key for command in listed if command.where in places for key in command.keys.split(","))
    return [key for key, count in keys.items() if count > 1]


def test_the_list_of_all_commands_has_every_list() -> None:
    lists = [value for name, value in vars(commands).items() if name.endswith("COMMANDS")]
    assert len(lists) > 10
    assert Counter(command for listed in lists for command in listed) == Counter(ALL)


def test_every_command_has_an_id_of_its_own() -> None:
    assert repeated_ids(ALL) == []


@pytest.mark.parametrize("where", Where)
def test_no_key_means_two_things_in_one_place(where: Where) -> None:
    assert repeated_keys(ALL, where) == []


def test_no_command_hides_behind_another_of_every_view() -> None:
    assert repeated_keys(ALL, *EVERYWHERE) == []
    assert {command.where for command in COMMANDS} == set(EVERYWHERE)


@pytest.mark.parametrize("planted", ALL, ids=lambda command: command.id)
def test_a_command_with_the_id_or_key_of_another_one_would_be_noticed(planted: Command) -> None:
    listed = (*ALL, replace(planted, keys="f24"), replace(planted, id="planted"))
    assert repeated_ids(listed) == [planted.id]
    assert repeated_keys(listed, planted.where) == planted.keys.split(",")


def test_what_the_help_says_of_tables_is_what_tables_bind() -> None:
    bound = {(binding.id, binding.key, binding.action) for binding in Grid.BINDINGS if isinstance(binding, Binding)}
    assert {(command.id, command.keys, command.action) for command in TABLE_COMMANDS} <= bound


def test_bindings_carry_the_id_they_are_remapped_by() -> None:
    assert {binding.id for where in Where for binding in bindings(where)} == {command.id for command in ALL}


def test_every_command_says_what_it_does() -> None:
    assert all(command.purpose and command.shown and command.name for command in ALL)


@pytest.mark.parametrize(
    ("name", "keys", "shown"),
    [
        ("flush", "ctrl+f", "ctrl+f"),
        ("flush", "F,ctrl+f", "F ctrl+f"),
        ("next-panel", "n,question_mark", "n ?"),
        ("next-panel", "tab,n", "tab n"),
        ("zoom-in", "equals_sign", "="),
        ("help", "question_mark", "?"),
    ],
)
def test_a_command_with_other_keys_is_shown_with_them(name: str, keys: str, shown: str) -> None:
    command = remapped(name, {name: keys})
    assert (command.keys, command.shown) == (keys, shown)


def test_a_command_that_was_given_no_other_keys_stays_as_it_is() -> None:
    assert remapped("zoom-in", {"zoom-out": "x"}) is next(command for command in COMMANDS if command.id == "zoom-in")
