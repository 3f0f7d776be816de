"""What a slider runs over: values with a step, on a linear or a logarithmic track. Draws nothing."""

from dataclasses import dataclass
from math import ceil, exp, floor, log


@dataclass(frozen=True)
class Unfit:
    """What was `typed` and why it is not taken: it is not from `low` to `high`, or else no multiple of `grain`."""

    typed: str
    low: float
    high: float
    grain: float | None = None


@dataclass(frozen=True)
class Range:
    """Values from `low` to `high`: multiples of `step`, and both ends.

    `log` spaces the track evenly in ratios, and needs low > 0; `reverse` puts `high` at the left. Below one `step`
    there may be `fine` steps, of which `low` and `step` are multiples: then each step, fine or not, has the same room
    on the track.
    """

    low: float
    high: float
    step: float
    log: bool = False
    reverse: bool = False
    fine: float | None = None

    @property
    def grain(self) -> float:
        """What every value that may be typed or set is a multiple of."""
        return self.fine or self.step

    def snapped(self, value: float) -> float:
        """The nearest value that the track has."""
        return self._nearest(value, self.fine if self.fine and value < self.step else self.step)

    def exact(self, value: float) -> float:
        """The nearest value that may be typed: on the track, or between where it has `fine` steps."""
        return self._nearest(value, self.grain)

    def share(self, value: float) -> float:
        """Where `value` lies on the track, 0 at the left to 1."""
        if self.log:
            share = log(value / self.low) / log(self.high / self.low)
        elif self.fine:
            share = self._steps(value) / self._steps(self.high)
        else:
            share = (value - self.low) / (self.high - self.low)
        return 1 - share if self.reverse else share

    def value(self, share: float) -> float:
        """The value at `share` of the track; beyond the ends, the end."""
        inside = min(1.0, max(0.0, 1 - share if self.reverse else share))
        if self.log:
            return self.snapped(self.low * exp(inside * log(self.high / self.low)))
        if self.fine:
            return self._after(inside * self._steps(self.high))
        return self.snapped(self.low + inside * (self.high - self.low))

    def moved(self, value: float, steps: int) -> float:
        """`steps` to the right of `value`: a twentieth of the track each where it is logarithmic, else one step."""
        if self.fine:
            up, here = -steps if self.reverse else steps, round(self._steps(value), 6)
            return self._after((floor(here) if up > 0 else ceil(here)) + up)
        if not self.log:
            return self.snapped(value + (-steps if self.reverse else steps) * self.step)
        there = self.value(self.share(value) + steps / 20)
        least = self.snapped(value + (steps if not self.reverse else -steps) * self.step)
        return there if there != self.snapped(value) else least

    def _nearest(self, value: float, step: float) -> float:
        return min(self.high, max(self.low, round(round(value / step) * step, 10)))

    def _steps(self, value: float) -> float:
        """How many steps lie between `low` and `value`, where some are fine."""
        fine = self.grain
        return (min(value, self.step) - self.low) / fine + max(0.0, value - self.step) / self.step

    def _after(self, steps: float) -> float:
        """The value so many steps above `low`, where some are fine."""
        few = (self.step - self.low) / self.grain
        return self.snapped(self.low + min(steps, few) * self.grain + max(0.0, steps - few) * self.step)
