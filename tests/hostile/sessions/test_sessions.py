"""A few random sessions; `python -m tests.hostile.sessions` goes through a thousand."""

from __future__ import annotations

from hypothesis.stateful import run_state_machine_as_test

from tests.hostile.sessions.machine import Sessions
from tests.hostile.sessions.sweep import random_settings

A_FEW = 4


def test_no_session_sends_what_nobody_agreed_to_and_nothing_twice() -> None:
    Sessions.tally.clear()
    run_state_machine_as_test(Sessions, settings=random_settings(A_FEW, steps=7, same=True))
    tally = Sessions.tally
    assert tally["sent"] > 0, "sessions that send nothing prove nothing"
    assert tally["sent"] <= tally["agreed"]
