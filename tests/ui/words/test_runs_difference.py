"""Where two lines differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.words.runs import Run, difference

LINES = st.lists(st.builds(Run, st.text("ab ", max_size=4), st.sampled_from(["", "good"])), max_size=4)


def cells(line: list[Run], width: int) -> list[tuple[str, str]]:
    """The line, cell by cell."""
    found = [(character, run.style if character != " " else "") for run in line for character in run.text][:width]
    return found + [(" ", "")] * (width - len(found))


@given(LINES, LINES)
def test_nothing_outside_the_span_differs_and_its_ends_do(old: list[Run], new: list[Run]) -> None:
    width = 10
    before, after = cells(old, width), cells(new, width)
    span = difference(old, new, width)
    if span is None:
        assert before == after
    else:
        start, end = span
        assert before[:start] == after[:start]
        assert before[end:] == after[end:]
        assert before[start] != after[start]
        assert before[end - 1] != after[end - 1]


def test_lines_with_wide_characters_are_repainted_whole() -> None:
    assert difference([Run("日a")], [Run("日b")], 8) == (0, 8)
    assert difference([Run("日a")], [Run("日a")], 8) is None
