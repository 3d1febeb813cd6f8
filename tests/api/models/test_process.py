"""Whether a server started between two looks."""

from dataclasses import dataclass

import pytest

from mctop.api.models.process import has_restarted


@dataclass(frozen=True)
class Run:
    """What a server tells of its process."""

    pid: int | None
    uptime: int | None


@pytest.mark.parametrize(
    ("before", "after", "elapsed", "said"),
    [
        (Run(1, 100), Run(1, 105), 5, False),
        (Run(1, 100), Run(2, 3), 5, True),
        (Run(1, 100), Run(1, 3), 5, True),
        (Run(1, 3), Run(1, 200), 900, True),
        (Run(1, 3), Run(1, 7), 5, False),
        (Run(1, None), Run(1, None), 5, None),
        (Run(1, None), Run(2, None), 5, True),
        (Run(None, None), Run(None, None), 5, None),
        (Run(None, 100), Run(None, 105), 5, False),
    ],
)
def test_a_restart_is_judged_by_pid_and_uptime_and_not_known_without(
    before: Run, after: Run, elapsed: float, said: bool | None
) -> None:
    assert has_restarted(before, after, elapsed) is said
