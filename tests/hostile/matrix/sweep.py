"""Many cells over processes: each session in its own, with a lying server of its own, watched from outside."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.matrix.cell import Cell, Verdict, World, cells
from tests.hostile.matrix.server import Control, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from tests.hostile.matrix.fault import Fault
    from tests.hostile.matrix.operations import Operation

HELD = 10.0
"""Seconds of the processor without a beat of the loop after which a process is ended."""
LONGEST = 120.0
"""Real seconds after which a cell is given up whose loop still beats."""
MOST = 1_024 * 2**20
"""Bytes at which a process is ended, before the machine suffers."""
LOOK = 0.02
"""Seconds between two looks at the processes."""
PAGE = os.sysconf("SC_PAGE_SIZE")
FORK = multiprocessing.get_context("fork")

Batch = tuple["Operation", tuple["Fault", ...]]
"""Cells that are gone through in one session."""


def session(control: Control, batch: Batch, results: Connection, world: type[World]) -> None:
    """The work of a process: go through cells, and send each."""
    while not control.get("port"):
        time.sleep(0.001)

    async def run() -> None:
        operation, faults = batch
        patient = any(fault.heavy for fault in faults)
        await cells(world(control, operation, patient=patient), operation, faults, results.send)

    asyncio.run(run())


class Worker:
    """A process that goes through a batch, and the server that lies to it."""

    def __init__(self, batch: Batch, world: type[World]) -> None:
        self._operation, self._faults = batch
        control = self._control = Control(FORK)  # held, for its memory is free for another once it is not
        self._results, sending = FORK.Pipe(duplex=False)
        self._server = FORK.Process(target=serve, args=(control,), daemon=True)
        self._process = FORK.Process(target=session, args=(control, batch, sending, world), daemon=True)
        self._server.start()
        self._process.start()
        sending.close()
        self._heard = time.monotonic()
        self._beats = 0
        self._worked = 0.0

    def look(self) -> tuple[list[Cell], bool]:
        """The cells that have come, and whether the process is over; `rest` is then left to do in another one."""
        came = self._take()
        trouble = self._overdue() if self._process.is_alive() else None
        if self._process.is_alive() and trouble is None:
            return came, False
        if trouble is not None:
            self._process.kill()
        self._process.join()
        came += self._take()
        if trouble is None and self._process.exitcode != 0:
            trouble = Verdict.CRASH, f"the process ended with {self._process.exitcode}"
        if trouble is not None and self._faults:
            verdict, words = trouble
            came.append(Cell(self._operation.name, self._faults[0].name, (verdict,), (f"{verdict.name}: {words}",)))
            self._faults = self._faults[1:]
        self.close()
        return came, True

    @property
    def rest(self) -> Batch | None:
        """What is not gone through yet."""
        return (self._operation, self._faults) if self._faults else None

    def close(self) -> None:
        """End both processes."""
        for process in (self._process, self._server):
            process.kill()
            process.join()
        self._results.close()

    def _take(self) -> list[Cell]:
        came: list[Cell] = []
        try:
            while self._results.poll():
                came.append(self._results.recv())
        except EOFError:
            pass
        if came:
            self._heard = time.monotonic()
            self._faults = self._faults[len(came) :]
        return came

    def _processor(self) -> float:
        """Seconds for which the process has run."""
        try:
            return int(Path(f"/proc/{self._process.pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
        except (OSError, IndexError):
            return 0.0

    def _overdue(self) -> tuple[Verdict, str] | None:
        """Why the process must be ended."""
        now, beats = time.monotonic(), self._control.get("beats")
        if beats != self._beats or not beats:
            self._beats = beats
            self._worked = self._processor()
        if self._processor() - self._worked > HELD:
            return Verdict.FROZEN, f"the loop was held for over {HELD:g} s"
        if now - self._heard > LONGEST:
            return Verdict.UNPROVED, f"no end after {LONGEST:g} s"
        try:
            size = int(Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE
        except (OSError, IndexError):
            return None
        return (Verdict.MEMORY, f"over {MOST >> 20} MiB") if size > MOST else None


def batches(operations: Sequence[Operation], faults: Sequence[Fault]) -> list[Batch]:
    """All cells: what is heavy, or asked once in a session, each by itself."""
    made: list[Batch] = []
    for operation in operations:
        fitting = [fault for fault in faults if not fault.of_rows or operation.change is None]
        alone = [fault for fault in fitting if fault.heavy or operation.at_first]
        together = tuple(fault for fault in fitting if fault not in alone)
        made += [(operation, together)] if together else []
        made += [(operation, (fault,)) for fault in alone]
    return made


def sweep(
    operations: Sequence[Operation],
    faults: Sequence[Fault],
    tell: Callable[[Cell], None],
    *,
    processes: int = 2,
    world: type[World] = World,
) -> None:
    """Go through every cell, and tell each; a `world` is what the answers meet."""
    waiting, workers = deque(batches(operations, faults)), list[Worker]()
    try:
        while waiting or workers:
            while waiting and len(workers) < processes:
                workers.append(Worker(waiting.popleft(), world))
            for worker in tuple(workers):
                came, over = worker.look()
                for cell in came:
                    tell(cell)
                if over:
                    workers.remove(worker)
                    if (rest := worker.rest) is not None:
                        waiting.appendleft(rest)
            time.sleep(LOOK)
    finally:
        for worker in workers:
            worker.close()
