"""The dialogs of a change: the confirmation with the exact request and its guard, then the outcome."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, chop_cells
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var

from mctop.store.changes.change import Tier
from mctop.ui.modals.dialog import Dialog
from mctop.ui.modals.help import Text
from mctop.ui.terminal.clipboard import Copy
from mctop.ui.widgets.change_guard import Answers, TypedWords, Word
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.change_text import REVEALED, WIDE, fact_lines, folded, outcome_keys, outcome_lines, under_way
from mctop.ui.words.format import duration
from mctop.ui.words.runs import Run
from mctop.ui.words.text import clean, clean_name, is_altered

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

    from mctop.store.base.clock import Clock
    from mctop.store.changes.outcome import Outcome
    from mctop.store.changes.proposal import Proposal, Request
    from mctop.store.store import Store
    from mctop.ui.widgets.change_guard import Guard
    from mctop.ui.words.text import Clean

    Line = tuple[Run, ...]

EXPIRES = 60.0
"""Seconds after which nobody seems to be there."""
CONFIRMATION_TICK = 0.25
"""Seconds between two looks at whether it still holds."""
CONFIRMATION_WIDTH = 70
"""Columns of the request, at most."""
LONGEST = 40
"""Characters of the label, at most."""
UNRECORDED = "! it will not be recorded, as the audit log cannot be written"
LOCK_OUT = "lock me out"
"""What is typed besides, where mctop itself is let in no more afterwards."""


class Confirmation(Dialog[bool]):
    """Answers True where the proposal shall be carried out. It closes by itself when what it is bound to changes.

    `word` is what must be typed for a change that cannot be undone.
    """

    DEFAULT_CSS = """
    Confirmation > #box { border-title-color: $text-warning; }
    """
    AUTO_FOCUS = "Guard"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,pagedown", "scroll(3)", "Down", show=False, id="confirmation.down"),
        Binding("up,pageup", "scroll(-3)", "Up", show=False, id="confirmation.up"),
    ]

    def __init__(
        self, proposal: Proposal, store: Store, clock: Clock, facts: tuple[Line, ...], cache: Clean, word: str
    ) -> None:
        super().__init__(proposal.change.TITLE)
        self.word = word
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
        self.set_interval(CONFIRMATION_TICK, self.tick)

    def tick(self) -> None:
        """Close if it no longer holds, or if nobody answers."""
        if not self.is_current:
            return
        why = self.proposal.lapsed(self._store)
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
        change = self.proposal.change
        words = [Word("to confirm, type", self.word)] if change.TIER is Tier.TYPE else []
        if change.locks_out(self._store):
            words.append(Word("mctop uses this itself and is let in no more; type", LOCK_OUT))
        return TypedWords(tuple(words), self._clock) if words else Answers(change.VERB, self._clock)


def described(proposal: Proposal, facts: tuple[Line, ...], cache: Clean) -> tuple[Line, ...]:
    """The cache by the name it has here, its id, and its label where that differs; what is acted on; the request."""
    label, by_id = clean(proposal.label, LONGEST), f"cache {proposal.cache_id}"
    more = [by_id] if cache != by_id else []
    more += [f"label {label}"] if label and label != cache else []
    lines: list[Line] = [(Run(cache, "value"), *(Run(f" · {name}", "muted") for name in more))]
    if proposal.change.subject:
        subject = clean_name(proposal.change.subject, CONFIRMATION_WIDTH)
        lines.append((Run(subject, "fair" if is_altered(subject) else "value"),))
    lines += [(), *facts] if facts else []
    if proposal.unrecorded:
        unrecorded = folded(f"{UNRECORDED}: {clean(proposal.unrecorded, CONFIRMATION_WIDTH)}")
        lines += [(), *((Run(part, "fair"),) for part in unrecorded)]
    return (*lines, (), *requested(proposal.request))


def requested(request: Request) -> tuple[Line, ...]:
    """A request, all of it, in lines that have room."""
    head = [Run(f"{request.method} ", "accent"), Run("")]
    path, *more = chop_cells(clean(request.path), CONFIRMATION_WIDTH - len(request.method) - 1)
    head[1] = Run(path)
    lines: list[Line] = [tuple(head), *((Run(part),) for part in more)]
    body = _pretty(request.body).splitlines() if request.body else []
    return (
        *lines,
        *((Run(part, "muted"),) for line in body for part in chop_cells(clean(line, 4_096), CONFIRMATION_WIDTH)),
    )


def _pretty(body: str) -> str:
    return json.dumps(json.loads(body), indent=2, ensure_ascii=False)


OUTCOME_TICK = 0.5
"""Seconds between two looks at the clock."""


class OutcomeLines(Lines):
    """The lines of the dialog of an outcome, which grow in number as it comes."""

    DEFAULT_CSS = """
    OutcomeLines { width: auto; height: auto; }
    """

    text: var[tuple[Line, ...]] = var(())

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The text."""
        return self.text

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as anything it may say."""
        return max(WIDE, *(sum(cell_len(run.text) for run in line) for line in self.text)) if self.text else WIDE

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there are lines."""
        return max(1, len(self.text))

    def watch_text(self) -> None:
        """Say something else; it may need more lines."""
        self.refresh(layout=True)
        self.redraw()


