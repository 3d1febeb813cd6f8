"""What can be drawn."""

from typing import get_args

from mctop.api.models.series import StatName
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
