"""Which servers get a line, and what it is called."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.screens.charts.drawings import short_names, standing_out


def test_a_few_servers_are_all_drawn() -> None:
    assert standing_out({"b": (1.0,), "a": (2.0, None), "c": (None,)}) == ("a", "b")


def test_of_many_those_furthest_from_the_median_are_drawn() -> None:
    values = {f"mc{n:02}": (0.9,) for n in range(50)} | {"mc17": (0.1,), "mc31": (0.99,)}
    assert standing_out(values, 2) == ("mc17", "mc31")


def test_names_drop_what_all_servers_share() -> None:
    assert short_names(("mc1.us.example.com:11211", "mc2.us.example.com:11211")) == {
        "mc1.us.example.com:11211": "mc1", "mc2.us.example.com:11211": "mc2",
    }  # fmt: skip
    assert list(short_names(("127.0.0.1:1", "127.0.0.1:2")).values()) == ["127.0.0.1:1", "127.0.0.1:2"]
    assert short_names(("alone.example.com:1",)) == {"alone.example.com:1": "alone.example.com:1"}


@given(st.sets(st.text("ab.:", min_size=1, max_size=8), max_size=5))
def test_different_servers_keep_different_names(servers: set[str]) -> None:
    assert len(set(short_names(tuple(servers)).values())) == len(servers)
