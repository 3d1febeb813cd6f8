"""What is said of what came of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.api.models.introspection import Prefix
from mctop.store.changes.cache_changes import Flush, RotateSso
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from mctop.ui.words.change_text import sentence

if TYPE_CHECKING:
    from mctop.store.changes.change import Change

WATCH, UNWATCH = WatchPrefix("cart:"), UnwatchPrefix(Prefix(id=1, name="cart:"))
LIMIT = "A cache watches at most 20 prefixes."


@pytest.mark.parametrize(
    ("change", "outcome", "said"),
    [
        (WATCH, Outcome(Result.DONE), "cart: is watched now; its statistics come within a minute"),
        (UNWATCH, Outcome(Result.DONE), "cart: is not watched now"),
        (Flush(), Outcome(Result.DONE), "the cache was flushed"),
        (WATCH, Outcome(Result.NOT_DONE, words=LIMIT), f"cart: is not watched: {LIMIT}"),
        (WATCH, Outcome(Result.DONE, read_back=True, words="no answer within 10 s"),
         "no clear answer came (no answer within 10 s), but cart: is watched now"),
        (UNWATCH, Outcome(Result.NOT_DONE, read_back=True, words="lost"),
         "no clear answer came (lost), and cart: is watched: try again"),
        (Flush(), Outcome(Result.UNKNOWN, read_back=True, words="lost"),
         "whether the cache was flushed is not known: no clear answer came (lost), nor when it was read back. "
         "Look before you repeat it"),
        (RotateSso(), Outcome(Result.UNKNOWN, words="lost"),
         "whether the SSO secret was rotated is not known: no clear answer came (lost). Look before you repeat it"),
    ],
)  # fmt: skip
def test_every_outcome_says_what_is_so_now(change: Change, outcome: Outcome, said: str) -> None:
    assert sentence(change, outcome) == said


def test_foreign_text_is_cleaned_and_is_no_template() -> None:
    assert sentence(WatchPrefix("a\x1b[2J{0}"), Outcome(Result.NOT_DONE, words="b\x07{}")) == (
        "~a^[[2J{0} is not watched: b^G{}"
    )
