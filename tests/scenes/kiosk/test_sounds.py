"""The loss is heard once an epoch, lower as it falls; a chime tells whoever is still there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scenes.kiosk.sounds import APART, CHIME, LOW, SHORT, Sounds, pitch
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.snapshot import Snapshot

RUN = Snapshot(status=Status.TRAINING, parameters=Parameters(), interval=200)


class Heard:
    def __init__(self) -> None:
        self.tones: list[tuple[float, float]] = []

    def play(self, hertz: float, seconds: float) -> None:
        self.tones.append((hertz, seconds))


def test_the_loss_is_heard_once_an_epoch_and_falls() -> None:
    heard = Heard()
    sounds = Sounds(heard, loss=True)
    for epoch, loss in enumerate((0.8, 0.4, 0.2, 0.0, 1.6), start=1):
        for _ in range(3):
            sounds.hear(replace(RUN, epoch=epoch, loss=loss), APART)
    assert heard.tones == [(hertz, SHORT) for hertz in (4 * LOW, 2 * LOW, LOW * 2**0.5, LOW, 4 * LOW)]
    sounds.hear(replace(RUN, epoch=1, loss=0.1), APART)
    assert heard.tones[-1] == (4 * LOW, SHORT), "another run begins at the top"


def test_fast_epochs_are_passed_over_and_nothing_is_heard_of_what_does_not_learn() -> None:
    heard = Heard()
    sounds = Sounds(heard, loss=True)
    for epoch in range(1, 101):
        sounds.hear(replace(RUN, epoch=epoch, loss=1 / epoch), APART / 10)
    assert 9 <= len(heard.tones) <= 11
    before = len(heard.tones)
    sounds.hear(replace(RUN, status=Status.PAUSED, epoch=200, loss=0.5), 1.0)
    sounds.hear(replace(RUN, epoch=201, loss=None), 1.0)
    Sounds(heard, loss=False).hear(replace(RUN, epoch=3, loss=0.5), 1.0)
    assert len(heard.tones) == before


def test_the_chime_is_played_whole() -> None:
    heard = Heard()
    Sounds(heard, loss=False).warn()
    assert heard.tones == list(CHIME)


@pytest.mark.parametrize(("loss", "first", "hertz"), [(0.0, 0.0, LOW), (5.0, 1.0, 4 * LOW), (-1.0, 1.0, LOW)])
def test_every_loss_has_a_pitch(loss: float, first: float, hertz: float) -> None:
    assert pitch(loss, first) == hertz


def test_nothing_is_heard_while_somebody_has_muted_it() -> None:
    heard, on = Heard(), [False]
    sounds = Sounds(heard, loss=True, heard=lambda: on[0])
    sounds.warn()
    sounds.hear(replace(RUN, epoch=1, loss=1.0), APART)
    assert not heard.tones
    on[0] = True
    sounds.warn()
    assert heard.tones == list(CHIME)
