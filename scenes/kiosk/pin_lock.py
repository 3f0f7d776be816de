"""Asks for a PIN, compares it in constant time, and lets nobody try quickly: visitors have all day."""

import hmac

FREE = 3  # wrong ones in a row that cost nothing
FIRST_WAIT, LONGEST_WAIT = 30.0, 600.0  # seconds; doubled with each wrong one


class PinLock:
    """Knows one PIN of 4 to 12 digits. Times are seconds of a clock that never goes back."""

    def __init__(self, pin: str) -> None:
        self._pin = pin.encode()
        self._wrong = 0
        self._until = 0.0

    def wait(self, now: float) -> float:
        """Seconds before the next try counts."""
        return max(0.0, self._until - now)

    def opens(self, told: str, now: float) -> bool:
        """Whether that is it; while one has to wait nothing is."""
        right = hmac.compare_digest(told.encode(), self._pin)  # compared in any case, so that time tells nothing
        if self.wait(now) or not self._pin:
            return False
        if right:
            self._wrong = 0
            return True
        self._wrong += 1
        if self._wrong >= FREE:
            self._until = now + min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (self._wrong - FREE))
        return False
