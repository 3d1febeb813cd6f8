"""Gaps of the log in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.words.format import count, duration
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from mctop.store.log.tail import Gap
    from mctop.ui.words.text import Clean

LONGEST_FILTER = 80
"""Characters of a filter that a line of the log has room for."""


def gap_text(gap: Gap, server: Clean | None = None) -> str:
    """How many lines are missing, of which server where that is named, for how long, and why if that is known."""
    lines = f"{_lines(gap)}{f' of {server}' if server else ''}"
    span = duration(gap.end - gap.start)
    if gap.left_out:
        filters = " ".join(clean(condition.asked, LONGEST_FILTER) for condition in gap.left_out)
        return f"{lines} not asked for in {span}, as not passing {filters}"
    return f"{lines} not seen in {span}"


def _lines(gap: Gap) -> str:
    if gap.lost is None:
        return "some lines"
    return f"{gap.lost:,} line{'' if gap.lost == 1 else 's'}" if gap.exact else f"about {count(gap.lost)} lines"
