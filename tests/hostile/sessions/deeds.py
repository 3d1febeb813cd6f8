"""What somebody may do in a session: keys, ways to a dialog, ways to answer it; and what may go wrong meanwhile."""

from __future__ import annotations

from mctop.service.http.faults import Fault
from mctop.ui.registry.commands import ALL
from tests.hostile.sessions.consent import WEBHOOK

EVERY_KEY = sorted({key for command in ALL for key in command.keys.split(",")} - {"ctrl+c", "q"})
KEYS = (*EVERY_KEY, *("enter", "right", "left", "tab", "escape", "space", "backspace", "down") * 6, "x", "q", "ctrl+c")
"""Every key that does anything, those more often that do something in a dialog, and now and then one that ends it."""
PACES = (0.0, 0.02, 0.12, 0.34)
"""Seconds between two keys: a stream, a key that is held, a hand, and a hand that has rested."""
RESTED, TYPING = 0.34, 0.12

TEXT = "'"
WAYS: tuple[tuple[str, ...], ...] = (
    ("C", "n"), ("F",), ("a", "enter"), ("a", "down", "enter"), ("a", "down", "down", "enter"), ("C", "G", "p"),
    ("C", "G", "d"), ("C", "d"), ("C", "G", "e", "space", "enter"), ("C", "e", "down", "down", "space", "enter"),
    ("A", "space"), ("A", "d"), ("A", "tab", "d"), ("A", "n", "enter"), ("A", "e", "tab", "plus", "enter"),
    ("A", "N", "'on@call.com", "enter"), ("A", "N", "right", "tab", f"'{WEBHOOK}x", "tab", "'#ops", "enter"),
    ("5", "w"), ("5", "u"), ("5", "enter", "u"),
)  # fmt: skip
"""Keys that lead from a view to a dialog that asks; what begins with ' is typed in one go."""

ANSWERS = (
    "properly", "hastily", "at once", "in a stream", "by pasting", "by clicking", "holding enter",
    "too late", "wrongly", "twice", "moving on", "half pasted", "with the wrong answer",
)  # fmt: skip
"""How somebody answers."""

FAULTS = {
    "slow": Fault(latency=0.2),
    "too slow": Fault(latency=0.8),
    "black hole": Fault(black_hole=True),
    "500": Fault(status=500, body=b"oops"),
    "503": Fault(status=503, retry_after="1", body=b"later"),
    "429": Fault(status=429, retry_after="1", body=b"slower"),
    "403": Fault(status=403, body=b"no"),
    "cut": Fault(cut=0.5),
    "nonsense": Fault(body=b"[[["),
    "another answer": Fault(body=b"{}"),
}
"""What the service does wrong."""
PLACES = ("*", "*/stats", "*/info", "*/credentials*", "*/alerts*", "*/flush", "*_*")
SIZES = ((120, 30), (80, 24), (160, 48), (40, 10), (20, 5), (1, 1), (200, 60))
PASTES = ("shop", "shop\n", "\r", "lock me out", "y\n", "F", "shop\r\r\r", "\x1b[C\r")
