"""The grade of a panel in words."""

from __future__ import annotations

import pytest

from mctop.api.models.cache import CacheInfo, Grade
from mctop.api.models.exactness import Exactness
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.freshness_text import brief, graded, reason, troubles
from tests.ui import samples
from tests.ui.stage import Stage, ready


def info(*grades: Grade) -> CacheInfo:
    return CacheInfo(id=1, grades=grades)


def test_a_cache_without_grades_is_exact() -> None:
    assert graded(None, "recent_logs") is None
    assert brief(graded(info(), "recent_logs")) == ""
    assert reason(None) == ""


def test_the_share_that_was_seen_is_rounded_down_so_that_only_all_is_a_hundred() -> None:
    def said(share: float) -> str:
        return brief(Grade(of="recent_logs", grade="approximate", share=share))

    assert said(1) == "sampled 100 %"
    assert said(0.9999) == "sampled 99 %"
    assert said(-3) == "sampled 0 %"


def test_the_first_words_of_the_note_stand_beside_the_share() -> None:
    grade = Grade(of="recent_logs", grade="approximate", share=0.98, note="gets only: sets could crash 1.6.18")
    assert brief(grade) == "sampled 98 % · gets only"
    assert brief(Grade(of="x", grade="approximate")) == "approximate"


def test_that_all_was_seen_is_said_only_where_nothing_else_is() -> None:
    whole = Grade(of="most_hit_keys", grade="approximate", share=1, note="30 % not gets: why")
    assert brief(whole) == "30 % not gets"
    assert brief(Grade(of="x", grade="approximate", share=1), 48) == "below 48 not certain"
    assert brief(Grade(of="x", grade="approximate", share=0.5), 48) == "sampled 50 % · below 48 not certain"
    assert brief(Grade(of="x", grade="exact"), 48) == ""


def test_what_is_exact_or_derived_says_nothing() -> None:
    assert [brief(Grade(of="x", grade=grade, share=1)) for grade in ("exact", "derived")] == ["", ""]


@pytest.mark.parametrize("word", ["estimated", "", "EXACT", 1, None, ["exact"]])
def test_a_grade_that_is_not_known_is_never_taken_for_exact(word: object) -> None:
    grade = Grade.model_validate({"of": "recent_logs", "grade": word, "share": 0.4, "note": "gets only: why"})
    assert grade.grade is Exactness.UNKNOWN
    assert brief(grade) == "exactness not known"


def test_every_grade_that_is_not_as_good_as_exact_is_said() -> None:
    silent = {grade for grade in Exactness if not brief(Grade(of="x", grade=grade))}
    assert silent == {grade for grade in Exactness if grade.trusted} == {Exactness.EXACT, Exactness.DERIVED}


def test_what_is_impossible_says_why_in_clean_words() -> None:
    grade = Grade(of="most_mutated_keys", grade="impossible", note="not watched: sets could \x1b[31mcrash")
    assert reason(grade).startswith("not watched: sets could")
    assert "\x1b" not in reason(grade) + brief(grade)


def test_a_servers_trouble_is_not_the_grade_of_all() -> None:
    told = info(Grade(of="server", grade="impossible", server="mc1:11211", note="needs TLS"))
    assert graded(told, "server") is None
    assert troubles(told) == (("mc1:11211", "needs TLS"),)


async def test_history_that_is_not_kept_is_warned_of_once_and_named_on_the_charts() -> None:
    stage = Stage()
    samples.fill(stage.store)
    note = "in memory: The history file cannot be written: the disk is full."
    grade = Grade(of="processed_stats", grade="approximate", note=note)
    known = stage.store.cache.value.value or CacheInfo(id=1)
    stage.store.cache.value.set(known.model_copy(update={"grades": (grade,)}))
    async with stage.app.run_test(size=(160, 48)) as pilot:
        await ready(pilot)
        for view in ("Charts", "Overview", "Charts"):
            stage.app.navigation.open_view(view)
            await pilot.pause()
        assert [toast.message for toast in stage.app._notifications] == [note]
        assert any(panel.grade == "in memory" for panel in stage.app.screen.query(Panel))
