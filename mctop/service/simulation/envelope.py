"""How an effect comes and goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Envelope:
    """From 0 up to 1 and back: from `begin` it rises, holds and falls, so many times, each `every` seconds."""

    rise: float
    hold: float
    fall: float
    begin: float = 0.0
    times: int = 1
    every: float = 3_600.0

    def value(self, age: float) -> float:
        """Its strength from 0 to 1 at an age in seconds."""
        _, into = self._pulse(age)
        if into < 0:
            return 0.0
        if into < self.rise:
            return into / self.rise
        left = self.rise + self.hold + self.fall - into
        return 1.0 if left >= self.fall > 0 else max(left / self.fall, 0.0) if self.fall else float(left > 0)

    def area(self, age: float) -> float:
        """The integral of its strength up to an age, in seconds."""
        pulse, into = self._pulse(age)
        return 0.0 if into < 0 else pulse * self._part(self.rise + self.hold + self.fall) + self._part(into)

    def _pulse(self, age: float) -> tuple[int, float]:
        since = age - self.begin
        pulse = min(max(int(since // self.every), 0), self.times - 1)
        return pulse, since - pulse * self.every

    def _part(self, into: float) -> float:
        up = min(into, self.rise)
        held = min(max(into - self.rise, 0.0), self.hold)
        down = min(max(into - self.rise - self.hold, 0.0), self.fall)
        rising = up * up / (2 * self.rise) if self.rise else 0.0
        falling = down - down * down / (2 * self.fall) if self.fall else 0.0
        return rising + held + falling
