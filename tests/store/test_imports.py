"""What the screen needs before its first frame is light."""

import subprocess
import sys

LIGHT = (
    "topic", "clock", "health", "rates", "ratio", "seriesset", "logtail", "marks", "alerting", "store",
    "intents", "outcome", "proposal", "permission", "binding", "recovery",
)  # fmt: skip
HEAVY = ("pydantic", "httpx", "plotext", "starlette")


def test_the_values_of_the_store_load_nothing_heavy() -> None:
    modules = ", ".join(f"mctop.store.{name}" for name in LIGHT)
    code = f"import {modules}, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
