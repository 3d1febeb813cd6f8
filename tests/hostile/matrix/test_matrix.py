"""A few cells of the matrix; `python -m tests.hostile.matrix` goes through all of them."""

from __future__ import annotations

from tests.contract.documents import DOCUMENTED
from tests.hostile.matrix.cell import Cell, Verdict
from tests.hostile.matrix.faults import FAULTS
from tests.hostile.matrix.operations import OPERATIONS
from tests.hostile.matrix.screens import Screens
from tests.hostile.matrix.sweep import batches, sweep

FEWEST = 60
"""Faults of each operation, at least."""
TAKEN = {
    "stats": ("every value null", "Date year 9999", "204 with a body"),
    "popular_items": ("JSON cut", "hostile text"),
    "credentials": ("lists 100,000 deep", "gzip that is none"),
    "create_alert": ("body []", "reset before headers", "503"),
    "v1_stats": ("5,000 digits",),
}
"""Faults by operation, one of each group."""


def test_the_matrix_has_all_41_operations() -> None:
    assert {operation.place for operation in OPERATIONS} == set(DOCUMENTED)
    assert len(OPERATIONS) == 41


def test_each_operation_meets_at_least_60_faults() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(set(names)) == len(names)
    for operation in OPERATIONS:
        assert sum(len(faults) for _, faults in batches([operation], FAULTS)) >= FEWEST


def test_a_few_cells_are_well() -> None:
    cells: list[Cell] = []
    for name, faults in TAKEN.items():
        operations = [operation for operation in OPERATIONS if operation.name == name]
        sweep(operations, [fault for fault in FAULTS if fault.name in faults], cells.append)
    assert [cell for cell in cells if cell.worst is not Verdict.OK] == []
    assert len(cells) == sum(map(len, TAKEN.values()))


def test_the_program_in_front_shows_hostile_text_and_goes_on() -> None:
    cells: list[Cell] = []
    operations = [operation for operation in OPERATIONS if operation.name == "popular_items"]
    sweep(operations, [fault for fault in FAULTS if fault.name == "hostile text"], cells.append, world=Screens)
    assert [cell.verdicts for cell in cells] == [()]