class Sent(Dialog[None]):
    """Tells how a change goes that was sent; `outcome` is None while no answer came."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", show=False, id="sent.close"),
        Binding("v", "reveal", "Show", show=False, id="sent.reveal"),
        Binding("y", "copy", "Copy", show=False, id="sent.copy"),
    ]

    outcome: var[Outcome | None] = var(None, init=False)

    def __init__(self, proposal: Proposal, store: Store, clock: Clock, cache: Clean) -> None:
        super().__init__(f"{proposal.change.TITLE} · {cache}")
        self.cache = cache
        self._change = proposal.change
        self._store = store
        self._clock = clock
        self._sent = clock.monotonic()
        self._hides = 0.0
        self._warned = False
        self._taken = False
        self._lines = OutcomeLines()

    def compose_body(self) -> ComposeResult:
        """What is told."""
        yield self._lines

    def on_mount(self) -> None:
        """Tell how long it takes."""
        self.set_interval(OUTCOME_TICK, self.tick)
        self.tick()

    def tick(self) -> None:
        """Say what is so now; a secret that was shown long enough is hidden."""
        now = self._clock.monotonic()
        shown = now < self._hides
        if self.outcome is None:
            self._lines.text = under_way(now - self._sent, warned=self._warned)
        else:
            change, outcome, store = self._change, self.outcome, self._store
            facts = fact_lines(
                change.facts_afterwards(outcome, store), store, self._clock.wall() + (store.skew.value or 0.0)
            )
            listed = change.secret_is_listed(store)
            self._lines.text = outcome_lines(
                change, outcome, shown=shown, warned=self._warned, facts=facts, listed=listed
            )
        hint = outcome_keys(self.outcome, shown=shown, warned=self._warned)
        for box in self.query("#box"):  # a key may come before there is one
            box.border_subtitle = Content(hint)

    def watch_outcome(self) -> None:
        """Say what came of it."""
        self._warned = False
        self.tick()

    def action_close(self) -> None:
        """Close; what would be lost by that is said before."""
        untaken = self.outcome is not None and self.outcome.secret is not None and not self._taken
        if (self.outcome is None or untaken) and not self._warned:
            self._warned = True
            self.tick()
        else:
            self.dismiss(None)

    def action_reveal(self) -> None:
        """Show the secret for a while, or hide it."""
        if self._secret:
            now = self._clock.monotonic()
            self._hides = now if now < self._hides else now + REVEALED
            self._taken, self._warned = True, False
            self.tick()

    def action_copy(self) -> None:
        """Copy the secret; the toast does not hold it."""
        if self._secret:
            self.post_message(Copy(self._secret, f"the {self._change.SECRET}", secret=True))
            self._taken, self._warned = True, False
            self.tick()

    @property
    def _secret(self) -> str:
        secret = self.outcome.secret if self.outcome is not None else None
        return clean(secret.get_secret_value()) if secret is not None else ""
