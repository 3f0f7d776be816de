"""What a slider runs over: values with a step, on a linear or a logarithmic track. Draws nothing."""

from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True)
class Range:
    """Values from `low` to `high`: multiples of `step`, and both ends.

    `log` spaces the track evenly in ratios, and needs low > 0; `reverse` puts `high` at the left.
    """

    low: float
    high: float
    step: float
    log: bool = False
    reverse: bool = False

    def snapped(self, value: float) -> float:
        """The nearest value of the range."""
        return min(self.high, max(self.low, round(round(value / self.step) * self.step, 10)))

    def share(self, value: float) -> float:
        """Where `value` lies on the track, 0 at the left to 1."""
        if self.log:
            share = log(value / self.low) / log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return 1 - share if self.reverse else share

    def value(self, share: float) -> float:
        """The value at `share` of the track; beyond the ends, the end."""
        inside = min(1.0, max(0.0, 1 - share if self.reverse else share))
        if self.log:
            return self.snapped(self.low * exp(inside * log(self.high / self.low)))
        return self.snapped(self.low + inside * (self.high - self.low))

    def moved(self, value: float, steps: int) -> float:
        """`steps` to the right of `value`: a twentieth of the track each where it is logarithmic, else one `step`."""
        if not self.log:
            return self.snapped(value + (-steps if self.reverse else steps) * self.step)
        there = self.value(self.share(value) + steps / 20)
        least = self.snapped(value + (steps if not self.reverse else -steps) * self.step)
        return there if there != self.snapped(value) else least
