"""What came of an action, in clean words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.intents import (
    CreateAlert,
    CreateCredential,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteCredential,
    DeleteDeliveryConfig,
    EnableCache,
    Flush,
    PromoteCredential,
    ResetStats,
    RotateSso,
    SwitchCluster,
    ToggleAlert,
    UnwatchPrefix,
    UpdateAlert,
    UpdateCredential,
    WatchPrefix,
)
from mctop.store.outcome import Result
from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.store.intents import Intent
    from mctop.store.outcome import Outcome

LONGEST = 60
"""Columns of what was acted on, at most."""
SENTENCES: dict[type[Intent], tuple[str, str]] = {
    Flush: ("the cache was flushed", "the cache was not flushed"),
    ResetStats: ("the stats were reset", "the stats were not reset"),
    EnableCache: ("the cache is enabled now", "the cache is not enabled"),
    SwitchCluster: ("the cache is on another cluster now", "the cache is on the cluster it was on"),
    RotateSso: ("the SSO secret was rotated", "the SSO secret was not rotated"),
    CreateCredential: ("a credential was created", "no credential was created"),
    UpdateCredential: ("{} has these capabilities now", "{} has the capabilities it had"),
    PromoteCredential: ("{} is primary now", "{} is not primary"),
    DeleteCredential: ("credential {} is deleted", "credential {} is not deleted"),
    CreateAlert: ("the alert was created", "the alert was not created"),
    UpdateAlert: ("alert {} was changed", "alert {} was not changed"),
    ToggleAlert: ("alert {} was switched", "alert {} was not switched"),
    DeleteAlert: ("alert {} is deleted", "alert {} is not deleted"),
    CreateDeliveryConfig: ("delivery to {} was set up", "delivery to {} was not set up"),
    DeleteDeliveryConfig: ("delivery config {} is deleted", "delivery config {} is not deleted"),
    WatchPrefix: ("{} is watched now", "{} is not watched"),
    UnwatchPrefix: ("{} is not watched now", "{} is watched"),
}
"""What is so once it is done, and what is so where it is not."""
LATER: dict[type[Intent], str] = {WatchPrefix: "; its statistics come within a minute"}


def sentence(intent: Intent, outcome: Outcome) -> str:
    """What came of it in one sentence; a refusal in the server's own words."""
    subject, words = clean(intent.subject, LONGEST), clean(outcome.words, 200)
    done, undone = (one.format(subject) for one in SENTENCES[type(intent)])
    match outcome.result:
        case Result.DONE if outcome.read_back:
            return f"no clear answer came ({words}), but {done}"
        case Result.DONE:
            return f"{done}{LATER.get(type(intent), '')}"
        case Result.NOT_DONE if outcome.read_back:
            return f"no clear answer came ({words}), and {undone}: try again"
        case Result.NOT_DONE:
            return f"{undone}: {words}"
        case _:
            unseen = ", nor when it was read back" if outcome.read_back else ""
            return f"whether {done} is not known: no clear answer came ({words}){unseen}. Look before you repeat it"
