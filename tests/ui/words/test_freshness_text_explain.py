"""Failures in words."""

from __future__ import annotations

import pytest

from mctop.store.base.health import DENIED, FINAL, Failure, FailureKind
from mctop.store.polling.pace import SELDOM
from mctop.ui.words.format import duration
from mctop.ui.words.freshness_text import briefly, explain, short


def failure(kind: FailureKind, status: int | None = None, path: str = "/api/v2/caches/1/stats") -> Failure:
    """A failed call with hostile words."""
    return Failure(kind, "GET", path, "no\x1b[2J", 0, status)


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_says_what_happened_and_what_to_do(kind: FailureKind) -> None:
    explanation = explain(failure(kind))
    assert explanation.what
    assert any(words in explanation.todo for words in ("r now", "--api v2"))


@pytest.mark.parametrize("kind", FailureKind)
def test_what_happened_fits_a_panel_of_half_of_80_columns(kind: FailureKind) -> None:
    assert len(f"✗ {explain(failure(kind, 503)).what}") <= 38


@pytest.mark.parametrize("kind", FailureKind)
def test_the_short_form_fits_the_end_of_a_heading(kind: FailureKind) -> None:
    assert 0 < len(short(failure(kind))) <= 11


def test_a_status_is_told_where_it_is_the_failure_and_not_where_it_is_200() -> None:
    assert explain(failure(FailureKind.SERVER_FAULT, 502)).what.startswith("502: ")
    assert short(failure(FailureKind.SERVER_FAULT, 502)) == "502"
    assert explain(failure(FailureKind.BAD_ANSWER, 200)).what == "the answer makes no sense"
    assert short(failure(FailureKind.BAD_ANSWER, 200)) == "bad answer"


@pytest.mark.parametrize(("kind", "status"), [(FailureKind.FORBIDDEN, 403), (FailureKind.NOT_FOUND, 404)])
def test_introspection_that_is_refused_is_not_on_this_plan(kind: FailureKind, status: int) -> None:
    refused = failure(kind, status, "/api/v2/caches/1/introspection/recent_logs")
    assert explain(refused).what == f"{status}: not on this plan"


def test_the_servers_words_are_cleaned() -> None:
    assert explain(failure(FailureKind.UNAUTHORIZED, 401)).words == "no^[[2J"


def test_briefly_keeps_what_happened_and_the_key() -> None:
    refused = failure(FailureKind.UNAUTHORIZED, 401)
    assert briefly(refused).what == explain(refused).what
    assert briefly(refused).todo == "tries every 5m · r now"
    assert "r now" in briefly(failure(FailureKind.TIMED_OUT)).todo


@pytest.mark.parametrize("kind", FailureKind)
def test_it_promises_to_try_again_only_where_it_does_and_as_often(kind: FailureKind) -> None:
    assert ("by itself" in briefly(failure(kind)).todo) is (kind not in FINAL | DENIED)
    assert ("every 5m" in briefly(failure(kind)).todo) is (kind in DENIED)
    assert ("every 5m" in explain(failure(kind)).todo) is (kind in DENIED)


def test_what_is_promised_is_what_is_done() -> None:
    assert f"tries every {duration(SELDOM)} · r now" == briefly(failure(FailureKind.FORBIDDEN)).todo


@pytest.mark.parametrize("kind", FailureKind)
def test_what_to_do_fits_80_columns(kind: FailureKind) -> None:
    for path in ("/stats", "/introspection/recent_logs"):
        assert len(explain(failure(kind, path=path)).todo) <= 78
