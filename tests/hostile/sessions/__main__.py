"""`python -m tests.hostile.sessions [SESSIONS] [SEED] [PROCESSES]`."""

from __future__ import annotations

import sys

from tests.hostile.sessions.sweep import sweep

if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]] + [1_000, 0, 2][len(sys.argv) - 1 :]
    result = sweep(given[0], first=given[1], processes=given[2])
    sys.stdout.write(f"{result}\n")
    sys.exit(0 if result.endswith("none") else 1)
