"""The themes: complete, and legible."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from textual.color import Color

from mctop.ui.app.theme import ANSI, CONTRAST, DARK, THEMES
from mctop.ui.renderables import plot
from mctop.ui.widgets import chart, grid
from mctop.ui.widgets.line_widget import CURSOR, FOCUSED_CURSOR, INKS
from mctop.ui.words.badge import Tone

if TYPE_CHECKING:
    from textual.theme import Theme

COLOURED = [theme for theme in THEMES if theme is not ANSI]
READ = ("text-success", "text-warning", "text-error", "text-accent", "text-muted", "heading", "value", "text-primary")


def ratio(theme: Theme, variable: str) -> float:
    """The contrast of a colour against the theme's background, as WCAG counts it."""
    assert theme.background is not None
    ink, paper = Color.parse(theme.variables[variable]), Color.parse(theme.background)
    return contrast(ink, paper)


def contrast(first: Color, second: Color) -> float:
    """(lighter + 0.05) / (darker + 0.05)."""
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    """Relative luminance of sRGB."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_theme_has_every_ink(theme: Theme) -> None:
    generated = theme.to_color_system().generate() | theme.variables
    inks = [*INKS.values(), *chart.INKED.values(), *grid.INKED.values()]
    wanted = {ink.variable for ink in inks} | {CURSOR.variable, FOCUSED_CURSOR.variable, FOCUSED_CURSOR.ink}
    assert all(Color.parse(generated[variable]) for variable in wanted)


def test_whatever_a_line_or_a_cell_is_said_to_be_has_an_ink() -> None:
    assert set(chart.INKED) >= {*plot.COLOURS, *get_args(plot.LevelTone)}
    assert set(grid.INKED) >= {tone for tone in get_args(Tone) if tone}


@pytest.mark.parametrize("variable", READ)
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_text_is_legible(theme: Theme, variable: str) -> None:
    assert ratio(theme, variable) >= (7 if theme is CONTRAST else 4.5)


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_good_and_poor_differ_in_brightness_and_not_in_hue_alone(theme: Theme) -> None:
    good, poor = (luminance(Color.parse(theme.variables[name])) for name in ("text-success", "text-error"))
    assert abs(good - poor) > 0.01


def test_the_terminals_own_colours_are_all_the_ansi_theme_uses() -> None:
    assert all(value.startswith("ansi_") for value in ANSI.variables.values())


def test_all_coloured_themes_define_the_same_variables() -> None:
    assert {theme.name: set(theme.variables) ^ set(DARK.variables) for theme in COLOURED} == {
        theme.name: set() for theme in COLOURED
    }
