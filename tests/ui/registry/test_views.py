"""The registry of views."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from mctop.ui.registry.views import VIEWS, View, view
from mctop.ui.screens.base import FramedScreen


@pytest.mark.parametrize("one", VIEWS, ids=lambda one: one.name)
def test_each_view_has_a_screen_that_calls_itself_by_its_name(one: View) -> None:
    screen = one.load()
    assert issubclass(screen, FramedScreen)
    assert one.name == screen.VIEW


def test_no_two_views_share_a_key_or_a_name() -> None:
    assert max(Counter(one.key for one in VIEWS).values()) == 1
    assert [view(one.name) for one in VIEWS] == list(VIEWS)


def test_the_list_of_views_imports_none_of_them() -> None:
    screens = "[name for name in sys.modules if name.startswith('mctop.ui.screens')]"
    code = f"import sys, mctop.ui.registry.views; print({screens})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
