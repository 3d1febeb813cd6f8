"""The emulator shows what a terminal would, whatever it is sent."""

from tests.pty.emulator import Emulator


def test_half_of_a_wide_sign_that_was_written_over_costs_nothing_else() -> None:
    emulator = Emulator(8, 1)
    emulator.feed("漢字\x1b[1Gx\x1b[6Gyz".encode())
    assert "字" in emulator.lines[0]
    assert emulator.lines[0].endswith("yz")
