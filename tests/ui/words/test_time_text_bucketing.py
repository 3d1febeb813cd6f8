"""How finely series are told."""

from __future__ import annotations

from mctop.ui.words.time_text import bucketed


def test_v1_claims_no_finer_buckets_than_its_history_has() -> None:
    assert bucketed("v1", "1m") == "of half-hourly v1 history"
    assert bucketed("v2", "1m") == "in buckets of 1m"
