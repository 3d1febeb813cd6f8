"""The tables of the Overview."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.api.models.alerts import Alert
from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.counters.live_rates import ServerNow
from mctop.store.log.tail import Entry, Gap, GapEntry, LogTail
from mctop.ui.screens.overview import panels
from mctop.ui.screens.overview.picture import OverviewPicture
from mctop.ui.screens.shared.key_table import key_rows
from mctop.ui.words.format import time_slice
from tests.ui import samples
from tests.ui.screens.overview.pictures import full

if TYPE_CHECKING:
    from mctop.ui.renderables.table import Row


def texts(row: Row) -> list[str]:
    """The cells of a row."""
    return [cell.text for cell in row.cells]


def test_a_server_is_told_from_the_last_minute_of_its_series() -> None:
    row = panels.server_rows(full())[2]
    assert texts(row) == ["mc3.us-east-1.ec2.example.com:11211", "◆ 73.9 %", "1,055/s", "242 MiB", "136", "12/s",
                          "2.41 ms"]  # fmt: skip
    assert panels.rates_window(full()) == "last minute"


def test_live_counters_of_a_server_come_before_its_series() -> None:
    stats = samples.stats()
    server = ServerNow(samples.SERVERS[2], stats.counters, samples.rates(requests=7.0))
    live = replace(full(), stats=replace(stats, servers=(server,)))
    assert texts(panels.server_rows(live)[2])[2] == "7.0/s"
    assert panels.rates_window(live) == "over 5s"


def test_servers_are_listed_whoever_names_them_and_once() -> None:
    assert full().servers == samples.SERVERS
    assert OverviewPicture(cache=samples.cache()).servers == samples.SERVERS
    assert OverviewPicture().servers == ()


def test_a_server_without_traffic_has_dashes() -> None:
    assert set(texts(panels.server_rows(OverviewPicture(cache=samples.cache()))[0])[1:]) == {"–"}


def test_popularity_is_shown_as_it_is_and_relative_to_the_greatest() -> None:
    first, second, *_ = key_rows((PopularItem(name="a", popularity=9120), PopularItem(name="b", popularity=4560)))
    assert texts(first) == ["a", "9,120", "████████"]
    assert texts(second) == ["b", "4,560", "████"]


def test_popularity_that_is_no_whole_number_keeps_its_fraction() -> None:
    assert texts(key_rows((PopularItem(name="a", popularity=1.25),))[0])[1] == "1.25"


def test_popularity_of_nothing_has_no_bar() -> None:
    assert texts(key_rows((PopularItem(name="a", popularity=0),))[0])[2] == ""


def test_hostile_keys_are_cleaned() -> None:
    assert texts(key_rows((PopularItem(name="a\x1b]0;x\x07[/b]"),))[0])[0] == "~a^[]0;x^G[/b]"


def test_a_time_slice_that_makes_no_sense_is_not_shown() -> None:
    assert time_slice(PopularItems(time_slice=186_554_450_945)) == "last 3m"
    assert time_slice(PopularItems(time_slice=0)) == ""
    assert time_slice(PopularItems(time_slice=10**17)) == ""


def entry(serial: int, command: str = "GET") -> Entry:
    """A line of the log."""
    moment = samples.NOON + serial
    return Entry(serial, moment, "mc1", moment, "k", command, "HIT", 2048)


def test_the_newest_line_comes_first() -> None:
    listed = panels.recent_rows(LogTail((entry(1), entry(2))))
    assert [row.key for row in listed.rows] == ["2", "1"]
    assert texts(listed.rows[0]) == ["12:11:09Z", "GET", "k", "HIT", "2.00 KiB", "mc1"]


def test_our_own_noise_is_left_out_and_that_is_said() -> None:
    listed = panels.recent_rows(LogTail((entry(1), entry(2, "stats"), entry(3, "AUTH"))))
    assert [row.key for row in listed.rows] == ["1"]
    assert listed.notes == ("2 of mctop's own STATS/AUTH hidden", "2 own hidden")
    assert panels.recent_rows(LogTail((entry(1),))).notes == ()


def test_a_gap_is_a_row_that_says_how_much_is_missing() -> None:
    gap = Gap("mc1", samples.NOON, samples.NOON + 4, 120)
    (row,) = panels.recent_rows(LogTail((GapEntry(2, gap.end, gap),))).rows
    assert texts(row)[1:3] == ["◆ gap", "about 120 lines not seen in 4s"]
    (unknown,) = panels.recent_rows(LogTail((GapEntry(2, gap.end, gap._replace(lost=None)),))).rows
    assert texts(unknown)[2] == "some lines not seen in 4s"


def test_a_long_log_is_cut_to_what_can_be_looked_at() -> None:
    assert len(panels.recent_rows(LogTail(tuple(entry(n) for n in range(500)))).rows) == panels.MOST


def test_alerts_that_would_fire_come_first_and_say_so_in_words() -> None:
    first, second = panels.alert_rows(samples.alerts())
    assert texts(first) == ["memory above 60 %", "65.9 %", "! would fire", "think about a larger plan"]
    assert texts(second)[:3] == ["hit rate below 80 %", "93.4 %", "✓ quiet"]
    assert panels.note(samples.alerts()) == "2 enabled"


def test_an_alert_whose_value_is_not_known_says_that() -> None:
    strange = AlertOutlook(Alert(id=1, trigger_type="moon\x07", trigger_threshold=3), None, None)
    assert texts(panels.alert_rows((strange,))[0])[:3] == ["moon^G 3 %", "–", "? not known"]
