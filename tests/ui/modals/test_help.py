"""The help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.modals.help import help_lines
from mctop.ui.registry.commands import COMMANDS, TABLE_COMMANDS
from tests.ui.stage import ready

if TYPE_CHECKING:
    from tests.ui.stage import Stage


def test_the_help_lists_every_command_once() -> None:
    lines = ["".join(run.text for run in line) for line in help_lines((*COMMANDS, *TABLE_COMMANDS))]
    for command in (*COMMANDS, *TABLE_COMMANDS):
        assert sum(line.endswith(f" {command.purpose}") and line.startswith(command.shown) for line in lines) == 1


def test_every_line_fits_80_columns() -> None:
    assert max(sum(len(run.text) for run in line) for line in help_lines((*COMMANDS, *TABLE_COMMANDS))) <= 72


def test_the_path_of_the_audit_log_comes_last_whole_and_clean() -> None:
    path = "/home/ann/" + "deep/" * 20 + "mctop/audit.jsonl\x1b"
    lines = ["".join(run.text for run in line) for line in help_lines((*COMMANDS,), path)]
    heading = lines.index("Every change is recorded in")
    assert "".join(lines[heading + 1 :]) == path.replace("\x1b", "^[")
    assert max(map(len, lines[heading:])) <= 72


async def test_what_has_no_room_is_scrolled_to(stage: Stage) -> None:
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        box = stage.app.screen.query_one("#box")
        await pilot.press("j", "j", "k", "down")
        await pilot.pause()
        assert box.scroll_offset.y == 2
