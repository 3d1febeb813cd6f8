"""Begins a life in virtual time: `python -m tests.hostile.day.begin CASE HOURS FILE`."""

import sys
from pathlib import Path

from tests.hostile.day.cases import CASES
from tests.hostile.day.virtual_time import VirtualTime


def main(case: str, hours: str, file: str) -> int:
    """Let virtual time rule before anything is imported that remembers the machine's, and live."""
    virtual = VirtualTime()
    virtual.rule()
    from tests.hostile.day.life import live

    return live(virtual, CASES[case], float(hours), Path(file))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
