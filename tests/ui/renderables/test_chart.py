"""What a chart shows of a plot."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mctop.store.base.marks import Mark, MarkKind
from mctop.ui.renderables.chart import draw
from mctop.ui.renderables.plot import Axis, Plot, PlotLine, Threshold
from mctop.ui.words.format import Unit
from mctop.ui.words.runs import Glyphs
from mctop.ui.words.text import Clean, clean

START = 1_700_006_400
TIMES = tuple(range(START, START + 7200, 60))
MEMORY = PlotLine(Clean("memory"), TIMES, tuple(600e6 + 1e6 * index for index in range(120)), "line1")
HITS = PlotLine(Clean("hit rate"), TIMES, tuple(90 + 4 * math.sin(index / 9) for index in range(120)), "line2", "right")
PLOT = Plot(START, START + 7200, Axis(Unit.BYTES), (MEMORY, HITS), Axis(Unit.PERCENT, reach=100))


def text(plot: Plot, width: int = 80, height: int = 16, glyphs: Glyphs = Glyphs.BRAILLE, *, signs: bool = False) -> str:
    rows = draw(plot, width, height, glyphs=glyphs, signs=signs)
    return "\n".join("".join(run.text for run in row) for row in rows)


def styles(plot: Plot) -> set[str]:
    return {run.style for row in draw(plot, 80, 16) for run in row}


def test_both_axes_carry_their_unit_and_time_is_utc() -> None:
    drawn = text(PLOT)
    for label in ("384 MiB", "100 %", "UTC", "00:30", "15 Nov"):
        assert label in drawn


def test_the_legend_names_each_line_by_its_sign_and_newest_value() -> None:
    assert text(PLOT).splitlines()[0] == "● memory 686 MiB   ■ hit rate 92.4 %"


def test_the_legend_tells_no_value_of_a_line_that_ended_long_ago() -> None:
    later = replace(PLOT, end=PLOT.end + 600)
    assert text(later).splitlines()[0] == "● memory –   ■ hit rate –"


def test_each_line_ends_in_its_sign() -> None:
    below = text(PLOT).split("\n", 1)[1]
    assert below.count("●") == below.count("■") == 1


def test_without_colours_the_signs_are_repeated_along_the_lines() -> None:
    below = text(PLOT, signs=True).split("\n", 1)[1]
    assert below.count("●") > 2
    assert below.count("■") > 2


def test_what_has_no_room_in_the_legend_is_counted() -> None:
    many = replace(PLOT, lines=tuple(replace(MEMORY, label=Clean(f"server {n}")) for n in range(9)), right=None)
    assert text(many, 60).splitlines()[0] == "● server 0 686 MiB   ■ server 1 686 MiB   +7"


def test_a_gap_is_drawn_as_a_gap() -> None:
    flat = replace(MEMORY, values=(*[5e8] * 50, *[None] * 20, *[5e8] * 50))
    row = next(row for row in text(replace(PLOT, lines=(flat,), right=None)).splitlines()[1:] if "●" in row)
    line = row.split("┤")[-1].split("│")[-1]
    assert "  " in line.strip()


def test_a_spike_of_one_bucket_reaches_the_top() -> None:
    values = [1.0] * 4320
    values[1234] = 100.0
    spike = PlotLine(Clean("spike"), tuple(range(START, START + 4320 * 60, 60)), tuple(values))
    rows = text(Plot(START, START + 4320 * 60, Axis(Unit.PERCENT), (spike,))).splitlines()
    top = next(row for row in rows if "100 %" in row and "┤" in row)
    assert any("⠀" < character <= "⣿" for character in top)


def test_thresholds_and_marks_are_named_where_no_line_is_covered() -> None:
    plot = replace(
        PLOT,
        thresholds=(Threshold(50, Clean("fair"), "fair", "right"), Threshold(500, Clean("beyond"), "poor", "right")),
        marks=(Mark(START + 3600, MarkKind.FLUSH), Mark(START + 5000, MarkKind.PERSON, "deploy \x1b[31m")),
    )
    drawn = text(plot)
    assert "╌ fair ╌" in drawn
    assert "┊flush" in drawn
    assert "deploy" in drawn
    assert "\x1b" not in drawn
    assert "beyond" not in drawn
    assert {"fair", "mark"} <= styles(plot)


def test_the_words_of_marks_cover_no_other_words_and_a_gap_of_the_log_comes_last() -> None:
    flush, gap = Mark(START + 7100, MarkKind.FLUSH), Mark(START + 7100, MarkKind.GAP, "log misses 200 lines")
    near = Mark(START + 6900, MarkKind.ACTION, "capabilities changed")
    drawn = text(replace(PLOT, marks=(gap, near, flush)))
    assert "flush┊" in drawn
    assert "capabilities changed" in drawn
    crowded = text(replace(PLOT, marks=(gap, near, flush)), height=6)
    for word in ("flush", "log misses 200 lines", "capabilities changed"):
        assert word in crowded or word[:5] not in crowded


def test_a_ghost_is_faint_and_does_not_stretch_the_axis() -> None:
    ghost = replace(HITS, label=Clean("a day before"), values=(5000.0,) * 120, ghost=True)
    plot = replace(PLOT, lines=(MEMORY, HITS, ghost))
    assert "┈ a day before" in text(plot)
    assert "100 %" in text(plot)
    assert "ghost" in styles(plot)


def test_the_first_line_is_on_top() -> None:
    over, under = replace(MEMORY, colour="line1"), replace(MEMORY, colour="line2")
    body = [run for row in draw(replace(PLOT, lines=(over, under), right=None), 80, 16)[1:] for run in row]
    assert "line2" not in {run.style for run in body}


def test_the_plain_form_is_ascii_and_tells_lines_apart() -> None:
    marked = replace(PLOT, marks=(Mark(START + 60, MarkKind.FLUSH),), thresholds=(Threshold(1e8, Clean("low")),))
    drawn = text(marked, glyphs=Glyphs.ASCII)
    assert drawn.isascii()
    assert drawn.count("*") > 20
    assert drawn.count("o") > 20


@pytest.mark.parametrize("glyphs", Glyphs)
def test_nothing_drawn_needs_cleaning(glyphs: Glyphs) -> None:
    rows = text(PLOT, glyphs=glyphs, signs=True).splitlines()
    assert rows == [clean(row) for row in rows]


def test_a_plot_without_a_window_is_blank() -> None:
    assert draw(replace(PLOT, end=START), 40, 10) == ((),) * 10


@given(
    st.integers(-1, 60),
    st.integers(-1, 20),
    st.lists(st.none() | st.floats(), max_size=30),
    st.sampled_from(Glyphs),
    st.booleans(),
)
def test_any_values_fit_any_size(
    width: int, height: int, values: list[float | None], glyphs: Glyphs, signs: bool
) -> None:
    line = PlotLine(Clean("日本"), tuple(range(START, START + 60 * len(values), 60)), tuple(values), side="right")
    thresholds = (Threshold(0.5, Clean("half")),)
    plot = Plot(
        START, START + 1800, Axis(Unit.RATE), (line, replace(line, side="left")), Axis(Unit.BYTES), thresholds,
        (Mark(START + 900, MarkKind.RESET),),
    )  # fmt: skip
    rows = draw(plot, width, height, glyphs=glyphs, signs=signs)
    assert len(rows) == max(0, height)
    assert all(cell_len("".join(run.text for run in row)) <= max(0, width) for row in rows)


def test_the_axis_of_time_names_the_granularity() -> None:
    assert "each 1m └" in text(PLOT)
    assert "10m     └" in text(replace(PLOT, bucket=600))


def test_at_the_cursor_every_line_is_read() -> None:
    read = text(replace(PLOT, cursor=START + 3_030.0))
    assert read.splitlines()[0] == "● memory 620 MiB   ■ hit rate 87.3 %"
    assert sum(row.count("│") == 3 for row in read.splitlines()) > 5
    assert "cursor" in styles(replace(PLOT, cursor=START + 60.0))


def test_a_cursor_in_a_gap_or_outside_reads_nothing() -> None:
    assert MEMORY.at(START - 1, 60) is None
    assert MEMORY.at(TIMES[-1] + 59, 60) == MEMORY.values[-1]
    assert MEMORY.at(TIMES[-1] + 60, 60) is None
    assert "cursor" not in styles(replace(PLOT, cursor=START - 60.0))


def test_a_line_may_have_a_granularity_of_its_own() -> None:
    fine = PlotLine(Clean("fine"), tuple(range(START, START + 7200, 5)), (1.0,) * 1440)
    coarse = PlotLine(Clean("coarse"), TIMES, (0.5,) * 120, "line2", bucket=60)
    rows = text(Plot(START, START + 7200, Axis(Unit.RATE), (fine, coarse), bucket=5)).splitlines()
    assert coarse.at(START + 50, 5) == 0.5
    drawn = next(row for row in rows[1:] if "■" in row)
    assert " " not in drawn[drawn.index("┤") + 1 : drawn.index("■")]


def test_ghosts_of_one_name_have_one_entry_in_the_legend() -> None:
    ghosts = (replace(MEMORY, label=Clean("day before"), ghost=True),) * 2
    assert text(replace(PLOT, lines=(*ghosts, *PLOT.lines))).splitlines()[0].count("┈ day before") == 1
