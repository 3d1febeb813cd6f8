"""What the screen needs before its first frame is light."""

import subprocess
import sys

LIGHT = (
    "base.topic", "base.clock", "base.health", "base.marks", "counters.live_rates", "counters.flushes",
    "series.ratio_scale", "series.series_set", "log.tail", "alerts.outlook", "store",
    "changes.change", "changes.cache_changes", "changes.credential_changes", "changes.alert_changes",
    "changes.prefix_changes", "changes.outcome", "changes.proposal",
)  # fmt: skip
HEAVY = ("pydantic", "httpx", "plotext", "starlette")


def test_the_values_of_the_store_load_nothing_heavy() -> None:
    modules = ", ".join(f"mctop.store.{name}" for name in LIGHT)
    code = f"import {modules}, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
