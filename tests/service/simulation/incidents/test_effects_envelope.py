"""An envelope rises, holds, falls, and knows its own area."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mctop.service.simulation.incidents.effects import Envelope

seconds = some.integers(0, 50).map(float)


@given(seconds, seconds, seconds, seconds, some.integers(1, 4), some.floats(0, 900))
def test_the_area_is_the_integral_of_the_value(
    rise: float, hold: float, fall: float, begin: float, times: int, age: float
) -> None:
    envelope = Envelope(rise, hold, fall, begin, times=times, every=200)
    step = 0.25
    steps = int(age / step)
    total = sum(envelope.value((number + 0.5) * step) for number in range(steps)) * step
    assert envelope.area(steps * step) == pytest.approx(total, abs=0.15 * times)


@given(seconds, seconds, seconds, some.floats(-100, 500))
def test_it_stays_between_0_and_1_and_is_over_when_it_is_over(
    rise: float, hold: float, fall: float, age: float
) -> None:
    envelope = Envelope(rise, hold, fall)
    assert 0 <= envelope.value(age) <= 1
    if age < 0 or age >= rise + hold + fall:
        assert envelope.value(age) == 0


def test_it_comes_again_as_often_as_it_should() -> None:
    pulse = Envelope(10, 20, 10, begin=5, times=3, every=100)
    assert [pulse.value(25 + 100 * number) for number in range(5)] == [1, 1, 1, 0, 0]
    assert pulse.area(10_000) == pytest.approx(3 * 30)
