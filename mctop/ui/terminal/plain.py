"""NO_COLOR on the terminal's own colours, which Textual's grey scale would turn black on black."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter, Monochrome

if TYPE_CHECKING:
    from textual.color import Color


class Plain(LineFilter):
    """Takes every colour away; what stood on a background of its own is shown in reverse."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        return [Segment(text, style and _plain(style), control) for text, style, control in segments]


def readable(one: LineFilter, *, native: bool) -> LineFilter:
    """A filter of Textual, or the one that takes its place where the theme wears the terminal's native colours."""
    return PLAIN if native and isinstance(one, Monochrome) else one


@lru_cache(1024)
def _plain(style: Style) -> Style:
    raised = style.bgcolor is not None and not style.bgcolor.is_default
    return Style(
        bold=style.bold, italic=style.italic, underline=style.underline, strike=style.strike,
        reverse=raised or style.reverse, meta=style.meta or None,
    )  # fmt: skip


PLAIN = Plain()
