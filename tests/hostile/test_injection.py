"""A session that is spoilt at one of its awaits: nothing hangs, nothing is sent twice, and no exception is lost."""

from pathlib import Path

import pytest

from tests.hostile.injection import Fault, Trial, trial

AWAITS = 300
"""As many as the session has, and some more; a change of the program may move them."""


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("at", range(1, AWAITS, 11))
async def test_whatever_happens_at_an_await_is_neither_lost_nor_done_twice(
    tmp_path: Path, fault: Fault, at: int
) -> None:
    done: Trial = await trial(fault, at, tmp_path)
    assert done.trouble == ""
