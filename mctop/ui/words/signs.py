"""Every sign that mctop draws beyond ASCII, and what stands for it where a terminal cannot draw it one cell wide."""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size


class SignSet(Enum):
    """What a terminal can draw, from most to least."""

    UNICODE = "unicode"
    NARROW = "narrow"
    """Draws signs of ambiguous width two cells wide, as terminals set up for East Asia do."""
    CONSOLE = "console"
    """The font of the Linux console: the signs of code page 437 that console fonts of Debian have too."""
    ASCII = "ascii"


class Sign(NamedTuple):
    """One sign in each set; every one of them is one cell wide there."""

    unicode: str
    narrow: str
    console: str
    ascii: str


SIGNS = (
    # states, each of which has its word beside it
    Sign("✓", "✓", "√", "+"),
    Sign("✗", "✗", "x", "x"),
    Sign("◆", "❖", "◆", "~"),
    Sign("●", "◉", "•", "*"),
    Sign("◐", "◒", "○", "="),
    Sign("○", "◦", "○", "o"),
    Sign("◌", "◌", "·", "."),
    Sign("❚", "❚", "║", "|"),
    Sign("★", "✦", "*", "@"),
    Sign("⚑", "⚑", "!", "!"),
    Sign("■", "◼", "■", "#"),
    Sign("▲", "▴", "▲", "^"),
    Sign("▼", "▾", "▼", "v"),
    Sign("▸", "▸", "►", ">"),
    Sign("›", "›", ">", ">"),
    # text
    Sign("·", "⋅", "·", "-"),
    Sign("•", "◦", "•", "*"),
    Sign("…", "⋯", "~", "~"),
    Sign("–", "-", "-", "-"),
    Sign("−", "−", "-", "-"),
    Sign("×", "✕", "x", "x"),
    Sign("µ", "µ", "µ", "u"),
    Sign("“", '"', '"', '"'),
    Sign("”", '"', '"', '"'),
    Sign("\xa0", "\xa0", " ", " "),
    Sign("\ufffd", "?", "?", "?"),
    # keys
    Sign("←", "⇠", "←", "<"),
    Sign("→", "⇢", "→", ">"),
    Sign("↑", "⇡", "↑", "^"),
    Sign("↓", "⇣", "↓", "v"),
    Sign("⇧", "⇑", "^", "+"),
    Sign("⏎", "⏎", "¶", ";"),
    Sign("⌫", "⌫", "◄", "\\"),
    # rules, frames, axes and grids
    Sign("─", "╌", "─", "-"),
    Sign("━", "╍", "═", "="),
    Sign("│", "╎", "│", "|"),
    Sign("┃", "╏", "║", "|"),
    Sign("┈", "⋅", "·", "."),
    Sign("┊", ":", "│", ":"),
    Sign("╌", "╌", "─", "-"),
    Sign("└", "+", "└", "+"),
    Sign("┘", "+", "┘", "+"),
    Sign("├", "+", "├", "+"),
    Sign("┤", "+", "┤", "+"),
    Sign("┬", "+", "┬", "+"),
    Sign("┼", "+", "┼", "+"),
    Sign("╭", "+", "┌", "+"),
    Sign("╮", "+", "┐", "+"),
    Sign("╰", "+", "└", "+"),
    Sign("╯", "+", "┘", "+"),
    # frames of Textual's own
    Sign("┌", "+", "┌", "+"),
    Sign("┐", "+", "┐", "+"),
    Sign("┏", "+", "╔", "+"),
    Sign("┓", "+", "╗", "+"),
    Sign("┗", "+", "╚", "+"),
    Sign("┛", "+", "╝", "+"),
    Sign("╔", "+", "╔", "+"),
    Sign("╗", "+", "╗", "+"),
    Sign("╚", "+", "╚", "+"),
    Sign("╝", "+", "╝", "+"),
    Sign("═", "╍", "═", "="),
    Sign("║", "╏", "║", "|"),
    Sign("╍", "╍", "═", "="),
    Sign("╏", "╏", "║", "|"),
    Sign("▔", "⠉", "▀", "-"),
    Sign("▕", "▐", "▐", "|"),
    # steps of a trend, low to high; the last is also a full cell of a bar and of a line
    Sign("▁", "⣀", "_", "_"),
    Sign("▂", "⣀", "_", "."),
    Sign("▃", "⣤", "▄", "."),
    Sign("▄", "⣤", "▄", "-"),
    Sign("▅", "⣶", "▄", "="),
    Sign("▆", "⣶", "█", "+"),
    Sign("▇", "⣿", "█", "*"),
    Sign("█", "⣿", "█", "#"),
    # the end of a bar, short to long; the first is also the place where typing goes on
    Sign("▏", "⡇", "▌", "|"),
    Sign("▎", "⡇", "▌", "-"),
    Sign("▍", "⡇", "▌", "-"),
    Sign("▌", "⡇", "▌", "-"),
    Sign("▋", "⡇", "▌", "="),
    Sign("▊", "⣿", "█", "="),
    Sign("▉", "⣿", "█", "="),
    # lines of charts as quarters of a cell
    Sign("▀", "⠛", "▀", '"'),
    Sign("▐", "▐", "▐", "|"),
    Sign("▖", "▖", "▄", "."),
    Sign("▗", "▗", "▄", "."),
    Sign("▘", "▘", "▀", "'"),
    Sign("▝", "▝", "▀", "'"),
    Sign("▚", "▚", "█", "\\"),
    Sign("▞", "▞", "█", "/"),
    Sign("▙", "▙", "█", "#"),
    Sign("▛", "▛", "█", "#"),
    Sign("▜", "▜", "█", "#"),
    Sign("▟", "▟", "█", "#"),
)
"""One row a sign. Braille is not among them: it is worked out from its dots."""

