"""How honest the picture is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mctop.store.base.health import Failure, FailureKind, Health
from mctop.ui.words.freshness_text import badge, failing, retry, whole

NOW = 100.0
LIVE = Health(every=5, last_good=98, due=103, next_try=103)


def failed(kind: FailureKind, last_good: float | None = 58, *, stopped: bool = False) -> Health:
    """A slice whose newest try failed; the next is in 4 s."""
    return Health(5, last_good, None, None if stopped else 104, Failure(kind, "GET", "/", "", 0, None), 1, stopped)


def said(health: Health, *, connecting: bool = False, frozen_at: float | None = None) -> tuple[str, str]:
    """State and next try of the whole."""
    standing = whole(health, NOW, connecting=connecting, frozen_at=frozen_at)
    return standing.badge.text, standing.retry


def test_a_live_picture_says_how_old_it_is_and_nothing_of_a_next_try() -> None:
    assert said(LIVE) == ("● LIVE 2s", "")


def test_a_missed_poll_makes_the_picture_stale() -> None:
    assert said(Health(every=5, last_good=80, due=85, next_try=103)) == ("◐ STALE 20s", "next try 3s · r now")


@pytest.mark.parametrize("kind", [FailureKind.UNREACHABLE, FailureKind.TIMED_OUT])
def test_an_api_that_cannot_be_reached_is_offline(kind: FailureKind) -> None:
    assert said(failed(kind)) == ("○ OFFLINE 42s", "next try 4s · r now")


def test_an_api_that_answers_with_failures_leaves_the_picture_stale() -> None:
    assert said(failed(FailureKind.SERVER_FAULT))[0] == "◐ STALE 42s"


def test_without_any_sample_there_is_nothing_that_could_be_stale() -> None:
    assert said(failed(FailureKind.SERVER_FAULT, None))[0] == "○ OFFLINE"


def test_a_frozen_picture_says_how_far_behind_it_is_whatever_the_api_does() -> None:
    assert said(failed(FailureKind.UNREACHABLE), frozen_at=40) == ("❚❚ FROZEN 1m", "")


def test_before_the_first_poll_it_is_connecting() -> None:
    assert said(Health(every=5), connecting=True)[0] == "◌ CONNECTING"
    assert said(Health(every=5))[0] == "◌ waiting"


def test_a_poller_that_stopped_waits_for_a_key() -> None:
    assert retry(failed(FailureKind.NOT_OFFERED, stopped=True), NOW) == "stopped · r tries again"


def test_an_api_that_denies_access_is_asked_again_and_it_is_said_when() -> None:
    health = replace(failed(FailureKind.UNAUTHORIZED), next_try=NOW + 290)
    assert said(health) == ("◐ STALE 42s", "next try 4m · r now")


@pytest.mark.parametrize(
    ("wait", "words"),
    [(45, "next try 45s · r now"), (60, "next try 1m · r now"), (1800, "waits until 12:30:00Z · r now")],
)
def test_a_far_retry_after_says_the_time_of_day_until_which_it_waits(wait: float, words: str) -> None:
    noon = 1_800_014_400.0
    failure = Failure(FailureKind.RATE_LIMITED, "GET", "/", "", noon, 429, noon + wait)
    assert retry(Health(5, 58, None, NOW + wait, failure, 1), NOW) == words


def test_while_a_request_is_under_way_there_is_no_countdown() -> None:
    assert retry(Health(every=5, last_good=80, due=85), NOW) == "trying now"


def test_a_live_panel_wears_no_badge() -> None:
    assert badge(LIVE, NOW) is None


def test_a_panel_without_data_says_why_at_the_end_of_its_heading() -> None:
    refused = badge(failed(FailureKind.TIMED_OUT, None), NOW)
    assert refused is not None
    assert refused.text == "✗ timed out"


def test_what_this_version_of_the_api_does_not_have_is_no_failure_in_red() -> None:
    lacking = badge(failed(FailureKind.NOT_OFFERED, None), NOW)
    assert lacking is not None
    assert (lacking.text, lacking.tone) == ("? not in v1", "muted")


def test_only_failures_of_what_is_still_shown_are_explained_below() -> None:
    shown, refused = failed(FailureKind.RATE_LIMITED), failed(FailureKind.FORBIDDEN, None)
    assert failing((LIVE, refused, shown), NOW) is shown.failure
    assert failing((LIVE, refused), NOW) is None


@pytest.mark.parametrize(
    ("health", "badge_text", "retry_text"),
    [
        (LIVE, "● LIVE", ""),
        (Health(every=5, last_good=79, due=85, next_try=103), "◐ STALE 20s", "next try 5s · r now"),
        (failed(FailureKind.UNREACHABLE), "○ OFFLINE 40s", "next try 5s · r now"),
    ],
)
def test_coarsely_said_it_changes_every_five_seconds_and_never_looks_younger_by_more(
    health: Health, badge_text: str, retry_text: str
) -> None:
    standing = whole(health, NOW, connecting=False, frozen_at=None, coarse=True)
    assert (standing.badge.text, standing.retry) == (badge_text, retry_text)


def test_coarsely_said_what_is_live_says_the_same_each_second() -> None:
    texts = {whole(LIVE, NOW + second, connecting=False, frozen_at=None, coarse=True).badge.text for second in range(4)}
    assert texts == {"● LIVE"}


def test_coarsely_said_what_stands_still_counts_by_fives() -> None:
    texts = [whole(LIVE, NOW + second, connecting=False, frozen_at=NOW, coarse=True).badge.text for second in (4, 5, 9)]
    assert texts == ["❚❚ FROZEN 0s", "❚❚ FROZEN 5s", "❚❚ FROZEN 5s"]
