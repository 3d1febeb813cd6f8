"""The hardened app, without a terminal: what it offers, and what of Textual it leans on."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import constants, driver
from textual._xterm_parser import _MAX_SEQUENCE_SEARCH_THRESHOLD, XTermParser
from textual.app import App
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.widget import MountError
from textual.widgets import Static
from textual.worker import WorkerFailed

import mctop.ui
from mctop.ui.terminal import HardenedApp
from mctop.ui.terminal.keyboard import _LONGEST_KNOWN

if TYPE_CHECKING:
    from textual.app import ComposeResult

UI = Path(mctop.ui.__file__).parent
SIGNATURES = {
    "_begin_update": "(self) -> 'None'",
    "_end_update": "(self) -> 'None'",
    "_fatal_error": "(self) -> 'None'",
    "_close_messages_no_wait": "(self) -> 'None'",
    "_handle_exception": "(self, error: 'Exception') -> 'None'",
    "_set_pointer_shape": "(self, shape: 'str') -> 'None'",
    "panic": "(self, *renderables: 'RenderableType') -> 'None'",
}


async def test_what_is_missing_once_the_end_has_begun_is_no_failure_but_any_other_exception_is() -> None:
    app, missing = HardenedApp(), (NoScreen("gone"), MountError("not yet"), WorkerFailed(NoMatches("gone")))
    async with app.run_test():
        assert not any(app.expects(error) for error in missing)
        app.exit()
        assert all(app.expects(error) for error in missing)
        assert not app.expects(ValueError("a fault"))


async def test_whatever_breaks_when_the_terminal_is_gone_is_no_failure() -> None:
    app = HardenedApp()
    async with app.run_test():
        app.terminal_gone()
        assert app.expects(ValueError("anything"))


@pytest.mark.parametrize("name", SIGNATURES)
def test_the_private_hook_that_is_leaned_on_is_there_as_it_was(name: str) -> None:
    assert str(inspect.signature(getattr(App, name))) == SIGNATURES[name]


@pytest.mark.parametrize(
    ("caller", "hook"),
    [
        ("_display", "self._begin_update()"),
        ("_display", "self._end_update()"),
        ("_display", "self._driver.write(terminal_sequence)"),
        ("_handle_exception", "self._fatal_error()"),
        ("_handle_exception", "self._exception = error"),
        ("_handle_exception", "self.panic(error)"),
        ("_on_terminal_supports_synchronized_output", "self._sync_available = True"),
        ("_shutdown", "driver.disable_input()"),
        ("_shutdown", "self._driver.close()"),
        ("_build_driver", "self._driver = driver_class("),
    ],
)
def test_textual_still_calls_the_hook_from_where_it_did(caller: str, hook: str) -> None:
    assert hook in inspect.getsource(getattr(App, caller))


def test_the_parser_still_has_what_the_keyboard_uses() -> None:
    parser = XTermParser()
    assert (parser.last_x, parser.last_y) == (0, 0)
    assert _MAX_SEQUENCE_SEARCH_THRESHOLD == _LONGEST_KNOWN


def test_the_driver_still_asks_for_nothing_that_is_not_provided() -> None:
    assert driver.Driver.__abstractmethods__ == {
        "write",
        "start_application_mode",
        "disable_input",
        "stop_application_mode",
    }
    assert isinstance(constants.DISABLE_KITTY_KEY, bool)


def test_only_one_module_imports_what_textual_keeps_private() -> None:
    private = {
        path.name
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("textual")
        and "._" in (node.module or "")
    }
    assert private == {"textual_private.py"}


async def test_the_palette_offers_the_theme_and_no_screenshot() -> None:
    app = HardenedApp()
    async with app.run_test():
        assert [command.title for command in app.get_system_commands(app.screen)] == ["Theme"]


async def test_text_that_came_around_the_gate_is_counted() -> None:
    class Careless(HardenedApp):
        def compose(self) -> ComposeResult:
            yield Static("key \x1b[2J", markup=False)

    app = Careless()
    async with app.run_test():
        assert app.frame_filter.hits > 0
