"""Which servers get a line."""

from mctop.ui.screens.charts.drawings import standing_out


def test_a_few_servers_are_all_drawn() -> None:
    assert standing_out({"b": (1.0,), "a": (2.0, None), "c": (None,)}) == ("a", "b")


def test_of_many_those_furthest_from_the_median_are_drawn() -> None:
    values = {f"mc{n:02}": (0.9,) for n in range(50)} | {"mc17": (0.1,), "mc31": (0.99,)}
    assert standing_out(values, 2) == ("mc17", "mc31")
