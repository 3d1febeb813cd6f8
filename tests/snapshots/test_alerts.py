"""The alerts, and the form of one with its back-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.snapshots.comparing import after
from tests.ui.modals.alerts import book
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from tests.snapshots.comparing import Compare

SMALL, WIDE = (80, 24), (120, 30)


@pytest.fixture
def stage() -> Stage:
    built = Stage()
    book.fill(built.store)
    built.store.cache_id.set(1561)
    return built


def test_list(stage: Stage, snap_compare: Compare) -> None:
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=after("A", "down"))
    assert stage.app.frame_filter.hits == 0


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "120x30"])
def test_form(stage: Stage, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(stage.app, terminal_size=size, run_before=after("A", "e", "tab", "plus"))
    assert stage.app.frame_filter.hits == 0


def test_a_bad_field(stage: Stage, snap_compare: Compare) -> None:
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=after("A", "n", "tab", "8", "0", "0"))
