"""Many random sessions: in batches, each of which can be had again by its seed, over several processes."""

from __future__ import annotations

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hostile.sessions.machine import Sessions

BATCH = 25
"""Sessions of one seed."""
STEPS = 14
"""Deeds of a session, at most."""


def random_settings(sessions: int, *, steps: int = STEPS, same: bool = False) -> settings:
    """So many sessions, the `same` each time or others; one that fails is not made smaller: time has its part in it."""
    return settings(
        max_examples=sessions, stateful_step_count=steps, deadline=None, database=None, derandomize=same,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),  # a session lasts a second: it is a real one
    )  # fmt: skip


def batch(number: int, sessions: int) -> Counter[str]:
    """Go through the sessions of a seed, and count; raise what was found."""
    Sessions.tally.clear()
    run_state_machine_as_test(seed(number)(Sessions), settings=random_settings(sessions))
    return Counter(Sessions.tally)


def sweep(sessions: int, *, first: int = 0, processes: int = 2) -> str:
    """Go through so many sessions from a seed on, telling how far it is; the figures, and what was found."""
    start, total, found = time.monotonic(), Counter[str](), []
    with ProcessPoolExecutor(processes, get_context("spawn"), max_tasks_per_child=1) as pool:
        seeds = range(first, first + max(1, sessions // BATCH))
        running = {pool.submit(batch, number, min(sessions, BATCH)): number for number in seeds}
        for done in as_completed(running):
            if (error := done.exception()) is None:
                total += done.result()
            else:
                found.append(running[done])
                _say(f"seed {running[done]}: {error!r}\n" + "\n".join(getattr(error, "__notes__", ())))
            seconds = time.monotonic() - start
            _say(f"seed {running[done]}: {total['sessions']} sessions in {seconds:.0f} s, {total['agreed']} agreed to, "
                 f"{total['sent']} sent")  # fmt: skip
    return f"{dict(total)}; seeds that found something: {found or 'none'}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
