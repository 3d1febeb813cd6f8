"""What servers are called where there is little room."""

from mctop.ui.screens.shared.server_names import short_names


def test_a_server_goes_by_the_first_label_of_its_host() -> None:
    assert short_names(("mc1.example.com:11211", "mc2.example.com:11211")) == {
        "mc1.example.com:11211": "mc1",
        "mc2.example.com:11211": "mc2",
    }


def test_servers_that_would_share_a_name_keep_their_whole_ones() -> None:
    both = ("cache.eu.example.com:1", "cache.us.example.com:1")
    assert short_names(both) == {one: one for one in both}


def test_an_address_is_not_cut() -> None:
    assert short_names(("10.0.0.1:11211",)) == {"10.0.0.1:11211": "10.0.0.1:11211"}
