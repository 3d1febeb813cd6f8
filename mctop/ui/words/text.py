"""The gate for foreign text: what the API sends reaches the screen only through `clean`."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

Clean = NewType("Clean", str)
"""Text that has passed `clean`: one line, no control or format character, bounded. Never markup."""

LIMIT = 1024
"""The most characters that `clean` lets through if the caller names no limit: the longest key, 250 bytes, is whole even
if four characters stand for each byte."""

ALTERED = "~"
"""What stands before a name that is not shown as it is; it is never the first character of another name."""

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

    Where there is an escape, what looks like the beginning of one is escaped too. Cleaning clean text changes nothing.
    Keep the raw text for what goes back to the API.
    """
    if len(raw) <= limit and raw.isascii() and raw.isprintable():
        return Clean(raw)
    part = raw[: limit + 1]
    return Clean(_fitted(_shown(part, _offences(part)), len(raw), limit))


def clean_name(raw: str, limit: int = LIMIT) -> Clean:
    """A key or a prefix as clean text that no other one has: `ALTERED` stands before one that has an escape.

    Blanks at its ends count as hidden.
    """
    offences = _offences(raw[: limit + 1])
    if raw[:1] in (" ", ALTERED):
        offences[0] = True
    if 0 < len(raw) <= limit and raw[-1] == " ":
        offences[-1] = True
    if not any(offences):
        return clean(raw, limit)
    return Clean(ALTERED + _fitted(_shown(raw, offences), len(raw), limit - len(ALTERED)))


def is_altered(name: Clean) -> bool:
    """Whether a name that `clean_name` gave is not what it was given."""
    return name.startswith(ALTERED)


def _offences(raw: str) -> list[bool]:
    """Whether each character of `raw` cannot be shown as it is."""
    marks, offences = 0, list[bool]()
    for index, character in enumerate(raw):
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        offences.append(
            category in _HIDDEN
            or marks > _MARKS_PER_CHARACTER
            or (marks > 0 and index == 0)
            or (category == "Zs" and character != " ")
            or _UNSTEADY.match(character) is not None
        )
    return offences


def _shown(raw: str, offences: list[bool]) -> tuple[str, ...]:
    """What is shown for each character: itself, or its escape."""
    altered = any(offences)
    return tuple(
        _escape(character) if offends or (altered and character in _ESCAPES) else character
        for character, offends in zip(raw, offences, strict=False)
    )


def _fitted(shown: tuple[str, ...], total: int, limit: int) -> str:
    """The pieces in a row, cut where they have no room."""
    return "".join(shown) if total <= limit >= sum(map(len, shown)) else _cut(shown, total, limit)


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


_ESCAPES = "^\\"
"""How escapes begin."""


def _escape(character: str) -> str:
    """The visible form of a character: caret notation for ASCII controls, a backslash escape for the rest."""
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