STAND_IN = "?"
"""What stands for each cell of foreign text that a set does not have."""

KEY_WORDS = str.maketrans({"⏎": "enter", "⌫": "backspace", "⇧": "shift+"})
"""Keys that no sign stands for in the smaller sets; what cannot be as wide as these words keeps its one cell."""

BRAILLE = range(0x2800, 0x2900)
_LEFT, _RIGHT = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)
"""The bits of a braille cell's dots, from the top down."""
_LATIN = "éâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥áíóúñÑªº¿¬½¼¡«»°²±÷ßü"
"""Letters and signs of text that code page 437 has."""


class Translation(dict[int, str]):
    """What stands for each code point in one set, worked out once each; for `str.translate`."""

    def __init__(self, signs: SignSet) -> None:
        super().__init__({ord(sign.unicode): _in_set(sign, signs) for sign in SIGNS})
        self._signs = signs
        self._own = frozenset(text for text in self.values() if not text.isascii())

    def __missing__(self, code: int) -> str:
        self[code] = shown = self._shown(chr(code))
        return shown

    def _shown(self, character: str) -> str:
        width, signs = get_character_cell_size(character), self._signs
        if character.isascii() or signs is SignSet.UNICODE or character in self._own:
            return character
        if ord(character) in BRAILLE and signs is not SignSet.NARROW:
            return (_halves if signs is SignSet.CONSOLE else _strokes)(ord(character) - BRAILLE.start)
        if signs is SignSet.NARROW and (width != 1 or unicodedata.east_asian_width(character) != "A"):
            return character
        if signs is SignSet.CONSOLE and character in _LATIN:
            return character
        return STAND_IN * width


@lru_cache(maxsize=len(SignSet))
def translation(signs: SignSet) -> Translation:
    """The one translation into a set."""
    return Translation(signs)


def drawn(text: str, signs: SignSet) -> str:
    """The text as a terminal with these signs can draw it, as many cells wide as before."""
    return text if signs is SignSet.UNICODE or text.isascii() else text.translate(translation(signs))


def spelled(keys: str, signs: SignSet) -> str:
    """The names of keys, in words where there are no signs for them."""
    return keys if signs in (SignSet.UNICODE, SignSet.NARROW) else keys.translate(KEY_WORDS)


def _in_set(sign: Sign, signs: SignSet) -> str:
    match signs:
        case SignSet.UNICODE:
            return sign.unicode
        case SignSet.NARROW:
            return sign.narrow
        case SignSet.CONSOLE:
            return sign.console
        case SignSet.ASCII:
            return sign.ascii


def _halves(dots: int) -> str:
    """A braille cell as the half or whole block that its dots lie in."""
    upper, lower = dots & 0x1B, dots & 0xE4
    left, right = dots & 0x47, dots & 0xB8
    if not dots:
        return " "
    if not lower or not upper:
        return "▄" if lower else "▀"
    if not right or not left:
        return "▌" if left else "▐"
    return "█"


def _strokes(dots: int) -> str:
    """A braille cell as the ASCII sign that looks most like its dots."""
    left = [row for row, bit in enumerate(_LEFT) if dots & bit]
    right = [row for row, bit in enumerate(_RIGHT) if dots & bit]
    rows = {*left, *right}
    if not rows:
        return " "
    if len(left) + len(right) == 1:
        return "'" if rows & {0, 1} else "."
    if len(rows) == 1:
        return '"--_'[rows.pop()]
    if not left or not right:
        return "|"
    lean = sum(left) / len(left) - sum(right) / len(right)
    if len(left) + len(right) > 6 or abs(lean) < 1 / 2:
        return "#" if len(left) + len(right) > 4 else ":"
    return "/" if lean > 0 else "\\"
