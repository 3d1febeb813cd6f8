"""What is known of a prefix."""

from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.prefixes.picture import PrefixFacts, facts, hit_rate
from tests.ui.screens.prefixes.watching import MIB, series


def test_the_share_is_of_the_bytes_of_all_keys_and_the_hit_rate_of_the_lookups() -> None:
    known = facts(series(10, 60 * MIB, 90, 10), series(100, 600 * MIB, 1, 1))
    assert round(known.share or 0, 6) == 10
    assert known.hit_rate is not None
    assert 85 < known.hit_rate < 95
    assert (known.keys, known.mutations) == (10, 3)


def test_without_lookups_there_is_no_hit_rate() -> None:
    assert hit_rate(0, 0) is None
    assert hit_rate(None, 3) is None
    assert hit_rate(0, 3) == 0


def test_a_share_waits_for_what_all_keys_take() -> None:
    assert facts(series(1, MIB, 1, 1), None).share is None
    assert facts(series(1, MIB, 1, 1), SeriesSet()).share is None


def test_of_a_prefix_without_series_nothing_is_known() -> None:
    assert facts(None, series(1, MIB, 1, 1)) == PrefixFacts()
