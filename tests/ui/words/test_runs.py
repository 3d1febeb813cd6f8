"""Pieces of a line."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mctop.ui.words.runs import Run, fitted, merged


def test_neighbours_of_one_style_become_one_run() -> None:
    runs = (Run("a", "good"), Run("b", "good"), Run("", "poor"), Run("c"))
    assert merged(runs) == (Run("ab", "good"), Run("c"))


@given(st.text(alphabet="ab 日本é"), st.integers(0, 12), st.booleans())
def test_fitted_text_has_exactly_the_width(text: str, width: int, right: bool) -> None:
    assert cell_len(fitted(text, width, right=right)) == width
