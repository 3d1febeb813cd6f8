"""What servers are called where there is little room."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.screens.shared.server_names import server_names, short_names
from tests.ui import samples


def test_a_server_goes_by_the_first_label_of_its_host() -> None:
    assert short_names(("mc1.example.com:11211", "mc2.example.com:11211")) == {
        "mc1.example.com:11211": "mc1",
        "mc2.example.com:11211": "mc2",
    }
    assert short_names(("alone.example.com:1",)) == {"alone.example.com:1": "alone"}


def test_servers_that_would_share_a_name_drop_only_the_end_that_all_share() -> None:
    both = ("cache.eu.example.com:1", "cache.us.example.com:1")
    assert list(short_names(both).values()) == ["cache.eu", "cache.us"]


def test_an_address_is_not_cut() -> None:
    assert short_names(("10.0.0.1:11211",)) == {"10.0.0.1:11211": "10.0.0.1:11211"}
    assert list(short_names(("127.0.0.1:1", "127.0.0.1:2")).values()) == ["127.0.0.1:1", "127.0.0.1:2"]
    assert list(short_names(("mc1.example.com:1", "10.0.0.2:1")).values()) == ["mc1", "10.0.0.2:1"]


@given(st.sets(st.text("ab.:", min_size=1, max_size=8), max_size=5))
def test_different_servers_keep_different_names(servers: set[str]) -> None:
    assert len(set(short_names(tuple(servers)).values())) == len(servers)


def test_servers_are_listed_whoever_names_them_and_once() -> None:
    assert server_names(samples.cache(), (samples.per_server(), None), ("mc0:1",)) == ("mc0:1", *samples.SERVERS)
