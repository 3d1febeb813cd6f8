"""The credentials of the cache, with keys to create, edit, promote and delete them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from mctop.store.intents import CreateCredential, DeleteCredential, PromoteCredential, UpdateCredential
from mctop.store.permission import why_not
from mctop.ui.commands import Where, bindings
from mctop.ui.modals.credentials.capabilities import Editing
from mctop.ui.modals.credentials.facts import (
    NAMED,
    facts_of_create,
    facts_of_delete,
    facts_of_promote,
    facts_of_update,
)
from mctop.ui.modals.credentials.passwords import Passwords
from mctop.ui.modals.credentials.rows import COLUMNS, credential_row, unseen
from mctop.ui.modals.listdialog import ListDialog, Listed, titled
from mctop.ui.proposing import propose
from mctop.ui.renderables.runs import Run
from mctop.ui.text import clean
from mctop.ui.widgets.slicepanel import SlicePanel

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.api.models.credentials import Capabilities, Credential
    from mctop.store.clock import Clock
    from mctop.store.intents import Intent
    from mctop.store.store import Store
    from mctop.ui.commands import Command
    from mctop.ui.options import UiOptions
    from mctop.ui.wayfinder import Wayfinder

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
    def _mctop(self) -> Wayfinder:
        return cast("Wayfinder", self.app)

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
