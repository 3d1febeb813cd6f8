"""What tests of the service share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def ask() -> Iterator[Asking]:
    asking = Asking()
    yield asking
    asking.account.close()
