"""The table of watched prefixes."""

from dataclasses import replace

from mctop.api.models.introspection import Prefix
from mctop.store.base.window import TimeWindow
from mctop.store.keys.prefixes import WatchedPrefix
from mctop.ui.screens.prefixes.panels import ALL, watched_columns, watched_rows
from mctop.ui.screens.prefixes.picture import PrefixesPicture
from mctop.ui.words.request_words import GETS
from tests.ui import samples
from tests.ui.screens.prefixes.watching import picture


def table(shown: PrefixesPicture) -> dict[str, dict[str, str]]:
    """The texts of every row by the ids of the columns, in the order of the rows."""
    return {
        row.key: {column.id: cell.text for column, cell in zip(watched_columns(GETS), row.cells, strict=True)}
        for row in watched_rows(shown)
    }


def test_the_largest_prefix_comes_first_and_all_keys_together_last() -> None:
    assert tuple(table(picture())) == ("2", "1", "7", ALL)


def test_a_row_tells_the_share_the_hit_rate_and_the_rates() -> None:
    row = table(picture())["2"]
    assert (row["prefix"], row["share"], row["keys"], row["size"]) == ("feed:home:", "40.0 %", "2.1k", "240 MiB")
    assert row["hit_rate"].startswith("◆ ")
    assert row["mutations"] == "3.0/s"
    assert row["size_trend"].strip()


def test_a_prefix_whose_stats_are_refused_is_marked() -> None:
    row = table(picture())["7"]
    assert (row["prefix"], row["hit_rate"], row["size"]) == ("✗ rates:", "–", "–")


def test_a_cursor_reads_the_table_at_its_moment() -> None:
    then = replace(picture(), time=TimeWindow(samples.WINDOW, None, samples.LAST - 18_000))
    assert table(then)["2"]["size"] < table(picture())["2"]["size"]


def test_what_a_prefix_is_called_reaches_the_screen_cleaned() -> None:
    shown = PrefixesPicture(watched=(WatchedPrefix(Prefix(id=3, name="a\x1b]0;b")),))
    assert table(shown)["3"]["prefix"] == "~a^[]0;b"


def test_without_watched_prefixes_there_are_no_rows() -> None:
    assert table(PrefixesPicture()) == {}
    assert table(replace(picture(), watched=())) == {}


def test_popular_prefixes_that_are_watched_are_not_offered() -> None:
    assert [item.name for item in picture().unwatched] == ["session:", "cart:", "flags:"]


def test_the_table_can_be_sorted_by_every_number() -> None:
    *rows, whole = watched_rows(picture())
    assert whole.key == ALL
    numbers = [[cell.value for cell in row.cells[1:]] for row in rows[:2]]
    assert all(value is not None for row in numbers for value in row)
