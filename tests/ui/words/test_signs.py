"""Every sign of the screen has one row, and in each set what stands for it is one cell that a terminal there draws."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from textual._border import BORDER_CHARS
from textual.scrollbar import ScrollBarRender

import mctop.ui
from mctop.ui.words.signs import BRAILLE, SIGNS, STAND_IN, SignSet, drawn
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

UI = Path(mctop.ui.__file__).parent
ABOUT_TEXT = {"signs.py", "text.py", "frame_filter.py", "keyboard.py", "sheet.py"}
"""Modules that name characters to look for them in foreign text, not to draw them; and the table itself."""
SMALLER = (SignSet.NARROW, SignSet.CONSOLE, SignSet.ASCII)


def literals(tree: ast.Module) -> Iterator[str]:
    """Every string of a module that is no docstring."""
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize(
    "path", [path for path in UI.rglob("*.py") if path.name not in ABOUT_TEXT], ids=lambda p: p.name
)
def test_nothing_is_drawn_with_a_sign_that_has_no_row(path: Path) -> None:
    signs = {sign.unicode for sign in SIGNS}
    written = {character for text in literals(ast.parse(path.read_text())) for character in text}
    assert not {character for character in written - signs if not character.isascii() and ord(character) not in BRAILLE}


def test_the_frames_and_scrollbars_of_textual_have_rows() -> None:
    frames = {character for rows in BORDER_CHARS.values() for row in rows for character in row}
    bars = {*"".join((*ScrollBarRender.VERTICAL_BARS, *ScrollBarRender.HORIZONTAL_BARS))}
    assert not {character for character in frames | bars if not character.isascii()} - {sign.unicode for sign in SIGNS}


def test_no_sign_has_two_rows() -> None:
    assert len({sign.unicode for sign in SIGNS}) == len(SIGNS)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign.unicode):04X}")
def test_a_sign_is_one_cell_in_every_set(sign: tuple[str, ...]) -> None:
    assert [cell_len(shown) for shown in sign] == [1, 1, 1, 1]


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign.unicode):04X}")
def test_a_narrow_sign_has_no_ambiguous_width_and_an_ascii_one_is_ascii(sign: tuple[str, ...]) -> None:
    assert unicodedata.east_asian_width(sign[1]) in ("N", "Na", "H")
    assert sign[3].isascii()
    assert sign[3].isprintable()


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign.unicode):04X}")
def test_a_sign_of_the_console_is_one_that_its_font_has(sign: tuple[str, ...]) -> None:
    low = "☺☻♥♦◆♣♠•◘○◙♂♀♪♫☼▶►◀◄↕‼¶§▬↨↑↓→←∟↔▲▼"
    assert sign[2] in low or sign[2].encode("cp437")


STATES = "✓✗◆●◐○◌❚"
LINES = "●■▲◆▼★"


@pytest.mark.parametrize("signs", SMALLER)
@pytest.mark.parametrize("apart", [STATES, LINES, "▲▼", "←→↑↓", "─┈", "▁▄█", "⏎⌫←"])
def test_signs_that_must_be_told_apart_stay_apart(apart: str, signs: SignSet) -> None:
    shown = drawn(apart, signs)
    if (signs, apart) == (SignSet.CONSOLE, STATES):
        shown = shown.replace("○", "", 1)  # stale and offline look alike there, beside their words
        assert len(set(shown)) == len(shown)
    else:
        assert len(set(shown)) == len(apart)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), signs=st.sampled_from(SignSet))
def test_foreign_text_stays_as_wide_as_it_was(text: str, signs: SignSet) -> None:
    shown = drawn(clean(text), signs)
    assert sum(map(get_character_cell_size, shown)) == sum(map(get_character_cell_size, clean(text)))


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_ascii_is_ascii_whatever_comes(text: str) -> None:
    assert drawn(text, SignSet.ASCII).isascii()


def test_foreign_text_that_a_set_has_is_left_as_it_is() -> None:
    assert drawn("naïve café 漢字 é", SignSet.UNICODE) == "naïve café 漢字 é"
    assert drawn("漢字 x", SignSet.NARROW) == "漢字 x"
    assert drawn("café 漢", SignSet.CONSOLE) == f"café {STAND_IN * 2}"
    assert drawn("é漢", SignSet.ASCII) == STAND_IN * 3
    assert drawn("ж", SignSet.NARROW) == STAND_IN  # Cyrillic is two cells wide there


@pytest.mark.parametrize(
    ("cell", "ascii_sign", "console"),
    [("⣀", "_", "▄"), ("⠉", '"', "▀"), ("⡇", "|", "▌"), ("⢸", "|", "▐"), ("⣿", "#", "█"), ("⠂", "'", "▀"),
     ("⠄", ".", "▄"), ("⡠", "/", "▄"), ("⠑", "\\", "▀"), ("⠒", "-", "▀"), ("⠀", " ", " ")],
)  # fmt: skip
def test_braille_becomes_what_looks_most_like_it(cell: str, ascii_sign: str, console: str) -> None:
    assert drawn(cell, SignSet.ASCII) == ascii_sign
    assert drawn(cell, SignSet.CONSOLE) == console
    assert drawn(cell, SignSet.NARROW) == cell
