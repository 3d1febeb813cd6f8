"""What is asked before a prefix is watched or unwatched, and what is said of what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.outcome import Result
from mctop.ui.renderables.runs import Run
from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.store.outcome import Outcome

READ_ONLY = "read-only: mctop changes nothing · start it without --read-only to watch prefixes"
NOT_CONNECTED = "not connected yet: nothing can be changed"
LONGEST = 60
"""Columns of a prefix in a question or an answer, at most."""


def question(name: str, *, watch: bool) -> tuple[tuple[Run, ...], ...]:
    """What is about to be done to the prefix `name`, which is raw."""
    shown = Run(clean(name, LONGEST), "value")
    if watch:
        return (
            (Run("Watch "), shown, Run("?")),
            (Run("The API collects statistics for its keys from then on.", "muted"),),
        )
    return (
        (Run("Stop watching "), shown, Run("?")),
        (Run("The statistics that were collected for it may be lost.", "muted"),),
    )


def answer(name: str, outcome: Outcome, *, watch: bool) -> str:
    """What came of it, in clean words; a refusal in the server's own."""
    shown, words = clean(name, LONGEST), clean(outcome.words, 200)
    verb = "watched" if watch else "unwatched"
    state = {True: "is watched", False: "is not watched"}
    match outcome.result:
        case Result.DONE if outcome.read_back:
            return f"no clear answer came ({words}), but {shown} {state[watch]} now"
        case Result.DONE:
            return f"{shown} {state[watch]} now" + ("; its statistics come within a minute" if watch else "")
        case Result.NOT_DONE if outcome.read_back:
            return f"no clear answer came ({words}), and {shown} {state[not watch]}: try again"
        case Result.NOT_DONE:
            return f"{shown} was not {verb}: {words}"
        case _:
            told = f"no clear answer came ({words}), and none now; r looks again"
            return f"whether {shown} was {verb} is not known: {told}"
