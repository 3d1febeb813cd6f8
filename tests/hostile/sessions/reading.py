"""What a person reads in a dialog that asks: the request, the chosen answer, the words to type."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mctop.ui.modals.change_dialogs import Confirmation
from mctop.ui.modals.help import Text
from mctop.ui.widgets.change_guard import Guard
from tests.hostile.sessions.consent import Asked, Shown

if TYPE_CHECKING:
    from textual.screen import Screen

    from mctop.ui.widgets.line_widget import Lines

METHOD = re.compile(r"(POST|PUT|PATCH|DELETE) /")
CHOSEN = re.compile(r"\[ (\w+) \]")
WORD = re.compile(r"(?:to confirm, type|let in no more; type) (.+)")
UNRECORDED = "it will not be recorded"


def asked(screen: Screen[object]) -> Asked | None:
    """Read the dialog in front; None where there is none that asks."""
    if not isinstance(screen, Confirmation) or not any(guard.pacing.opened for guard in screen.query(Guard)):
        return None
    lines, guard = _lines(screen.query_one(Text)), _lines(screen.query_one(Guard))
    chosen = CHOSEN.search(guard[0])
    words = tuple(found[1] for found in map(WORD.search, guard) if found)
    return Asked(screen, _request(lines), chosen[1] if chosen else "", words)


def _request(lines: tuple[str, ...]) -> Shown:
    """The request, which is told last; a path that has no room in a line goes on in the next."""
    start = max(number for number, line in enumerate(lines) if METHOD.match(line))
    said = [line for line in lines[start:] if not line.startswith(UNRECORDED)]
    body = next((number for number, line in enumerate(said) if line[:1] in "{["), len(said))
    method, path = "".join(said[:body]).split(" ", 1)
    return Shown(method, path, json.loads("".join(said[body:])) if said[body:] else None)


def _lines(widget: Lines) -> tuple[str, ...]:
    return tuple("".join(run.text for run in line) for line in widget.lines(*widget.size))
