"""Text that knows shorter ways to say the same."""

from __future__ import annotations

from mctop.ui.words.runs import Run, longest, spread


def test_the_longest_variant_that_fits_is_said() -> None:
    assert [longest(width, ("hour before", "1h")) for width in (11, 10, 2, 1)] == ["hour before", "1h", "1h", ""]


def test_two_ends_are_pushed_apart() -> None:
    assert spread((Run("a"),), (Run("b"),), 5) == (Run("a   b"),)


def test_a_rule_fills_what_is_between_with_a_blank_at_each_text() -> None:
    assert spread((Run("a"),), (Run("b"),), 7, Run("-")) == (Run("a --- b"),)
    assert spread((Run("a"),), (), 5, Run("-")) == (Run("a ---"),)


def test_a_rule_without_room_is_blank() -> None:
    assert spread((Run("a"),), (Run("b"),), 4, Run("-")) == (Run("a  b"),)
