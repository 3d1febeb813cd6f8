"""The way from one style to another is the shortest, and a colour that is not there becomes the nearest that is."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.app.theme import CONTRAST, DARK, LIGHT
from mctop.ui.terminal.drawing.abilities import Colours
from mctop.ui.terminal.drawing.pen import PLAIN, Pen, blank, change, look

NUMBERS = st.lists(
    st.sampled_from(["1", "3", "4", "7", "9", "31", "92", "39", "38;5;100", "38;2;1;2;3", "44", "49", "48;5;9"]),
    max_size=4,
    unique=True,
).map(";".join)


def worn(numbers: str) -> tuple[object, ...]:
    """What a terminal writes in after a sequence of numbers."""
    screen = pyte.Screen(1, 1)
    pyte.Stream(screen).feed(numbers + "x")
    cell = screen.buffer[0][0]
    return cell.fg, cell.bg, cell.bold, cell.italics, cell.underscore, cell.reverse, cell.strikethrough


@given(NUMBERS, NUMBERS)
def test_a_change_of_style_leads_to_the_style_from_wherever_it_comes(old: str, new: str) -> None:
    before = f"\x1b[0m\x1b[{old}m" if old else "\x1b[0m"
    whole = f"\x1b[0m\x1b[{new}m" if new else "\x1b[0m"
    assert worn(before + change(look(old), look(new))) == worn(whole)
    assert worn(before + change(None, look(new))) == worn(whole)
    assert len(change(look(old), look(new))) <= len(change(None, look(new)))


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        ("1;38;2;1;2;3;48;2;9;9;9", "1;38;2;4;5;6;48;2;9;9;9", "\x1b[38;2;4;5;6m"),
        ("1;32;40", "32;40", "\x1b[22m"),
        ("32;40", "1;32;40", "\x1b[1m"),
        ("4;32", "32", "\x1b[0;32m"),
        ("32", "", "\x1b[0m"),
        ("32", "32", ""),
    ],
)
def test_only_what_differs_is_said(old: str, new: str, sent: str) -> None:
    assert change(look(old), look(new)) == sent


def test_a_blank_has_no_colour_but_what_is_behind_it_and_under_it() -> None:
    assert blank(look("1;32;40")) == look("40")
    assert blank(look("4;32")) == look("4;32")
    assert blank(PLAIN) == PLAIN


def test_without_colours_what_is_left_is_bold_and_reverse() -> None:
    assert look("1;7;38;2;1;2;3;44", Colours.NONE) == look("1;7")


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_the_palette_keeps_good_fair_and_poor_apart_and_what_is_grey_without_a_hue(theme: object) -> None:
    colours = [theme.success, theme.warning, theme.error]  # type: ignore[attr-defined]  # one of ours
    grounds = [theme.background, theme.panel]  # type: ignore[attr-defined]  # one of ours
    in_palette = [look(f"38;2;{';'.join(map(str, bytes.fromhex(hex[1:])))}", Colours.PALETTE).colour for hex in colours]
    assert len(set(in_palette)) == len(colours)
    for hex in grounds:
        number = int(look(f"38;2;{';'.join(map(str, bytes.fromhex(hex[1:])))}", Colours.PALETTE).colour.split(";")[2])
        assert number in (16, 231, *range(232, 256))


def test_the_colours_that_each_user_sets_are_never_chosen_for_others() -> None:
    chosen = {look(f"38;2;{red};{green};{blue}", Colours.PALETTE).colour for red in range(0, 256, 51)
              for green in range(0, 256, 51) for blue in range(0, 256, 51)}  # fmt: skip
    assert all(16 <= int(colour.split(";")[2]) <= 255 for colour in chosen)


def test_a_lifted_pen_says_the_whole_style_again() -> None:
    pen = Pen()
    pen.draw(1, 1, [(look("32"), "a")])
    pen.finish("")
    pen.draw(1, 2, [(look("32"), "b")])
    assert pen.finish("") == "\x1b[1;2Hb"
    pen.lift()
    pen.draw(1, 2, [(look("32"), "b")])
    assert pen.finish("") == "\x1b[1;2H\x1b[0;32mb"
