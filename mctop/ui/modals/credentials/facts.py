"""What a person should know before something is done to a credential."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.permission import locks_out
from mctop.ui.modals.credentials.rows import NO, YES
from mctop.ui.renderables.runs import Run
from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.api.models.credentials import Capabilities
    from mctop.store.intents import DeleteCredential, PromoteCredential, UpdateCredential
    from mctop.store.store import Store

    Line = tuple[Run, ...]

CAPABILITIES = (
    ("write_capability", "write", "without it, clients read, and nothing they set is kept"),
    ("flush_capability", "flush", "without it, clients cannot flush the cache"),
    ("api_capability", "API", "without it, this API lets it in no more"),
)
"""Each capability: its field, what it is called, and what its absence means."""
NAMED = 30
"""Characters of a username in a sentence, at most."""
LOCKED_OUT = "✗ mctop itself uses this credential and stops working with this cache."
SYNCED = "It takes up to 3 minutes until the cache's servers know it."


def facts_of_create() -> tuple[Line, ...]:
    """What a new credential is."""
    return (
        (Run("The API chooses its username, its password, and what it may do."),),
        (Run("The password is told once it is created; it is masked until you ask."),),
        (Run(SYNCED, "fair"),),
    )


def facts_of_update(intent: UpdateCredential, store: Store) -> tuple[Line, ...]:
    """Every capability, before and after; all three are sent."""
    lines = [before_after(field, name, intent.before, intent.after) for field, name, _ in CAPABILITIES]
    lost = [why for field, _, why in CAPABILITIES if getattr(intent.before, field) and not getattr(intent.after, field)]
    lines += [(Run(f"{why[0].upper()}{why[1:]}."),) for why in lost]
    if lost and intent.before.primary:
        lines.append((Run("It is the primary credential: the application most likely uses it.", "fair"),))
    return (*lines, *_locked_out(intent, store))


def facts_of_promote(intent: PromoteCredential, store: Store) -> tuple[Line, ...]:
    """What becomes of the primary one, and of the application."""
    known = store.credentials.value.value or ()
    was = next((one.sasl_username for one in known if one.primary), None)
    instead = (Run(" in place of "), Run(clean(was, NAMED), "value")) if was else ()
    return (
        (Run("It becomes the primary credential"), *instead, Run(".")),
        (Run("A platform such as Heroku then updates the application's config vars", "fair"),),
        (Run("(MEMCACHIER_USERNAME, MEMCACHIER_PASSWORD) and restarts it.", "fair"),),
    )


def facts_of_delete(intent: DeleteCredential, store: Store) -> tuple[Line, ...]:
    """Whether it is primary, and who is let in no more."""
    primary = (
        ((Run("★ It is the primary credential: the application most likely uses it.", "poor"),),
         (Run("The API may refuse; promote another one first.", "fair"),))
        if intent.credential.primary
        else ((Run("It is not the primary credential. The application may still use it."),),)
    )  # fmt: skip
    return (
        *primary,
        (Run("Whatever logs in with it is let in no more. It cannot be brought back."),),
        *_locked_out(intent, store),
    )


def before_after(field: str, name: str, before: Capabilities, after: Capabilities) -> Line:
    """One capability: what it is, and where it changes what it becomes."""
    was, becomes = getattr(before, field), getattr(after, field)
    start = (Run(f"{name:<6}", "muted"), Run(f"{_said(was):<5}", "muted" if was != becomes else ""))
    if was == becomes:
        return (*start, Run("  as it is", "muted"))
    return (*start, Run("  →  ", "muted"), Run(_said(becomes), "good" if becomes else "poor"))


def _said(may: bool) -> str:
    return YES if may else NO


def _locked_out(intent: UpdateCredential | DeleteCredential, store: Store) -> tuple[Line, ...]:
    return ((Run(LOCKED_OUT, "poor"),),) if locks_out(intent, store) else ()
