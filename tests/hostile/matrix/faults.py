"""The table of faults."""

from tests.hostile.matrix.bodies import BODIES
from tests.hostile.matrix.floods import FLOODS
from tests.hostile.matrix.protocol import PROTOCOL

FAULTS = (*BODIES, *PROTOCOL, *FLOODS)
"""Every fault, the columns of the matrix."""
