"""A change that was sent, in lines: under way, then what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from mctop.store.intents import CreateCredential, RotateSso, SwitchCluster
from mctop.store.outcome import Result
from mctop.ui.badge import GOOD, REFUSED, UNKNOWN
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
TOLD: dict[type[Intent], str] = {CreateCredential: "username", SwitchCluster: "cluster"}
"""What the API's words of what was done are."""
SECRETS: dict[type[Intent], str] = {CreateCredential: "password", RotateSso: "SSO secret"}
"""What the secret is."""


def under_way(waited: float, *, warned: bool) -> tuple[Line, ...]:
    """What is said while no answer came for `waited` seconds."""
    lines: tuple[Line, ...] = ((Run(f"sent {duration(waited)} ago, no answer yet", "accent"),), ())
    if not warned:
        return (*lines, (Run("esc leaves it to itself", "muted"),))
    recalled = "It was sent and cannot be recalled."
    return (*lines, (Run(recalled, "fair"),), (Run("esc again leaves; what comes of it is told then", "muted"),))


def told(
    intent: Intent, outcome: Outcome, *, shown: bool, warned: bool, found: tuple[Line, ...] = ()
) -> tuple[Line, ...]:
    """What came of it, and what was `found` since; the secret only where it is to be `shown`."""
    lines: list[Line] = [(STATES[outcome.result],), ()]
    lines += [(Run(part),) for part in folded(sentence(intent, outcome))]
    if outcome.told:
        name = TOLD.get(type(intent), "the API says")
        lines += [(), (Run(f"{name}  ", "muted"), Run(clean(outcome.told, WIDE - 14), "value"))]
    lines += [(), *found] if found else []
    if outcome.secret is None:
        return (*lines, (), (Run("esc closes", "muted"),))
    name, secret = SECRETS.get(type(intent), "secret"), outcome.secret.get_secret_value()
    parts = chop_cells(clean(secret), WIDE - len(name) - 2) if shown else [MASK]
    lines += [(), (Run(f"{name}  ", "muted"), Run(parts[0], "value")), *((Run(part, "value"),) for part in parts[1:])]
    if warned:
        lines += [
            (Run(part, "fair"),) for part in folded(f"The {name} was neither shown nor copied, and is lost then.")
        ]
        return (*lines, (), (Run("v shows it · y copies it · esc again closes all the same", "muted"),))
    keys = f"v {'hides it' if shown else f'shows it for {duration(REVEALED)}'} · y copies it · esc closes"
    return (*lines, (), (Run(f"{keys}; it is not shown again", "muted"),))


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
