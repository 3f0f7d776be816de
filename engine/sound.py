"""Short tones, made here. Where there is no sound device, or none that works, it is silent and says so once."""

from collections.abc import Callable

import numpy as np
import pygame
from numpy.typing import NDArray

RATE = 44100  # samples a second
BUFFER = 512  # samples that wait in the device: 12 ms
RISE = 0.008  # seconds in which a tone comes; it dies away by itself
LOUDEST = 0.5  # of what a device can play: several tones at once must not be cut


def tone(hertz: float, seconds: float) -> NDArray[np.int16]:
    """A soft sine that dies away: int16 [samples], one channel, RATE a second, from silence to silence."""
    time = np.arange(round(RATE * seconds)) / RATE
    comes, goes = np.minimum(1.0, time / RISE), (1 - time / seconds) ** 2
    wave = LOUDEST * comes * goes * np.sin(2 * np.pi * hertz * time)
    return np.round(32767 * wave).astype(np.int16)


class Sound:
    """Plays tones at `volume`, 0 to 1; with 0 no device is ever asked for. `say` hears why there is silence."""

    def __init__(self, volume: float, say: Callable[[str], object]) -> None:
        self._volume, self._say = volume, say
        self._silent = volume <= 0
        self._made: dict[tuple[float, float], pygame.mixer.Sound] = {}

    def play(self, hertz: float, seconds: float) -> None:
        """Let one begin. Those that sound already go on."""
        if self._silent:
            return
        try:
            if not pygame.mixer.get_init():
                pygame.mixer.init(RATE, -16, 1, BUFFER, allowedchanges=0)
            key = round(hertz), seconds
            if key not in self._made:
                self._made[key] = pygame.mixer.Sound(buffer=tone(round(hertz), seconds).tobytes())
                self._made[key].set_volume(self._volume)
            self._made[key].play()
        except (pygame.error, NotImplementedError) as why:  # the latter where pygame was built without a mixer
            self._silent = True
            self._say(f"There is no sound: {why}")

    def close(self) -> None:
        """Give the device back."""
        self._made.clear()
        if not self._silent and pygame.mixer.get_init():
            pygame.mixer.quit()
        self._silent = True
