"""What can be drawn."""

import subprocess
import sys
from typing import get_args

from mctop.api.models.series import StatName
from mctop.ui.renderables.plot import COLOURS
from mctop.ui.stats import GROUPS, LATENCY, STATS


def test_every_stat_of_the_api_is_in_exactly_one_group() -> None:
    listed = [stat.id for group in GROUPS for stat in group.stats]
    assert sorted(listed) == sorted({*get_args(StatName), LATENCY.id})


def test_no_chart_needs_a_third_axis() -> None:
    for group in GROUPS:
        assert {stat.unit for stat in group.stats} <= {group.left, group.right}
        assert all(stat.unit is (group.right if group.side(stat) == "right" else group.left) for stat in group.stats)


def test_ratios_are_what_the_scale_matters_for() -> None:
    assert {stat for stat, found in STATS.items() if found.is_ratio} == {
        stat for stat in STATS if stat.endswith(("_fraction", "hit_rate"))
    }


def test_every_chart_has_something_to_show_when_it_is_switched_on() -> None:
    assert all(group.first for group in GROUPS)


def test_no_two_lines_of_one_chart_share_a_colour_while_there_are_enough() -> None:
    for group in GROUPS:
        colours = [stat.colour for stat in group.stats]
        assert len(set(colours)) == min(len(colours), len(COLOURS))


def test_a_stat_has_one_name_on_its_own_that_no_other_has() -> None:
    assert len({stat.label for stat in STATS.values()}) == len(STATS)


def test_headless_code_can_have_the_table_without_a_terminal() -> None:
    code = "import sys, mctop.ui.stats; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"textual", "rich", "httpx", "plotext"} & set(loaded)
