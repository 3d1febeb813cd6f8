"""The scenarios by name; imports nothing, so that the command line can list them."""

from __future__ import annotations

SCENARIOS = (
    "steady",
    "flush",
    "eviction-storm",
    "stampede",
    "rename",
    "ttl-cliff",
    "slow-server",
    "hot-key",
    "never-stored",
    "restart",
)
