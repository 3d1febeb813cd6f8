"""Settings of every test: Hypothesis without time limits, and fewer looks for garbage."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings

settings.register_profile("mctop", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mctop")  # a busy machine is slow; how much a test may take is said by its number of examples


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among the tests: that took a fourth of the time of tests of the screen."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
