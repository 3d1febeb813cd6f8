"""What becomes of a change that was sent: under way, then its outcome, and a secret that is seen only here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var

from mctop.store.intents import SwitchCluster
from mctop.ui.facts import cluster
from mctop.ui.modals.dialog import Dialog
from mctop.ui.telling import REVEALED, SECRETS, WIDE, keys, told, under_way
from mctop.ui.text import clean
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

    from mctop.store.clock import Clock
    from mctop.store.outcome import Outcome
    from mctop.store.proposal import Proposal
    from mctop.store.store import Store
    from mctop.ui.renderables.runs import Run
    from mctop.ui.text import Clean

    Line = tuple[Run, ...]

LOOKS = 0.5
"""Seconds between two looks at the clock."""


class Told(Lines):
    """The lines of the dialog."""

    DEFAULT_CSS = """
    Told { width: auto; height: auto; }
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
    """Tells; `outcome` is None while no answer came."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", show=False, id="sent.close"),
        Binding("v", "reveal", "Show", show=False, id="sent.reveal"),
        Binding("y", "copy", "Copy", show=False, id="sent.copy"),
    ]

    outcome: var[Outcome | None] = var(None, init=False)

    def __init__(self, proposal: Proposal, store: Store, clock: Clock, cache: Clean) -> None:
        super().__init__(f"{proposal.intent.TITLE} · {cache}")
        self.cache = cache
        self._intent = proposal.intent
        self._store = store
        self._clock = clock
        self._sent = clock.monotonic()
        self._hides = 0.0
        self._warned = False
        self._taken = False
        self._told = Told()

    def compose_body(self) -> ComposeResult:
        """What is told."""
        yield self._told

    def on_mount(self) -> None:
        """Tell how long it takes."""
        self.set_interval(LOOKS, self.tick)
        self.tick()

    def tick(self) -> None:
        """Say what is so now; a secret that was shown long enough is hidden."""
        now = self._clock.monotonic()
        shown = now < self._hides
        if self.outcome is None:
            self._told.text = under_way(now - self._sent, warned=self._warned)
        else:
            found, listed = self._found(self.outcome), self._store.api.value != "v1"
            self._told.text = told(
                self._intent, self.outcome, shown=shown, warned=self._warned, found=found, listed=listed
            )
        hint = keys(self.outcome, shown=shown, warned=self._warned)
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
        """Send the secret to the terminal; the toast does not hold it."""
        if self._secret:
            self.app.copy_to_clipboard(self._secret)
            self._taken, self._warned = True, False
            self.tick()
            self.notify(f"the {SECRETS.get(type(self._intent), 'secret')} was sent to the terminal", markup=False)

    def _found(self, outcome: Outcome) -> tuple[Line, ...]:
        """The servers of a new cluster, once they are read back."""
        info = self._store.cache.value.value
        switched = isinstance(self._intent, SwitchCluster) and info is not None and info.cluster_name == outcome.told
        return cluster(self._store) if switched else ()

    @property
    def _secret(self) -> str:
        secret = self.outcome.secret if self.outcome is not None else None
        return clean(secret.get_secret_value()) if secret is not None else ""
