"""Tones begin and end in silence, are as high as they are asked for, and no device that fails is an error."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from engine.sound import LOUDEST, RATE, Sound, tone


@pytest.mark.parametrize("hertz", [220.0, 880.0])
def test_a_tone_is_as_high_as_asked_for_and_has_no_click(hertz: float) -> None:
    wave = tone(hertz, 0.5)
    assert wave.dtype == np.int16 and len(wave) == RATE // 2
    assert abs(int(wave[0])) < 50 and abs(int(wave[-1])) < 50 and np.abs(wave).max() <= 32767 * LOUDEST
    spectrum = np.abs(np.fft.rfft(wave))
    assert abs(float(spectrum.argmax()) * RATE / len(wave) - hertz) < 4


def test_silence_asks_for_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    Sound(0.0, pytest.fail).play(440.0, 0.1)
    assert not pygame.mixer.get_init()


def test_it_plays_and_gives_the_device_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    sound = Sound(0.4, pytest.fail)
    for _ in range(3):
        sound.play(440.0, 0.1)
    assert pygame.mixer.get_init() and pygame.mixer.get_busy()
    sound.close()
    assert not pygame.mixer.get_init()
    sound.play(440.0, 0.1)
    assert not pygame.mixer.get_init()


def test_a_device_that_is_not_there_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "nothing")
    said: list[str] = []
    sound = Sound(1.0, said.append)
    for _ in range(3):
        sound.play(440.0, 0.1)
    sound.close()
    assert len(said) == 1 and said[0].startswith("There is no sound: ")
