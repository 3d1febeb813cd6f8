"""Headings of panels."""

from __future__ import annotations

from mctop.ui.renderables.heading import badge_ends, heading
from mctop.ui.words.badge import STALE
from mctop.ui.words.runs import Run

NOTES = ((Run("over 5s"),), (Run("5s"),))


def text(*parts: Run) -> str:
    """The characters of a line."""
    return "".join(run.text for run in parts)


def test_the_rule_runs_from_the_title_to_the_note() -> None:
    assert text(*heading("Requests", NOTES, 20)) == "Requests ── over 5s"[:9] + "─── over 5s"


def test_a_shorter_note_stands_in_where_the_long_one_has_no_room() -> None:
    assert text(*heading("Requests", NOTES, 15)) == "Requests ─── 5s"


def test_without_room_for_any_note_there_is_only_the_rule() -> None:
    assert text(*heading("Requests", NOTES, 11)) == "Requests ──"


def test_a_badge_loses_its_age_before_its_word() -> None:
    texts = [text(*end) for end in badge_ends(STALE.saying("12s"))]
    assert texts == ["◐ STALE 12s", "◐ STALE", "◐"]


def test_the_panel_that_has_the_keys_is_told_by_its_rule_and_not_by_colour_alone() -> None:
    assert "━" in text(*heading("Log", (), 20, focused=True))
    assert "━" not in text(*heading("Log", (), 20))
