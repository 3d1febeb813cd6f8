"""Noise is the same everywhere, and stays within its bounds."""

from itertools import pairwise

from mctop.service.simulation.workload.noise import Noise, Octave, draws

OCTAVES = (Octave(7, 0.02), Octave(90, 0.03))
TIMES = [1_763_840_000 + step * 0.5 for step in range(4_000)]


def test_the_same_name_gives_the_same_noise() -> None:
    assert Noise("a", OCTAVES).over(TIMES) == Noise("a", OCTAVES).over(TIMES)
    assert Noise("a", OCTAVES).over(TIMES) != Noise("b", OCTAVES).over(TIMES)


def test_the_noise_at_a_time_does_not_depend_on_what_else_is_asked() -> None:
    noise = Noise("a", OCTAVES)
    assert noise.over(TIMES)[1_000:1_003] == noise.over(TIMES[1_000:1_003])


def test_the_slope_never_exceeds_three_deviations() -> None:
    values = Noise("a", OCTAVES).over(TIMES)
    steepest = max(abs(late - early) / 0.5 for early, late in pairwise(values))
    assert 0.02 < steepest < 3 * 0.05


def test_draws_are_spread_from_0_to_1() -> None:
    first = [draws("seed", number)[0] for number in range(1_000)]
    assert all(0 <= value < 1 for value in first)
    assert 0.45 < sum(first) / len(first) < 0.55
    assert draws("seed", 1) == draws("seed", 1)
