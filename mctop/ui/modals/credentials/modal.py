"""The modal of the credentials, with a password that is shown for a while, and what is copied next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import chop_cells

from mctop.store.changes.credential_changes import (
    CreateCredential,
    DeleteCredential,
    PromoteCredential,
    UpdateCredential,
)
from mctop.ui.modals.credentials.capabilities import CapabilitiesDialog
from mctop.ui.modals.credentials.text import (
    COLUMNS,
    LONGEST,
    NAMED,
    credential_row,
    facts_of_delete,
    facts_of_promote,
    facts_of_update,
    unseen,
)
from mctop.ui.modals.list_dialog import ListDialog, Listed, titled
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.terminal.clipboard import Copy
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.change_text import REVEALED
from mctop.ui.words.format import duration
from mctop.ui.words.runs import Run
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.binding import BindingType

    from mctop.api.models.cache import Capabilities, Credential
    from mctop.store.base.clock import Clock
    from mctop.store.changes.change import Change
    from mctop.store.store import Store
    from mctop.ui.modals.dialog import ChangingApp
    from mctop.ui.registry.commands import Command
    from mctop.ui.registry.options import UiOptions

    Line = tuple[Run, ...]

WIDE = 70
"""Columns of a password, at most, before it goes on in the next line."""


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

    def forget(self, credentials: Collection[Credential]) -> None:
        """Hide the password of a credential that is not among these any more."""
        if self._shown not in credentials:
            self.hide()

    def lines(self, now: float) -> tuple[Line, ...]:
        """The password that is shown at monotonic time `now`, and for how much longer."""
        credential = self._shown
        if credential is None or credential.sasl_password is None or now >= self._until:
            self.hide()
            return ()
        whose = Run(f"password of {clean(credential.sasl_username, LONGEST)}, hidden again in ", "muted")
        parts = chop_cells(clean(credential.sasl_password.get_secret_value()), WIDE)
        head = (whose, Run(duration(self._until - now), "muted"), Run(" · v hides it", "muted"))
        return (head, *((Run(part, "value"),) for part in parts))

    def copied(self, credential: Credential) -> Copy:
        """What is to be copied of a credential: its username, and the next time its password."""
        if self._copied == credential.sasl_username and credential.sasl_password is not None:
            self._copied = ""
            return Copy(clean(credential.sasl_password.get_secret_value()), "the password", secret=True)
        self._copied = credential.sasl_username
        then = "the password" if credential.sasl_password is not None else ""
        return Copy(clean(credential.sasl_username), "the username", then)


CHANGES: dict[str, type[Change]] = {
    "credentials.create": CreateCredential, "credentials.edit": UpdateCredential,
    "credentials.promote": PromoteCredential, "credentials.delete": DeleteCredential,
}  # fmt: skip
"""The kinds of change that commands make."""
NONE = "no credentials"


class CredentialsModal(ListDialog):
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
        self.follow(self.store.cache_id, self._relist)
        self.when_hidden(self._passwords.hide)

    def why_off(self, command: Command) -> str | None:
        """Why it cannot be done."""
        kind = CHANGES.get(command.id)
        if kind is not None and (reason := self._unavailable(kind)) is not None:
            return reason
        if command.id != "credentials.create" and command.id.startswith("credentials.") and self._chosen is None:
            return "no credential under the cursor"
        return None

    def judge(self, now: float) -> None:
        """Say why nothing can be changed, and show a password as long as it is to be seen."""
        reason = self._unavailable(CreateCredential)
        refused = ((Run(f"✗ {reason}", "fair"),),) if reason else ()
        self.about.text = (*refused, *self._passwords.lines(now))

    def action_create(self) -> None:
        """Ask whether to create one."""
        self._mctop.propose(CreateCredential())

    def action_edit(self) -> None:
        """Ask what the one under the cursor shall be allowed to do."""
        if (reason := self._unavailable(UpdateCredential)) is not None:
            self.notify(reason, severity="warning", markup=False)
        elif (before := self._chosen) is not None:
            self.app.push_screen(CapabilitiesDialog(before, self.store), partial(self._edited, before))

    def action_promote(self) -> None:
        """Ask whether to make the one under the cursor primary."""
        credential = self._chosen
        if credential is not None and credential.primary:
            self.notify(f"{clean(credential.sasl_username, NAMED)} is the primary credential already", markup=False)
        elif credential is not None:
            change = PromoteCredential(credential)
            self._mctop.propose(change, facts_of_promote(change, self.store))

    def action_delete(self) -> None:
        """Ask whether to delete the one under the cursor."""
        if (credential := self._chosen) is not None:
            change = DeleteCredential(credential)
            self._mctop.propose(change, facts_of_delete(change, self.store))

    def action_reveal(self) -> None:
        """Show the password under the cursor for a while, or hide it."""
        credential, now = self._chosen, self.clock.monotonic()
        if credential is not None and not self._passwords.reveal(credential, now):
            self.notify(unseen(self.store.api.value), markup=False)
        self.settle()

    def action_copy(self) -> None:
        """Copy the username under the cursor; if that was copied last, its password."""
        if (credential := self._chosen) is not None and (copy := self._passwords.copied(credential)).text:
            self.post_message(copy)

    @property
    def _mctop(self) -> ChangingApp:
        return cast("ChangingApp", self.app)

    @property
    def _chosen(self) -> Credential | None:
        """The credential under the cursor, or else the first."""
        row = self._grid.chosen
        if row is None:
            return None
        credentials = self.store.credentials.value.value or ()
        return next((credential for credential in credentials if credential.sasl_username == row.key), None)

    def _relist(self, changed: object) -> None:
        """List what is known."""
        credentials = self.store.credentials.value.value or ()
        own, api, count = self.store.username.value, self.store.api.value, len(credentials)
        self._grid.shown = tuple(credential_row(credential, own, api) for credential in credentials)
        self._passwords.forget(credentials)
        self._panel.lacks = (
            "" if credentials else NONE if self._unavailable(CreateCredential) else f"{NONE} · n creates one"
        )
        self._panel.notes = (f"{count} credential{'s' if count > 1 else ''}",) if count else ()

    def _edited(self, before: Credential, after: Capabilities | None) -> None:
        if after is not None:
            change = UpdateCredential(before, after)
            self._mctop.propose(change, facts_of_update(change, self.store))

    def _unavailable(self, kind: type[Change]) -> str | None:
        return kind.unavailable(self.store, read_only=self._options.read_only)
