"""Sending only what differs leaves the same cells as sending everything."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.terminal.drawing.abilities import Abilities, Colours
from mctop.ui.terminal.drawing.screen_diff import TerminalCells
from mctop.ui.words.signs import SignSet

COLUMNS, LINES = 24, 4
STYLES = st.sampled_from(["", "1", "4", "38;2;1;2;3", "1;38;2;1;2;3;48;2;9;9;9", "3;31", "1;4;92;40", "48;5;33"])
TEXTS = st.text(alphabet="aab  │⣿é", min_size=1, max_size=COLUMNS)
WIDE = st.text(alphabet="ab鍵é ", min_size=1, max_size=COLUMNS // 2)
Run = tuple[str, str]


def frames(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Frames that draw runs of text from the left of some lines, as Textual writes them."""
    lines = st.dictionaries(st.integers(1, LINES), st.lists(st.tuples(STYLES, texts), min_size=1, max_size=4))
    return st.lists(lines.map(_frame), min_size=1, max_size=6)


def _frame(lines: dict[int, list[Run]]) -> str:
    spans = []
    for number, runs in sorted(lines.items()):
        room, drawn = COLUMNS, ""
        for style, text in runs:
            fitting = text[: room // 2] if "鍵" in text else text[:room]
            room -= sum(2 if character == "鍵" else 1 for character in fitting)
            drawn += f"\x1b[{style}m{fitting}\x1b[0m" if style and fitting else fitting
        spans.append(f"\x1b[{number};1H{drawn}" + "\x1b[0m " * room)
    return "\n".join(spans) + "\x1b[1;1H"


def sent(cells: TerminalCells, frame: str) -> str:
    """What a frame sends at once."""
    return cells.draw(frame) + cells.difference()


@given(st.one_of(frames(TEXTS), frames(WIDE)))
def test_the_terminal_shows_the_same_after_every_frame(given_frames: list[str]) -> None:
    cells, whole, partial = TerminalCells(), _terminal(), _terminal()
    for frame in given_frames:
        pyte.Stream(whole).feed(frame.replace("\n", "\r\n"))
        pyte.Stream(partial).feed(sent(cells, frame))
        assert _cells(partial) == _cells(whole)


@given(frames(TEXTS))
def test_a_frame_that_changes_nothing_sends_nothing(given_frames: list[str]) -> None:
    cells = TerminalCells()
    for frame in given_frames:
        sent(cells, frame)
    assert sent(cells, given_frames[-1]) == ""


@given(st.one_of(frames(TEXTS), frames(WIDE)), st.integers(1, LINES))
def test_what_is_held_back_is_sent_later_and_the_lines_above_at_once(given_frames: list[str], last: int) -> None:
    cells, whole, partial = TerminalCells(), _terminal(), _terminal()
    for frame in given_frames:
        pyte.Stream(whole).feed(frame.replace("\n", "\r\n"))
        pyte.Stream(partial).feed(cells.draw(frame) + cells.difference(last))
        assert _cells(partial)[: last * COLUMNS] == _cells(whole)[: last * COLUMNS]
    pyte.Stream(partial).feed(cells.difference())
    assert _cells(partial) == _cells(whole)


def test_what_was_replaced_while_it_was_held_back_is_never_sent() -> None:
    cells = TerminalCells()
    sent(cells, "\x1b[2;1Hmisses 1")
    for number in range(2, 9):
        cells.draw(f"\x1b[2;1Hmisses {number}")
        assert cells.difference(1) == ""
    assert cells.difference() == "\x1b[2;8H8"
    cells.draw("\x1b[2;1Hmisses 9")
    cells.draw("\x1b[2;1Hmisses 8")
    assert cells.difference() == ""


def test_lean_sends_the_colours_of_the_palette_and_no_cursor() -> None:
    frame = "\x1b[1;1H\x1b[38;2;255;0;0mLIVE\x1b[0m\x1b[1;1H"
    assert sent(TerminalCells(lean=True), frame) == "\x1b[1;1H\x1b[0;38;5;196mLIVE"
    assert sent(TerminalCells(Abilities(colours=Colours.SIXTEEN), lean=True), frame) == "\x1b[1;1H\x1b[0;31mLIVE"


def test_a_clock_sends_its_changed_digits() -> None:
    cells = TerminalCells()
    sent(cells, "\x1b[1;1H\x1b[1mmctop\x1b[0m \x1b[32m04:31:07Z\x1b[0m  \x1b[1;1H")
    digits = sent(cells, "\x1b[1;1H\x1b[1mmctop\x1b[0m \x1b[32m04:31:18Z\x1b[0m  \x1b[1;1H")
    assert digits == "\x1b[1;13H18\x1b[1;1H"


def test_a_style_that_changes_is_sent_although_the_text_is_the_same() -> None:
    cells = TerminalCells()
    sent(cells, "\x1b[1;1H\x1b[32mLIVE\x1b[0m")
    assert sent(cells, "\x1b[1;1H\x1b[31mLIVE\x1b[0m") == "\x1b[1;1H\x1b[31mLIVE"


def test_a_line_with_wide_characters_is_sent_whole() -> None:
    cells = TerminalCells()
    sent(cells, "\x1b[1;1Hab鍵cd")
    assert sent(cells, "\x1b[1;1Hab鍵ce") == "\x1b[1;1Hab鍵ce"


def test_what_is_behind_a_blank_is_sent_and_what_would_be_written_on_it_is_not() -> None:
    cells = TerminalCells()
    sent(cells, "\x1b[1;1H\x1b[32ma b\x1b[0m")
    assert sent(cells, "\x1b[1;1H\x1b[32ma\x1b[31m \x1b[32mb\x1b[0m") == ""
    assert sent(cells, "\x1b[1;1H\x1b[32ma\x1b[41m \x1b[32mb\x1b[0m") == "\x1b[1;2H\x1b[41m "


def test_a_place_behind_ascii_is_told_from_there_and_any_other_by_its_numbers() -> None:
    far = " " * 12
    cells = TerminalCells()
    sent(cells, f"\x1b[1;1Ha{far}a{far}é{far}a")
    assert sent(cells, f"\x1b[1;1Hb{far}b{far}ü{far}b") == "\x1b[1;1Hb\x1b[12Cb\x1b[12Cü\x1b[1;40Hb"


def test_every_frame_is_drawn_with_the_signs_and_colours_that_there_are() -> None:
    frame = "\x1b[1;1H\x1b[1;38;2;255;0;0;48;2;0;0;0m● LIVE\x1b[0m"
    assert sent(TerminalCells(Abilities(SignSet.ASCII, Colours.NONE)), frame) == "\x1b[1;1H\x1b[0;1m* LIVE"
    for colours, numbers in ((Colours.SIXTEEN, "1;31;40"), (Colours.PALETTE, "1;38;5;196;48;5;16")):
        assert f"\x1b[0;{numbers}m●" in sent(TerminalCells(Abilities(colours=colours)), frame)


def test_after_forgetting_everything_is_sent() -> None:
    cells = TerminalCells()
    frame, whole = "\x1b[2;3Hhello\x1b[1;1H", "\x1b[2;3H\x1b[0mhello\x1b[1;1H"
    assert sent(cells, frame) == whole
    assert sent(cells, frame) == ""
    cells.forget()
    assert sent(cells, frame) == whole


@pytest.mark.parametrize("strange", ["\x1b[2J\x1b[1;1Hx", "no place\x1b[1;1H", "\x1b[1;1H\x1b]8;;http://x/\x1b\\x"])
def test_what_it_does_not_understand_is_sent_as_it_is_and_nothing_is_assumed_afterwards(strange: str) -> None:
    cells = TerminalCells()
    sent(cells, "\x1b[1;1H\x1b[32mhello\x1b[0m")
    assert sent(cells, strange) == f"\x1b[0m{strange}"
    assert sent(cells, "\x1b[1;1Hhello") == "\x1b[1;1H\x1b[0mhello"


def _terminal() -> pyte.Screen:
    return pyte.Screen(COLUMNS, LINES)


def _cells(screen: pyte.Screen) -> list[object]:
    """What a person sees of each cell."""
    return [
        (
            cell.data,
            cell.bg,
            *(() if cell.data == " " and not cell.underscore else (cell.fg, cell.bold, cell.underscore)),
        )
        for line in range(LINES)
        for cell in (screen.buffer[line][column] for column in range(COLUMNS))
    ]
