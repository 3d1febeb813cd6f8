"""The pen of the terminal: where it stands, what it writes in, and the shortest way to another style."""

from __future__ import annotations

from functools import cache, lru_cache
from math import dist
from typing import TYPE_CHECKING, NamedTuple

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color, Lab, rgb_to_lab

from mctop.ui.terminal.drawing.abilities import Colours

if TYPE_CHECKING:
    from collections.abc import Sequence


class Look(NamedTuple):
    """A style by its parts, each as the numbers of its sequence; "" is the terminal's own."""

    attributes: frozenset[str] = frozenset()
    colour: str = ""
    ground: str = ""


PLAIN = Look()
BOLD, NOT_BOLD = "1", "22"
SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Underlined, reversed, struck, underlined twice, overlined."""
EXTENDED = ("38", "48")
LENGTHS = {"5": 3, "2": 5}
"""How many numbers a colour beyond the first sixteen has, by the one that says of which kind it is."""
LEVELS = (0, 95, 135, 175, 215, 255)
"""The steps of red, green and blue in the cube of the palette."""
CUBE, GREYS = 16, 232
"""Where in the palette the cube begins, and the 24 greys behind it; what is before the cube, each user sets."""


@lru_cache(maxsize=4096)
def look(numbers: str, colours: Colours = Colours.TRUE) -> Look:
    """The look that a sequence of numbers gives, in the colours that there are; nothing before it is left."""
    attributes, colour, ground = set[str](), "", ""
    rest = numbers.split(";") if numbers not in ("", "0") else []
    while rest:
        length = LENGTHS.get(rest[1], 1) if rest[0] in EXTENDED and len(rest) > 1 else 1
        part, rest = rest[:length], rest[length:]
        number = int(part[0] or "0")
        if 30 <= number <= 39 or 90 <= number <= 97:
            colour = _coloured(part, colours, foreground=True)
        elif 40 <= number <= 49 or 100 <= number <= 107:
            ground = _coloured(part, colours, foreground=False)
        elif number:
            attributes.add(part[0])
    return Look(frozenset(attributes), colour, ground)


@lru_cache(maxsize=1024)
def blank(style: Look) -> Look:
    """What of a look can be seen where nothing is written."""
    seen = style.attributes & SEEN_ON_BLANKS
    return style if seen else Look(ground=style.ground)


@lru_cache(maxsize=4096)
def change(old: Look | None, new: Look) -> str:
    """The shortest sequence from one look to another, of which None is any."""
    fresh = f"\x1b[{';'.join(('0', *_numbers(new)))}m" if new != PLAIN else "\x1b[0m"
    if old is None:
        return fresh
    if old == new:
        return ""
    parts = []
    if gone := old.attributes - new.attributes:
        if gone != {BOLD}:
            return fresh
        parts.append(NOT_BOLD)
    parts += sorted(new.attributes - old.attributes, key=int)
    if old.colour != new.colour:
        parts.append(new.colour or "39")
    if old.ground != new.ground:
        parts.append(new.ground or "49")
    return min(f"\x1b[{';'.join(parts)}m", fresh, key=len)


def _on_blank(old: Look | None, style: Look) -> Look:
    """A look in which a blank looks as it would in `style`, and that is as near to the old one as may be."""
    if old is None or (style.attributes | old.attributes) & SEEN_ON_BLANKS:
        return style
    return old._replace(ground=style.ground)


def _numbers(style: Look) -> list[str]:
    return [part for part in (*sorted(style.attributes, key=int), style.colour, style.ground) if part]


def _coloured(part: Sequence[str], colours: Colours, *, foreground: bool) -> str:
    """A colour as the terminal is told it; "" is its own."""
    if colours is Colours.NONE or part[0] in ("39", "49"):
        return ""
    if colours is Colours.TRUE or part[0] not in EXTENDED or len(part) < 3:
        return ";".join(part)
    if colours is Colours.PALETTE:
        return f"{part[0]};5;{_in_palette(*map(int, part[2:5])) if part[1] == '2' else part[2]}"
    given = RichColor.from_rgb(*map(int, part[2:5])) if part[1] == "2" else RichColor.from_ansi(int(part[2]))
    return ";".join(given.downgrade(ColorSystem.STANDARD).get_ansi_codes(foreground))


@lru_cache(maxsize=1024)
def _in_palette(red: int, green: int, blue: int) -> int:
    """The number of the colour of the palette that looks most like another one: hue counts, so that greys stay grey."""
    wanted = rgb_to_lab(Color(red, green, blue))
    return CUBE + min(range(len(_palette())), key=lambda index: dist(_palette()[index], wanted))


@cache
def _palette() -> tuple[Lab, ...]:
    """The cube and the greys, by how they look."""
    cube = (Color(red, green, blue) for red in LEVELS for green in LEVELS for blue in LEVELS)
    greys = (Color(level, level, level) for level in range(8, 8 + 10 * (256 - GREYS), 10))
    return tuple(map(rgb_to_lab, (*cube, *greys)))


Cell = tuple[Look, str]
"""The look and the text of one cell: empty behind a wide character."""


class Pen:
    """Gathers the sequences that draw cells; says what changes, and nothing else.

    It remembers across frames what the terminal was told last; `lift` forgets it.
    """

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._look: Look | None = None
        self._row = self._column = 0

    def lift(self) -> None:
        """The terminal may write in any style, anywhere."""
        self._look, self._row = None, 0

    def plain(self) -> str:
        """What makes the terminal write in its own style."""
        before, self._look = self._look, PLAIN
        return change(before, PLAIN)

    def draw(self, row: int, column: int, cells: Sequence[Cell]) -> None:
        """Draw cells from a place on, both counted from 1."""
        ahead = column - self._column
        self._sent.append(f"\x1b[{ahead}C" if row == self._row and ahead > 0 else f"\x1b[{row};{column}H")
        sure = True
        for style, text in cells:
            wanted = _on_blank(self._look, style) if text == " " else style
            if wanted != self._look:
                self._sent.append(change(self._look, wanted))
                self._look = wanted
            self._sent.append(text)
            sure = sure and text.isascii()
        # Terminals disagree about the width of other signs, so that behind them no place is told from here.
        self._row, self._column = (row if sure else 0), column + len(cells)

    def finish(self, cursor: str) -> str:
        """What was gathered, and `cursor` behind it, which may go anywhere."""
        self._sent.append(cursor)
        sent, self._sent = "".join(self._sent), []
        self._row = 0
        return sent
