"""The filter behind the gate lets no control character through, and moves no column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from mctop.ui.terminal.frame_filter import FrameFilter
from mctop.ui.words.text import clean

BLACK = Color(0, 0, 0)
FORBIDDEN = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202e\u2066\u2028\u200e\ud800"]
TEXTS = st.lists(st.sampled_from([*FORBIDDEN, *"aé鍵│"]), max_size=30).map("".join)


@given(st.lists(TEXTS, max_size=5))
def test_what_is_forbidden_never_leaves_and_every_other_column_stays(texts: list[str]) -> None:
    segments = [Segment(text) for text in texts]
    filtered = FrameFilter().apply(segments, BLACK)
    for before, after in zip(segments, filtered, strict=True):
        assert not set(after.text) & set(FORBIDDEN)
        assert cell_len(after.text) == sum(map(cell_len, before.text))


@given(st.lists(st.text(), max_size=5))
def test_clean_text_is_no_hit_and_costs_no_new_list(texts: list[str]) -> None:
    frame_filter = FrameFilter()
    segments = [Segment(clean(text)) for text in texts]
    assert frame_filter.apply(segments, BLACK) is segments
    assert frame_filter.hits == 0


def test_each_segment_that_came_around_the_gate_is_a_hit() -> None:
    frame_filter = FrameFilter()
    frame_filter.apply([Segment("a\x1b[2J"), Segment("fine"), Segment("b\x05")], BLACK)
    frame_filter.apply([Segment("c\x9b")], BLACK)
    assert frame_filter.hits == 3


def test_a_link_with_a_control_character_is_no_link_any_more() -> None:
    frame_filter = FrameFilter()
    lure, fair = Style(link="http://x/\x1b\\\x1b]52;c;eA==\x07"), Style(link="http://x/")
    first, second = frame_filter.apply([Segment("a", lure), Segment("b", fair)], BLACK)
    assert first.style is not None
    assert first.style.link is None
    assert second.style is fair
    assert frame_filter.hits == 1
