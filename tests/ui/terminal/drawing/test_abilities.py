"""What a terminal can draw is told by its environment, and what overrules it."""

from __future__ import annotations

import pytest

from mctop.ui.terminal.drawing.abilities import Abilities, Colours, abilities, colours_of, signs_of
from mctop.ui.words.signs import SignSet

XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environ", "signs"),
    [
        (XTERM, SignSet.UNICODE),
        ({**XTERM, "LANG": "en_US.UTF-8"}, SignSet.UNICODE),
        ({**XTERM, "LANG": "ja_JP.utf8"}, SignSet.UNICODE),
        ({**XTERM, "LC_CTYPE": "UTF-8"}, SignSet.UNICODE),  # as macOS sets it
        ({**XTERM, "LANG": "de_DE.UTF-8@euro"}, SignSet.UNICODE),
        ({**XTERM, "LC_CTYPE": "C.UTF-8"}, SignSet.UNICODE),  # Python's own doing where no locale is named
        ({**XTERM, "LC_CTYPE": "C.UTF-8", "LANG": "de_DE.UTF-8"}, SignSet.UNICODE),
        ({**XTERM, "LC_CTYPE": "C.UTF-8", "LANG": "C"}, SignSet.ASCII),  # Python's own doing, too
        ({**XTERM, "LANG": "C"}, SignSet.ASCII),
        ({**XTERM, "LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, SignSet.ASCII),
        ({**XTERM, "LC_ALL": "C.UTF-8", "LANG": "C"}, SignSet.UNICODE),
        ({**XTERM, "LC_ALL": "", "LANG": "en_US.ISO-8859-1"}, SignSet.ASCII),
        ({**XTERM, "LANG": "de_DE"}, SignSet.ASCII),
        ({**XTERM, "LANG": "x.\x1b[31m\nKOI8-R"}, SignSet.ASCII),
        ({"TERM": "vt100", "LANG": "en_US.UTF-8"}, SignSet.ASCII),
        ({"TERM": "vt220"}, SignSet.ASCII),
        ({"TERM": "linux", "LANG": "en_US.UTF-8"}, SignSet.CONSOLE),
        ({"TERM": "linux-16color"}, SignSet.CONSOLE),
        ({"TERM": "linux", "LANG": "C"}, SignSet.ASCII),
        ({}, SignSet.UNICODE),
    ],
)
def test_signs(environ: dict[str, str], signs: SignSet) -> None:
    assert signs_of(environ) is signs


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        (XTERM, Colours.PALETTE),
        ({**XTERM, "COLORTERM": "truecolor"}, Colours.TRUE),
        ({**XTERM, "COLORTERM": "24bit"}, Colours.TRUE),
        ({**XTERM, "COLORTERM": "truecolor", "TERM_PROGRAM": "Apple_Terminal"}, Colours.PALETTE),
        ({**XTERM, "COLORTERM": "truecolor", "NO_COLOR": "1"}, Colours.NONE),
        ({**XTERM, "NO_COLOR": ""}, Colours.PALETTE),  # as no-color.org has it
        ({**XTERM, "LC_TERMINAL": "iTerm2"}, Colours.TRUE),
        ({**XTERM, "LC_TERMINAL": "iTerm2", "TMUX": "/tmp/t"}, Colours.PALETTE),
        ({"TERM": "xterm-kitty"}, Colours.TRUE),
        ({"TERM": "alacritty"}, Colours.TRUE),
        ({"TERM": "xterm-direct"}, Colours.TRUE),
        ({"TERM": "tmux-256color"}, Colours.PALETTE),
        ({"TERM": "xterm"}, Colours.SIXTEEN),
        ({"TERM": "screen"}, Colours.SIXTEEN),
        ({"TERM": "linux"}, Colours.SIXTEEN),
        ({"TERM": "vt100"}, Colours.NONE),
        ({"TERM": "xterm-mono"}, Colours.NONE),
        ({}, Colours.SIXTEEN),
    ],
)
def test_colours(environ: dict[str, str], colours: Colours) -> None:
    assert colours_of(environ) is colours


@pytest.mark.parametrize("signs", SignSet)
def test_the_users_signs_overrule_the_environment(signs: SignSet) -> None:
    assert abilities({"TERM": "linux", "LANG": "C"}, signs) == Abilities(signs, Colours.SIXTEEN)
