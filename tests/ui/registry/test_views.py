"""The registry of views."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from inspect import isfunction
from pathlib import Path

import pytest

from mctop.ui.app.navigation import load
from mctop.ui.registry import views
from mctop.ui.registry.views import VIEWS, Page, View, view
from mctop.ui.screens import base
from mctop.ui.screens.base import FramedScreen

SCREENS = Path(base.__file__).parent
PAGES = {name: declared for name, declared in vars(views).items() if isinstance(declared, Page)}
DEEPEST = 3
"""Classes of ours from the base to a view."""
MOST = 40
"""Methods of ours over the whole line of a view; one that is overridden counts each time."""


@pytest.mark.parametrize("declared", VIEWS, ids=lambda declared: declared.name)
def test_each_view_has_a_screen_that_calls_itself_by_its_name(declared: View) -> None:
    screen = load(declared.screen)
    assert issubclass(screen, FramedScreen)
    assert declared.name == screen.VIEW


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lies_above_a_view(page: str) -> None:
    screen = load(PAGES[page].screen)
    assert issubclass(screen, FramedScreen)
    assert view(screen.VIEW)


def ours(screen: type) -> list[type]:
    """The classes of a line that are no part of Textual, the nearest first."""
    return [base for base in screen.__mro__ if base.__module__.startswith("mctop.")]


def methods(base: type) -> list[str]:
    """The methods and properties that a class has itself."""
    return [name for name, value in vars(base).items() if isfunction(value) or isinstance(value, property)]


@pytest.mark.parametrize("screen", [*(v.screen for v in VIEWS), *(page.screen for page in PAGES.values())])
def test_no_view_is_a_tower_of_classes(screen: str) -> None:
    line = ours(load(screen))
    assert len(line) <= DEEPEST
    assert sum(len(methods(base)) for base in line) <= MOST


def imported(module: Path) -> set[str]:
    """The modules that a module imports, anywhere in it and for types too."""
    nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    return {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module is not None}


def test_no_view_imports_another_one() -> None:
    rooms = {folder.name for folder in SCREENS.iterdir() if folder.is_dir()} - {"shared", "__pycache__"}
    pairs = {
        (module.parent.name, other)
        for room in rooms
        for module in (SCREENS / room).glob("*.py")
        for other in rooms - {room}
        if any(name.startswith(f"mctop.ui.screens.{other}.") for name in imported(module))
    }
    assert len(rooms) >= len(VIEWS)
    assert pairs <= {("keypage", "keys")}, "a key's page ranks keys as the Keys do; nothing else is shared"


def test_no_two_views_share_a_key_or_a_name() -> None:
    assert max(Counter(declared.key for declared in VIEWS).values()) == 1
    assert [view(declared.name) for declared in VIEWS] == list(VIEWS)


def test_the_list_of_views_imports_none_of_them() -> None:
    screens = "[name for name in sys.modules if name.startswith('mctop.ui.screens')]"
    code = f"import sys, mctop.ui.registry.views; print({screens})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
