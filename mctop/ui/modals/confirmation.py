"""Asks whether to carry out a proposal: what it acts on, what is known of it, the exact request, and the guard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from rich.cells import chop_cells
from textual.binding import Binding, BindingType
from textual.content import Content

from mctop.store.binding import loosened
from mctop.store.intents import Tier
from mctop.store.permission import locks_out
from mctop.ui.format import duration
from mctop.ui.modals.dialog import Dialog
from mctop.ui.modals.help import Text
from mctop.ui.renderables.runs import Run
from mctop.ui.telling import folded
from mctop.ui.text import clean
from mctop.ui.widgets.answers import Answers
from mctop.ui.widgets.typedwords import TypedWords, Word

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.clock import Clock
    from mctop.store.proposal import Proposal, Request
    from mctop.store.store import Store
    from mctop.ui.text import Clean
    from mctop.ui.widgets.guard import Guard

    Line = tuple[Run, ...]

EXPIRES = 60.0
"""Seconds after which nobody seems to be there."""
LOOKS = 0.25
"""Seconds between two looks at whether it still holds."""
WIDE = 70
"""Columns of the request, at most."""
LONGEST = 40
"""Characters of a word that is to be typed, at most."""
UNRECORDED = "! it will not be recorded, as the audit log cannot be written"
LOCK_OUT = "lock me out"
"""What is typed besides, where mctop itself is let in no more afterwards."""


class Confirmation(Dialog[bool]):
    """Answers True where the proposal shall be carried out. It closes by itself when what it is bound to changes."""

    DEFAULT_CSS = """
    Confirmation > #box { border-title-color: $text-warning; }
    """
    AUTO_FOCUS = "Guard"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,pagedown", "scroll(3)", "Down", show=False, id="confirmation.down"),
        Binding("up,pageup", "scroll(-3)", "Up", show=False, id="confirmation.up"),
    ]

    def __init__(self, proposal: Proposal, store: Store, clock: Clock, facts: tuple[Line, ...], cache: Clean) -> None:
        super().__init__(proposal.intent.TITLE)
        self.proposal = proposal
        self._store = store
        self._clock = clock
        self._opened = clock.monotonic()
        self._facts = facts
        self._cache = cache

    def compose_body(self) -> ComposeResult:
        """What is about to be done, and the guard."""
        yield Text(described(self.proposal, self._facts, self._cache))
        yield self._guard()

    def on_mount(self) -> None:
        """Keep the keys where they are, and look again and again whether it still holds."""
        box = self.query_one("#box")
        box.can_focus = False
        box.border_subtitle = Content(f"esc cancels · closes by itself in {duration(EXPIRES)}")
        self.set_interval(LOOKS, self.tick)

    def tick(self) -> None:
        """Close if it no longer holds, or if nobody answers."""
        if not self.is_current:
            return
        why = loosened(self.proposal, self._store)
        if why is None and self._clock.monotonic() - self._opened >= EXPIRES:
            why = f"no answer for {duration(EXPIRES)}"
        if why is not None:
            self.notify(f"{why}: nothing was sent", severity="warning", markup=False, timeout=8)
            self.dismiss(None)

    def on_guard_given(self, message: Guard.Given) -> None:
        """Answer, if what was asked still holds."""
        self.tick()
        if self.is_current:
            self.dismiss(message.yes)

    def _guard(self) -> Guard:
        intent = self.proposal.intent
        words = [Word("to confirm, type", word(self.proposal))] if intent.TIER is Tier.TYPE else []
        if locks_out(intent, self._store):
            words.append(Word("mctop uses this itself and is let in no more; type", LOCK_OUT))
        return TypedWords(tuple(words), self._clock) if words else Answers(intent.VERB, self._clock)


def word(proposal: Proposal) -> str:
    """What must be typed: what it acts on by name, or the id of the cache where the name cannot be typed as it is."""
    name = proposal.intent.subject or proposal.label
    typable = name.isascii() and name.isprintable() and name == name.strip() and 0 < len(name) <= LONGEST
    return name if typable else str(proposal.cache_id)


def described(proposal: Proposal, facts: tuple[Line, ...], cache: Clean) -> tuple[Line, ...]:
    """The cache by the name it has here, its id, and its label where that differs; what is acted on; the request."""
    label, by_id = clean(proposal.label, LONGEST), f"cache {proposal.cache_id}"
    more = [by_id] if cache != by_id else []
    more += [f"label {label}"] if label and label != cache else []
    lines: list[Line] = [(Run(cache, "value"), *(Run(f" · {one}", "muted") for one in more))]
    if proposal.intent.subject:
        lines.append((Run(clean(proposal.intent.subject, WIDE), "value"),))
    lines += [(), *facts] if facts else []
    if proposal.unrecorded:
        unrecorded = folded(f"{UNRECORDED}: {clean(proposal.unrecorded, WIDE)}")
        lines += [(), *((Run(part, "fair"),) for part in unrecorded)]
    return (*lines, (), *requested(proposal.request))


def requested(request: Request) -> tuple[Line, ...]:
    """A request, all of it, in lines that have room."""
    head = [Run(f"{request.method} ", "accent"), Run("")]
    path, *more = chop_cells(clean(request.path), WIDE - len(request.method) - 1)
    head[1] = Run(path)
    lines: list[Line] = [tuple(head), *((Run(part),) for part in more)]
    body = _pretty(request.body).splitlines() if request.body else []
    return (*lines, *((Run(part, "muted"),) for line in body for part in chop_cells(clean(line, 4_096), WIDE)))


def _pretty(body: str) -> str:
    return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
