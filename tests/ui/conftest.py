"""A stage for every test of the screen; text that came around the gate fails it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def stage() -> Iterator[Stage]:
    built = Stage()
    yield built
    assert built.app.frame_filter.hits == 0
