"""A moment at which every test begins, so that the hour and the minute it is run in change nothing."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from mctop.api.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVENING = 1_795_380_025.0
"""A Sunday, 20:40:25Z, when the simulated shop is busy."""


@contextmanager
def in_the_evening() -> Iterator[Callable[[], float]]:
    """Let this process's clock go on from that moment, and tell it: the service's and the dashboard's are one.

    Nothing is injected, because the dashboard is joined as it is for a person; the transport took hold of the clock
    when it was imported.
    """
    machine, ahead = time.time, EVENING - time.time()

    def clock() -> float:
        return machine() + ahead

    with patch.object(time, "time", clock), patch.dict(Transport.__init__.__kwdefaults__ or {}, wall=clock):
        yield clock
