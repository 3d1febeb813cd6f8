"""`python -m tests.hostile.matrix [OPERATION...] [--faults NAME...]` prints operations × faults, and each trouble."""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import signal
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from tests.hostile.matrix.cell import Cell, Verdict, World
from tests.hostile.matrix.faults import FAULTS
from tests.hostile.matrix.operations import OPERATIONS
from tests.hostile.matrix.screens import Screens
from tests.hostile.matrix.sweep import sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.hostile.matrix.fault import Fault
    from tests.hostile.matrix.operations import Operation


PROGRESS = 250
"""Cells after which it is said how far it is."""


def chosen(names: Iterable[str], patterns: Sequence[str]) -> set[str]:
    """The names that fit a pattern, `*` being anything; all of them without patterns."""
    return {name for name in names if not patterns or any(fnmatch.fnmatchcase(name, each) for each in patterns)}


def table(operations: Sequence[Operation], faults: Sequence[Fault], cells: Iterable[Cell]) -> str:
    """A line for each fault, a letter for each operation, and the legend."""
    letters = {(cell.operation, cell.fault): cell.worst.value for cell in cells}
    width = max(len(fault.name) for fault in faults)
    lines = [f"{number:2} {operation.name}" for number, operation in enumerate(operations, 1)]
    columns = 4
    height = -(-len(lines) // columns)
    legend = ["".join(f"{each:26}" for each in lines[start::height]).rstrip() for start in range(height)]
    heads = ["".join(f"{number:02}"[digit] for number in range(1, len(operations) + 1)) for digit in (0, 1)]
    body = [
        f"{fault.name:{width}} {''.join(letters.get((each.name, fault.name), ' ') for each in operations)}"
        for fault in faults
    ]
    signs = "  ".join(f"{verdict.value} {verdict.name.lower().replace('_', ' ')}" for verdict in Verdict)
    return "\n".join([*legend, "", *(" " * (width + 1) + head for head in heads), *body, "", signs])


def totals(cells: Sequence[Cell]) -> str:
    """How many cells there are of each verdict, and the largest figures."""
    counts = Counter(cell.worst for cell in cells)
    parts = [
        f"{counts[verdict]:,} {verdict.name.lower().replace('_', ' ')}"
        for verdict in reversed(Verdict)
        if counts[verdict]
    ]
    frozen, size = max(cell.frozen for cell in cells), max(cell.mebibytes for cell in cells)
    return f"{len(cells):,} cells: {', '.join(parts)}; longest held {frozen:.2f} s, most memory {size:.0f} MiB more"


def main(arguments: Sequence[str] | None = None) -> int:
    """Go through the cells that are asked for; 1 if any is not well."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.matrix", description=__doc__)
    parser.add_argument("operations", nargs="*", metavar="OPERATION", help="names or patterns; all by default")
    parser.add_argument("--faults", nargs="*", default=[], metavar="NAME", help="names or patterns; all by default")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--screens", action="store_true", help="with the whole program in front")
    options = parser.parse_args(arguments)
    world = Screens if options.screens else World
    names = chosen((each.name for each in OPERATIONS), options.operations)
    operations = [each for each in OPERATIONS if each.name in names]
    names = chosen((each.name for each in FAULTS), options.faults)
    faults = [each for each in FAULTS if each.name in names]
    if not operations or not faults:
        parser.error(f"no such operation or fault; faults are {', '.join(each.name for each in FAULTS)}")
    start, cells = time.monotonic(), list[Cell]()

    def tell(cell: Cell) -> None:
        cells.append(cell)
        if cell.verdicts:
            _say(f"{cell.operation} × {cell.fault}: {'; '.join(cell.details)}")
        if len(cells) % PROGRESS == 0:
            _say(f"{len(cells):,} cells after {time.monotonic() - start:.0f} s")

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):  # what was gone through is worth a table too
        sweep(operations, faults, tell, processes=options.processes, world=world)
    _say("\n" + table(operations, faults, cells))
    _say(f"\n{totals(cells)}; {len(operations)} operations, {len(faults)} faults, {time.monotonic() - start:.0f} s")
    return int(any(cell.verdicts for cell in cells))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
