"""A change from its proposal to its outcome: may it be made, is it confirmed, what became of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mctop.store.changes.intents import Tier
from mctop.store.changes.outcome import Result
from mctop.ui.words.change_text import sentence
from mctop.ui.words.format import cache_name
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from mctop.store.changes.actions import Actions
    from mctop.store.changes.intents import Intent
    from mctop.store.changes.proposal import Proposal
    from mctop.store.store import Store
    from mctop.ui.app.app import Mctop
    from mctop.ui.modals.change_dialogs import Sent
    from mctop.ui.renderables.runs import Run

    Line = tuple[Run, ...]

LABEL = 40
"""Characters of the cache's name, at most."""
LONG = 8.0
"""Seconds that an outcome is told."""
_SEVERITIES: dict[Result, SeverityLevel] = {
    Result.DONE: "information", Result.NOT_DONE: "error", Result.UNKNOWN: "warning"
}  # fmt: skip


def propose(app: Mctop, intent: Intent, facts: tuple[Line, ...] = ()) -> None:
    """Put an intent to the person, and carry it out if they say so; say why if it cannot be.

    `facts` are told before; without any, those that the store knows of the whole cache.
    """
    from mctop.store.changes.binding import loosened
    from mctop.store.changes.permission import why_not
    from mctop.ui.modals.change_dialogs import Confirmation
    from mctop.ui.words.change_text import known

    store = app.store
    reason, actions = why_not(type(intent), store, read_only=app.options.read_only), store.actions.value
    if reason is not None or actions is None:
        app.notify(reason or "not connected yet: nothing can be changed", severity="warning", markup=False)
        return
    proposal = actions.propose(intent)
    if (lost := loosened(proposal, store)) is not None:
        app.notify(f"{lost}: nothing can be changed", severity="warning", markup=False)
        return
    facts = facts or known(intent, store, app.clock.wall() + (store.skew.value or 0.0))
    name = cache_name(app.options.label, store.cache.value.value, LABEL) or Clean(f"cache {proposal.cache_id}")
    asking = Confirmation(proposal, store, app.clock, facts, name)
    app.push_screen(asking, partial(_answered, app, store, actions, proposal, name))


def _answered(app: Mctop, store: Store, actions: Actions, proposal: Proposal, name: Clean, yes: bool | None) -> None:
    """Carry it out, once; it goes on whatever is shown meanwhile."""
    from mctop.ui.modals.change_dialogs import Sent

    if yes:
        sent = Sent(proposal, store, app.clock, name)
        app.push_screen(sent)
        app.run_worker(_carry_out(app, store, actions, proposal, sent))


async def _carry_out(app: Mctop, store: Store, actions: Actions, proposal: Proposal, sent: Sent) -> None:
    """Show what came of it: in the dialog, or else as a toast; a secret always in a dialog."""
    outcome, intent = await actions.carry_out(proposal), proposal.intent
    if outcome.secret is not None:
        app.redactor.register(outcome.secret.get_secret_value())
        if not sent.is_current:
            sent = type(sent)(proposal, store, app.clock, sent.cache)
            await app.push_screen(sent)
    plain = outcome.result is Result.DONE and intent.TIER is Tier.CONFIRM
    if sent.is_current and not plain:
        sent.outcome = outcome
        return
    if sent.is_current:
        sent.dismiss(None)
    elsewhere = "" if app.store is store else f"{sent.cache}: "
    app.notify(
        f"{elsewhere}{sentence(intent, outcome)}", severity=_SEVERITIES[outcome.result], markup=False, timeout=LONG
    )
