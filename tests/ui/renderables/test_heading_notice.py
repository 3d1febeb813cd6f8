"""What a panel says in place of what it cannot show."""

from __future__ import annotations

from mctop.ui.renderables.heading import notice
from mctop.ui.words.badge import REFUSED
from mctop.ui.words.freshness_text import Explanation

SAID = Explanation("403: not allowed to see this", "turn it on · r tries again", "You are not authorized.")


def shown(width: int, height: int) -> list[str]:
    """The lines of the notice."""
    return ["".join(run.text for run in line) for line in notice(SAID, REFUSED, width, height)]


def test_what_happened_comes_first_then_what_to_do_then_the_servers_words() -> None:
    assert shown(40, 9) == [
        "✗ 403: not allowed to see this",
        "turn it on · r tries again",
        "It says: You are not authorized.",
    ]


def test_without_room_the_servers_words_go_first() -> None:
    assert shown(40, 2) == ["✗ 403: not allowed to see this", "turn it on · r tries again"]


def test_lines_are_broken_between_words() -> None:
    assert shown(20, 9)[:2] == ["✗ 403: not allowed", "to see this"]


def test_something_that_is_merely_empty_is_muted() -> None:
    ((run,),) = notice(Explanation("no alert is enabled", ""), None, 40, 5)
    assert (run.text, run.style) == ("no alert is enabled", "muted")


def test_without_any_room_nothing_is_said() -> None:
    assert shown(0, 9) == shown(-2, 9) == shown(20, 0) == []
