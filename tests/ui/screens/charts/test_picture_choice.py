"""What switching does to what is drawn."""

from mctop.ui.screens.charts.picture import FIRST_CHOICE, Earlier, Of
from mctop.ui.stats import GROUPS

TRAFFIC = next(group for group in GROUPS if group.id == "traffic")
AUTH = next(group for group in GROUPS if group.id == "auth")


def test_switching_a_stat_twice_changes_nothing() -> None:
    once = FIRST_CHOICE.switched("cas_rate")
    assert once.on == FIRST_CHOICE.on | {"cas_rate"}
    assert once.switched("cas_rate") == FIRST_CHOICE


def test_switching_a_group_takes_it_away_or_brings_its_first_stats() -> None:
    without = FIRST_CHOICE.switched_group(TRAFFIC)
    assert not without.on & {stat.id for stat in TRAFFIC.stats}
    assert without.switched_group(TRAFFIC).on == FIRST_CHOICE.on
    assert FIRST_CHOICE.switched_group(AUTH).on == FIRST_CHOICE.on | AUTH.first


def test_choosing_one_alone_is_undone_by_choosing_it_again() -> None:
    alone = FIRST_CHOICE.only(frozenset({"items"}))
    assert alone.on == {"items"}
    assert alone.only(frozenset({"items"})) == FIRST_CHOICE


def test_after_another_switch_there_is_nothing_to_undo() -> None:
    alone = FIRST_CHOICE.only_group(TRAFFIC).switched("items").switched("items")
    assert alone.only_group(TRAFFIC).on == alone.on


def test_a_group_alone_shows_what_was_on_of_it_or_its_first_stats() -> None:
    assert FIRST_CHOICE.switched("get_rate").only_group(TRAFFIC).on == TRAFFIC.first - {"get_rate"}
    assert FIRST_CHOICE.only_group(AUTH).on == AUTH.first


def test_a_server_is_chosen_and_left_by_the_same_key() -> None:
    one = FIRST_CHOICE.of_server("a:1")
    assert (one.of, one.server) == (Of.SERVER, "a:1")
    assert one.of_server("b:2").server == "b:2"
    assert one.of_server("a:1") == FIRST_CHOICE
    assert one.of_each().server is None


def test_the_day_before_the_week_before_and_none_follow_one_another() -> None:
    assert Earlier.NONE.next is Earlier.DAY
    assert Earlier.DAY.next is Earlier.WEEK
    assert Earlier.WEEK.next is Earlier.NONE
