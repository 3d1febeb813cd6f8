"""The password that is shown for a while, and what is copied next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from rich.cells import chop_cells

from mctop.store.changes.intents import CreateCredential, DeleteCredential, PromoteCredential, UpdateCredential
from mctop.store.changes.permission import why_not
from mctop.ui.app.change_flow import propose
from mctop.ui.modals.credentials.capabilities import Editing
from mctop.ui.modals.credentials.text import (
    COLUMNS,
    LONGEST,
    NAMED,
    credential_row,
    facts_of_create,
    facts_of_delete,
    facts_of_promote,
    facts_of_update,
    unseen,
)
from mctop.ui.modals.list_dialog import ListDialog, Listed, titled
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import duration
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.binding import BindingType

    from mctop.api.models.cache import Capabilities, Credential
    from mctop.store.base.clock import Clock
    from mctop.store.changes.intents import Intent
    from mctop.store.store import Store
    from mctop.ui.app.app import Mctop
    from mctop.ui.registry.commands import Command
    from mctop.ui.registry.options import UiOptions

    Line = tuple[Run, ...]

REVEALED = 15.0
"""Seconds that a password is shown."""
WIDE = 70
"""Columns of a password, at most, before it goes on in the next line."""


class Copied(NamedTuple):
    """Clean text to copy, "" where there is none, what it is, and what the same key copies next."""

    text: str
    what: str
    then: str = ""


class Passwords:
    """At most one password is shown at a time."""

    def __init__(self) -> None:
        self._shown: Credential | None = None
        self._until = 0.0
        self._copied = ""

    def reveal(self, credential: Credential, now: float) -> bool:
        """Show a password from monotonic time `now` on, or hide it where it is shown; False where there is none."""
        if self._shown == credential and now < self._until:
            self.hide()
        elif credential.sasl_password is None:
            return False
        else:
            self._shown, self._until = credential, now + REVEALED
        return True

    def hide(self) -> None:
        """Show none."""
        self._shown = None

    def forget(self, known: Collection[Credential]) -> None:
        """Hide what is no longer so."""
        if self._shown not in known:
            self.hide()

    def lines(self, now: float) -> tuple[Line, ...]:
        """The password that is shown at monotonic time `now`, and for how much longer."""
        one = self._shown
        if one is None or one.sasl_password is None or now >= self._until:
            self.hide()
            return ()
        whose = Run(f"password of {clean(one.sasl_username, LONGEST)}, hidden again in ", "muted")
        parts = chop_cells(clean(one.sasl_password.get_secret_value()), WIDE)
        head = (whose, Run(duration(self._until - now), "muted"), Run(" · v hides it", "muted"))
        return (head, *((Run(part, "value"),) for part in parts))

    def copied(self, credential: Credential) -> Copied:
        """What is to be copied of a credential: its username, and the next time its password."""
        if self._copied == credential.sasl_username and credential.sasl_password is not None:
            self._copied = ""
            return Copied(clean(credential.sasl_password.get_secret_value()), "the password")
        self._copied = credential.sasl_username
        then = "the password" if credential.sasl_password is not None else ""
        return Copied(clean(credential.sasl_username), "the username", then)


INTENTS: dict[str, type[Intent]] = {
    "credentials.create": CreateCredential, "credentials.edit": UpdateCredential,
    "credentials.promote": PromoteCredential, "credentials.delete": DeleteCredential,
}  # fmt: skip
"""What the commands that change something are for."""
NONE = "no credentials"


class Credentials(ListDialog):
    """Lists them; what changes something is asked in dialogs of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.CREDENTIALS)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(titled("Credentials", store, options), store, clock)
        self._options = options
        self._grid = Listed(COLUMNS)
        self._panel = SlicePanel("Who is let in", self._grid, store.credentials, store, id="credentials")
        self._passwords = Passwords()
        self.tables = (self._panel,)

    def follow_topics(self) -> None:
        """The credentials, which one is ours, and what may be done to them."""
        self.follow_slice(self.store.credentials, self._relist)
        self.follow(self.store.username, self._relist)
        self.follow(self.store.api, self._relist)
        self.follow(self.store.cache.value, self._relist)
        self.follow(self.store.actions, self._relist)
        self.when_hidden(self._passwords.hide)

    def why_off(self, command: Command) -> str | None:
        """Why it cannot be done."""
        intent = INTENTS.get(command.id)
        if intent is not None and (reason := self._why_not(intent)) is not None:
            return reason
        if intent is not CreateCredential and command.id.startswith("credentials.") and self._chosen is None:
            return "no credential under the cursor"
        return None

    def judge(self, now: float) -> None:
        """Say why nothing can be changed, and show a password as long as it is to be seen."""
        reason = self._why_not(CreateCredential)
        refused = ((Run(f"✗ {reason}", "fair"),),) if reason else ()
        self.about.text = (*refused, *self._passwords.lines(now))

    def action_create(self) -> None:
        """Ask whether to create one."""
        propose(self._mctop, CreateCredential(), facts_of_create())

    def action_edit(self) -> None:
        """Ask what the one under the cursor shall be allowed to do."""
        if (reason := self._why_not(UpdateCredential)) is not None:
            self.notify(reason, severity="warning", markup=False)
        elif (before := self._chosen) is not None:
            self.app.push_screen(Editing(before, self.store), partial(self._edited, before))

    def action_promote(self) -> None:
        """Ask whether to make the one under the cursor primary."""
        one = self._chosen
        if one is not None and one.primary:
            self.notify(f"{clean(one.sasl_username, NAMED)} is the primary credential already", markup=False)
        elif one is not None:
            intent = PromoteCredential(one)
            propose(self._mctop, intent, facts_of_promote(intent, self.store))

    def action_delete(self) -> None:
        """Ask whether to delete the one under the cursor."""
        if (one := self._chosen) is not None:
            intent = DeleteCredential(one)
            propose(self._mctop, intent, facts_of_delete(intent, self.store))

    def action_reveal(self) -> None:
        """Show the password under the cursor for a while, or hide it."""
        if (one := self._chosen) is not None and not self._passwords.reveal(one, self.clock.monotonic()):
            self.notify(unseen(self.store.api.value), markup=False)
        self.settle()

    def action_copy(self) -> None:
        """Send the username under the cursor to the terminal; if that was sent last, its password."""
        if (one := self._chosen) is None:
            return
        text, what, then = self._passwords.copied(one)
        if text:
            self.app.copy_to_clipboard(text)
            again = f" · y again: {then}" if then else ""
            self.notify(f"{what} was sent to the terminal{again}", markup=False, timeout=3)

    @property
    def _mctop(self) -> Mctop:
        return cast("Mctop", self.app)

    @property
    def _chosen(self) -> Credential | None:
        """The credential under the cursor, or else the first."""
        row = self._grid.chosen
        known = self.store.credentials.value.value or ()
        return next((one for one in known if row is not None and one.sasl_username == row.key), None)

    def _relist(self, changed: object) -> None:
        """List what is known, and let no crash report tell a password of it."""
        known = self.store.credentials.value.value or ()
        own, api = self.store.username.value, self.store.api.value
        for one in known:
            self._mctop.redactor.register(one.sasl_password.get_secret_value() if one.sasl_password else "")
        self._grid.shown = tuple(credential_row(one, own, api) for one in known)
        self._passwords.forget(known)
        self._panel.lacks = "" if known else NONE if self._why_not(CreateCredential) else f"{NONE} · n creates one"
        self._panel.notes = (f"{len(known)} credential{'s' if len(known) > 1 else ''}",) if known else ()

    def _edited(self, before: Credential, after: Capabilities | None) -> None:
        if after is not None:
            intent = UpdateCredential(before, after)
            propose(self._mctop, intent, facts_of_update(intent, self.store))

    def _why_not(self, kind: type[Intent]) -> str | None:
        return why_not(kind, self.store, read_only=self._options.read_only)
