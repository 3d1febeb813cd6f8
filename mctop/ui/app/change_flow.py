"""A change from its proposal to its outcome: may it be made, is it confirmed, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mctop.store.changes.change import NOT_CONNECTED, Tier
from mctop.store.changes.outcome import Result
from mctop.ui.modals.change_dialogs import Confirmation, Sent
from mctop.ui.words.change_text import facts_before, sentence
from mctop.ui.words.format import LABEL, cache_name, raw_cache_name
from mctop.ui.words.text import Clean
from mctop.ui.words.typed_name import NamedCache, cache_word, subject_word

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from mctop.store.base.clock import Clock
    from mctop.store.changes.change import Change
    from mctop.store.changes.execution import Actions
    from mctop.store.changes.proposal import Proposal
    from mctop.store.polling.fleet import Fleet, Watched
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.terminal import HardenedApp
    from mctop.ui.words.runs import Run

    Line = tuple[Run, ...]

LONG = 8.0
"""Seconds that an outcome is shown: it may be a sentence of two lines."""
_SEVERITIES: dict[Result, SeverityLevel] = {
    Result.DONE: "information", Result.NOT_DONE: "error", Result.UNKNOWN: "warning"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangeFlow:
    """Takes one change of the opened cache of a fleet through the dialogs of an app."""

    app: HardenedApp
    fleet: Fleet
    cache: Watched
    options: UiOptions
    clock: Clock

    def propose(self, change: Change, facts: tuple[Line, ...] = ()) -> None:
        """Put a change to the person, and carry it out if they say so; say why if it cannot be.

        `facts` are shown before; without any, those that the change itself names.
        """
        store, actions = self.cache.store, self.cache.actions
        reason = change.unavailable(store, read_only=self.options.read_only)
        if reason is not None or actions is None:
            self._warn(reason or NOT_CONNECTED)
            return
        proposal = actions.propose(change)
        if (lapsed := proposal.lapsed(store)) is not None:
            self._warn(f"{lapsed}: nothing can be changed")
            return
        facts = facts or facts_before(change, store, self.clock.wall() + (store.skew.value or 0.0))
        name = cache_name(self.options.label, store.cache.value.value, LABEL) or Clean(f"cache {proposal.cache_id}")
        others = tuple(named(cache) for cache in self.fleet.caches if cache is not self.cache)
        called = raw_cache_name(self.options.label, store.cache.value.value) or name
        word = cache_word(NamedCache(self.cache.name, called, proposal.cache_id), others)
        confirmation = Confirmation(proposal, store, self.clock, facts, name, subject_word(change.subject, word))
        self.app.push_screen(confirmation, partial(self._answered, actions, proposal, name))

    def _answered(self, actions: Actions, proposal: Proposal, name: Clean, yes: bool | None) -> None:
        """Carry it out, once; it goes on whatever is shown meanwhile."""
        if yes:
            dialog = Sent(proposal, self.cache.store, self.clock, name)
            self.app.push_screen(dialog)
            self.app.run_worker(self._carry_out(actions, proposal, dialog))

    async def _carry_out(self, actions: Actions, proposal: Proposal, dialog: Sent) -> None:
        """Show what came of it: in the dialog, or else as a toast; a secret always in a dialog."""
        outcome, change = await actions.carry_out(proposal), proposal.change
        if outcome.secret is not None and not dialog.is_current:
            dialog = Sent(proposal, self.cache.store, self.clock, dialog.cache)
            await self.app.push_screen(dialog)
        plain = outcome.result is Result.DONE and change.TIER is Tier.CONFIRM
        if dialog.is_current and not plain:
            dialog.outcome = outcome
            return
        if dialog.is_current:
            dialog.dismiss(None)
        elsewhere = "" if self.cache.store.opened.value else f"{dialog.cache}: "
        words = f"{elsewhere}{sentence(change, outcome)}"
        self.app.notify(words, severity=_SEVERITIES[outcome.result], markup=False, timeout=LONG)

    def _warn(self, words: str) -> None:
        self.app.notify(words, severity="warning", markup=False)


def named(cache: Watched) -> NamedCache:
    """A cache as the list of all caches names it."""
    return NamedCache(cache.name, cache.now.value.label, cache.store.cache_id.value)
