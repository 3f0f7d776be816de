"""The states of one run: of those that have been shown, as many as so many bytes hold, thinned evenly."""

from bisect import bisect_left

from .epoch import State

KEEPS = 256 * 1024 * 1024  # bytes of states that have been shown, unless told otherwise


class KeptStates:
    """The states after some epochs, by number. Those that are still to be shown are all here: a source bounds them.

    Of what has been shown every `every`-th is kept, a power of two that doubles whenever these take more than `limit`
    bytes; the first and the newest shown stay in any case, and so does the one that is `looked_at`.
    """

    def __init__(self, limit: int = KEEPS) -> None:
        self.every = 1
        self.size = 0  # bytes, of those that have been shown
        self.looked_at = 0
        self._limit = limit
        self._shown = 0
        self._states: dict[int, State] = {}  # by epoch, rising
        self._thinned = 0  # up to this epoch only what is to stay is here

    def add(self, epoch: int, state: State) -> None:
        """Keep the state of `epoch`, which comes after all that are here."""
        self._states[epoch] = state

    def show(self, epoch: int) -> None:
        """All epochs up to `epoch` have been shown: those before it may be thinned from now on."""
        newly = range(self._shown + 1, epoch + 1)
        self.size += sum(self._states[each].size for each in newly if each in self._states)
        self._shown = epoch
        self._thin()

    def get(self, epoch: int) -> State | None:
        """The state after `epoch`, or None where it has been given up."""
        return self._states.get(epoch)

    def nearest(self, epoch: int) -> int:
        """The epoch nearest to `epoch`, at most the newest shown, whose state is here; the later one of two."""
        kept = self._kept_shown()
        at = bisect_left(kept, epoch)
        return min(kept[max(0, at - 1) : at + 1], key=lambda each: (abs(each - epoch), -each), default=epoch)

    def beside(self, epoch: int, steps: int) -> int:
        """The epoch `steps` kept ones after `epoch`, or before it; held within the first and the newest shown."""
        kept = self._kept_shown()
        at = bisect_left(kept, epoch)
        return kept[min(len(kept) - 1, max(0, at + steps))] if kept else epoch

    def _kept_shown(self) -> list[int]:
        return [epoch for epoch in self._states if epoch <= self._shown]

    def _thin(self) -> None:
        if self.every > 1:
            self._give_up(self._thinned + 1)
        while self.size > self._limit and self._can_thin():
            self.every *= 2
            self._give_up(1)

    def _can_thin(self) -> bool:
        """Whether anything is here that doubling would give up, now or by and by."""
        return any(epoch not in (1, self.looked_at) for epoch in self._states if epoch < self._shown)

    def _give_up(self, first: int) -> None:
        """Let go of what is not to stay, of those from `first` on that have been shown."""
        for epoch in range(first, self._shown):
            if epoch in self._states and not self._stays(epoch, self.every):
                self.size -= self._states.pop(epoch).size
        self._thinned = max(self._thinned, self._shown - 1)

    def _stays(self, epoch: int, every: int) -> bool:
        return epoch % every == 0 or epoch in (1, self._shown, self.looked_at)
