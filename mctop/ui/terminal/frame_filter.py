"""The filter behind the gate: no control character leaves in a frame, whoever forgot to clean it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from rich.style import Style
    from textual.color import Color


_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class FrameFilter(LineFilter):
    """Removes control and bidirectional characters from every segment, without moving a column.

    A hit means that text came to the screen around `mctop.ui.words.text.clean`: a mistake that tests look for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hits = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments, the same list if all are harmless."""
        if not any(map(_harmful, segments)):
            return segments
        return [self._mended(segment) if _harmful(segment) else segment for segment in segments]

    def _mended(self, segment: Segment) -> Segment:
        """The segment without what is forbidden, as wide as before."""
        self.hits += 1
        style = segment.style
        if style is not None and style.link:
            style = style.update_link(None)
        return Segment(_FORBIDDEN.sub(_stand_in, segment.text), style, segment.control)


def _harmful(segment: Segment) -> bool:
    """Whether a segment would send a forbidden character, in its text or in the address of its link."""
    text, style, _ = segment
    if not (text.isascii() and text.isprintable()) and _FORBIDDEN.search(text):
        return True
    return style is not None and _leads_astray(style)


def _leads_astray(style: Style) -> bool:
    """Whether a style's link would send a forbidden character."""
    link = style.link
    return link is not None and _FORBIDDEN.search(link) is not None


def _stand_in(match: re.Match[str]) -> str:
    """As many replacement characters as the layout has reserved cells."""
    return "\ufffd" * cell_len(match[0])
