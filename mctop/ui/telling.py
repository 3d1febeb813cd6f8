"""A change that was sent, in lines: under way, then what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from mctop.store.intents import CreateCredential, RotateSso, SwitchCluster
from mctop.store.outcome import Result
from mctop.ui.badge import GOOD, REFUSED, UNKNOWN, WAITING
from mctop.ui.format import duration
from mctop.ui.outcomes import sentence
from mctop.ui.renderables.runs import Run
from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.store.intents import Intent
    from mctop.store.outcome import Outcome

    Line = tuple[Run, ...]

REVEALED = 15.0
"""Seconds that a secret is shown."""
MASK = "•" * 16
WIDE = 70
"""Columns of what is told."""
STATES = {
    Result.DONE: Run(f"{GOOD.glyph} done", "good"),
    Result.NOT_DONE: Run(f"{REFUSED.glyph} not done", "poor"),
    Result.UNKNOWN: Run(f"{UNKNOWN.glyph} not known", "fair"),
}
NO_RECALL = "It cannot be recalled."
TOLD_THEN = "What comes of it is told wherever you are then."
TOLD: dict[type[Intent], str] = {CreateCredential: "username", SwitchCluster: "cluster"}
"""What the API's words of what was done are."""
SECRETS: dict[type[Intent], str] = {CreateCredential: "password", RotateSso: "SSO secret"}
"""What the secret is."""


def under_way(waited: float, *, warned: bool) -> tuple[Line, ...]:
    """What is said while no answer came for `waited` seconds."""
    waiting = (Run(f"{WAITING.glyph} on its way for {duration(waited)}, no answer yet", "accent"),)
    return (waiting, (), (Run(NO_RECALL, "fair"),), (Run(TOLD_THEN),)) if warned else (waiting,)


def told(
    intent: Intent, outcome: Outcome, *, shown: bool, warned: bool, found: tuple[Line, ...] = (), listed: bool = False
) -> tuple[Line, ...]:
    """What came of it, and what was `found` since, which tells more; the secret only where it is to be `shown`.

    `listed` says that the list of credentials tells passwords.
    """
    lines: list[Line] = [(STATES[outcome.result],), ()]
    lines += [(Run(part),) for part in folded(sentence(intent, outcome))]
    if outcome.told and not found:
        name = TOLD.get(type(intent), "id")
        lines += [(), (Run(f"{name}  ", "muted"), Run(clean(outcome.told, WIDE - 14), "value"))]
    lines += [(), *found] if found else []
    if outcome.secret is None:
        return tuple(lines)
    name, secret = SECRETS.get(type(intent), "secret"), outcome.secret.get_secret_value()
    parts = chop_cells(clean(secret), WIDE - len(name) - 2) if shown else [MASK]
    lines += [(), (Run(f"{name}  ", "muted"), Run(parts[0], "value")), *((Run(part, "value"),) for part in parts[1:])]
    again = listed and isinstance(intent, CreateCredential)
    then = "the list of credentials has it too" if again else "it is lost then" if warned else "it is not shown again"
    said = f"the {name} was neither shown nor copied: {then}" if warned else then
    return (*lines, (), (Run(said, "fair" if warned else "muted"),))


def keys(outcome: Outcome | None, *, shown: bool, warned: bool) -> str:
    """What the keys do now."""
    if outcome is None:
        return "esc again leaves" if warned else "esc leaves it to itself"
    if outcome.secret is None:
        return "esc closes"
    reveal = "hides it" if shown else f"shows it for {duration(REVEALED)}"
    return f"v {reveal} · y copies it · esc {'again closes all the same' if warned else 'closes'}"


def folded(text: str) -> tuple[str, ...]:
    """Clean text in lines of at most WIDE columns, broken between words where that can be."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and cell_len(line) + 1 + cell_len(word) > WIDE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
        *full, line = chop_cells(line, WIDE) or [""]
        lines += full
    return (*lines, line)
