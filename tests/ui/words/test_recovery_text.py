"""The way back after a flush, in words."""

from __future__ import annotations

import pytest

from mctop.store.counters.flush_recovery import Recovery
from mctop.ui.words.recovery_text import recovery_words


@pytest.mark.parametrize(
    ("recovery", "words"),
    [
        (None, ""),
        (Recovery(100, 0.972, 280, 0.63, fell=True), "recovering: 63.0 % of 97.2 %, 3m since the flush"),
        (Recovery(100, 0.972, 112, 0.0, fell=True), "recovering: 0 % of 97.2 %, 12s since the flush"),
        (Recovery(100, 0.972, 105, 0.972), "hit rate: 97.2 % of 97.2 %, 5s since the flush"),
        (Recovery(100, 0.972, 112), "no traffic, 12s since the flush"),
        (Recovery(100, 0.972, 100), "flushed: the next sample tells what is left of the hit rate"),
        (Recovery(100, 0.972, 900, 0.9, 250), "recovered to 90 % in 4m 10s"),
    ],
)
def test_it_says_how_far_the_hit_rate_has_come_back_or_how_long_that_took(
    recovery: Recovery | None, words: str
) -> None:
    assert (recovery_words(recovery) or ("",))[0] == words
