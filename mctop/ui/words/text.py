"""The gate for foreign text: what the API sends reaches the screen only through `clean`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Iterator

Clean = NewType("Clean", str)
"""Text that has passed `clean`: one line, no control or format character, bounded. Never markup."""

LIMIT = 1024
"""The most characters that `clean` lets through if the caller names no limit: the longest key, 250 bytes, is whole even
if four characters stand for each byte."""

_MARKS_PER_CHARACTER = 2
"""Combining marks that one letter may carry: decomposed Vietnamese has two, and more are there to overflow a line."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mc"})
# Printable by category, yet terminals disagree about their width, as about spacing marks (Mc), or draw nothing:
# variation selectors, flags, skin tones, keycap, fillers, the blank Braille cell, conjoining jamo, trigrams,
# tetragrams, counting rods, circled numbers on squares, the grapheme joiner, Khmer's inherent
# vowels, Mongolian selectors.
_UNSTEADY = re.compile(
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\u20e3\u115f-\u11ff\u3164\uffa0\u2800"
    "\u034f\u17b4\u17b5\u180b-\u180f"
    "\ud7b0-\ud7ff\u2630-\u2637\u268a-\u268f\u3248-\u324f\U0001d300-\U0001d37f]"
)


def clean(raw: str, limit: int = LIMIT) -> Clean:
    """Make foreign text safe to show: hidden characters as visible escapes, the excess over `limit` as `…(+N)`.

    Cleaning clean text changes nothing. Keep the raw text for what goes back to the API.
    """
    if len(raw) <= limit and raw.isascii() and raw.isprintable():
        return Clean(raw)
    shown = tuple(_visible(raw[: limit + 1]))
    if len(raw) <= limit and sum(map(len, shown)) <= limit:
        return Clean("".join(shown))
    return Clean(_cut(shown, len(raw), limit))


def _visible(raw: str) -> Iterator[str]:
    """What is shown for each character of `raw`: itself, or its escape."""
    marks = 0
    for index, character in enumerate(raw):
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        offends = (
            category in _HIDDEN
            or marks > _MARKS_PER_CHARACTER
            or (marks > 0 and index == 0)
            or (category == "Zs" and character != " ")
            or _UNSTEADY.match(character)
        )
        yield _escape(character) if offends else character


def _cut(shown: tuple[str, ...], total: int, limit: int) -> str:
    """The pieces that fit in `limit` characters beside a note of how many of the `total` characters are missing."""
    room = limit - len(f"…(+{total})")
    if room < 0:
        return "…"
    length = fitting = 0
    for piece in shown:
        length += len(piece)
        if length > room:
            break
        fitting += 1
    return f"{''.join(shown[:fitting])}…(+{total - fitting})"


def _escape(character: str) -> str:
    """The visible form of a character: caret notation for ASCII, a backslash escape for the rest."""
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
