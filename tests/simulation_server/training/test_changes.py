"""What is turned in the middle of a run: up to there it is the very run without it, bit for bit; from there another."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import numpy as np
import pytest

from simulation_server.training.changes import BATCH_SIZES, Change
from simulation_server.training.parameters import Parameters, checked
from simulation_server.training.trainer import Epoch, prepare, train

JOURNALS = 200
EPOCHS = 8
SMALL = Parameters(dataset="circle", points=24, features=("x", "y"), layers=(3, 2), epochs=EPOCHS, batch_size=16)


def epochs_of(parameters: Parameters) -> list[Epoch]:
    return list(train(parameters, prepare(parameters)))


def bits(epoch: Epoch) -> bytes:
    """All that an epoch tells, as bytes."""
    state = epoch.state
    arrays = [*state.weights, *state.biases, *state.activations, state.gradient_norms, epoch.confusion]
    figures = np.array([epoch.loss, epoch.accuracy, epoch.validation_loss, epoch.validation_accuracy])
    return figures.tobytes() + b"".join(np.ascontiguousarray(each).tobytes() for each in arrays)


def change(chance: random.Random, after: int) -> Change:
    """One of the kinds that there are, or several at once."""
    told: dict[str, Any] = {
        "learning_rate": round(chance.uniform(0.001, 1.0), 3),
        "batch_size": chance.choice(BATCH_SIZES),
        "momentum": round(chance.uniform(0.0, 0.99), 2),
        "l1": round(chance.uniform(0.0, 0.1), 3),
        "l2": round(chance.uniform(0.0, 0.1), 3),
        "silent": ((chance.choice((0, 1, 2)), chance.choice((0, 1))),),
    }
    names = chance.sample(sorted(told), chance.randint(1, 3))
    return Change(after_epoch=after, **{name: told[name] for name in names})


@pytest.mark.parametrize("begin", range(0, JOURNALS, 50))
def test_child_and_parent_are_equal_bit_for_bit_up_to_the_change_for_any_journal(begin: int) -> None:
    other = 0
    for seed in range(begin, begin + 50):
        chance = random.Random(seed)
        places = sorted(chance.sample(range(1, EPOCHS), chance.randint(1, 3)))
        journal = tuple(change(chance, after) for after in places)
        base = msgspec.structs.replace(SMALL, seed=seed, learning_rate=chance.choice((0.01, 0.1, 1.0)))
        parent = epochs_of(msgspec.structs.replace(base, changes=journal[:-1]))
        child = epochs_of(msgspec.structs.replace(base, changes=journal))
        shared = min(places[-1], len(parent))
        assert [bits(each) for each in child[:shared]] == [bits(each) for each in parent[:shared]], seed
        other += [bits(each) for each in child] != [bits(each) for each in parent]
    assert other > 40, "a change that changes nothing proves nothing"


def test_a_run_that_is_extended_is_the_same_run_and_more() -> None:
    short, long = epochs_of(SMALL), epochs_of(msgspec.structs.replace(SMALL, epochs=2 * EPOCHS))
    assert [bits(each) for each in long[:EPOCHS]] == [bits(each) for each in short] and len(long) == 2 * EPOCHS


def test_what_is_turned_is_so_from_the_next_epoch_on_and_told() -> None:
    journal = (Change(after_epoch=2, learning_rate=0.5), Change(after_epoch=4, learning_rate=0.001))
    rates = [each.learning_rate for each in epochs_of(msgspec.structs.replace(SMALL, changes=journal))]
    assert rates == [0.01, 0.01, 0.5, 0.5, 0.001, 0.001, 0.001, 0.001]


def test_a_rate_that_is_lowered_in_time_saves_a_run_that_would_diverge() -> None:
    wild = Parameters(dataset="spiral", learning_rate=1.0, epochs=60, seed=4)
    saved = epochs_of(msgspec.structs.replace(wild, changes=(Change(after_epoch=5, learning_rate=0.1),)))
    assert len(epochs_of(wild)) == 13, "it diverges"
    assert len(saved) == 60 and saved[-1].validation_accuracy > 90 > saved[4].validation_accuracy


def test_neurons_that_are_silenced_say_nothing_from_then_on() -> None:
    journal = (Change(after_epoch=3, silent=((0, 1), (1, 2)), l2=0.01),)
    run = epochs_of(msgspec.structs.replace(SMALL, changes=journal))
    for epoch in run:
        leads = [epoch.state.weights[0][1], epoch.state.weights[1][2]]
        silent = [not each.any() for each in leads]
        assert silent == [epoch.number > 3] * 2


@pytest.mark.parametrize(
    "journal",
    [
        ({"afterEpoch": 0, "learningRate": 0.1},),
        ({"afterEpoch": EPOCHS, "learningRate": 0.1},),
        ({"afterEpoch": 3, "learningRate": 0.1}, {"afterEpoch": 3, "l1": 0.1}),
        ({"afterEpoch": 4, "learningRate": 0.1}, {"afterEpoch": 3, "l1": 0.1}),
        ({"afterEpoch": 3, "batchSize": 17},),
        ({"afterEpoch": 3, "learningRate": 0.0},),
        ({"afterEpoch": 3, "momentum": 1.0},),
        ({"afterEpoch": 3, "silent": []},),
        ({"afterEpoch": 3, "silent": [[1, -1]]},),
        ({"afterEpoch": 3, "activation": "relu"},),
        ({"afterEpoch": 3},),
        ({"learningRate": 0.1},),
    ],
)
def test_a_journal_that_cannot_be_is_refused(journal: tuple[dict[str, Any], ...]) -> None:
    told = msgspec.to_builtins(SMALL) | {"changes": journal}
    with pytest.raises(ValueError, match=r"."):
        msgspec.convert(told, Parameters)


@pytest.mark.parametrize("place", [(3, 0), (2, 2), (1, 3), (9, 0)])
def test_answers_and_neurons_that_there_are_not_cannot_be_silenced(place: tuple[int, int]) -> None:
    asked = msgspec.structs.replace(SMALL, changes=(Change(after_epoch=1, silent=(place,)),))
    with pytest.raises(ValueError, match="cannot silence"):
        next(train(asked, prepare(asked)))


def test_a_run_without_changes_says_nothing_of_them() -> None:
    assert b"changes" not in msgspec.json.encode(checked(SMALL))
    asked = msgspec.structs.replace(SMALL, changes=(Change(after_epoch=1, l1=0.01),))
    assert msgspec.json.decode(msgspec.json.encode(checked(asked)))["changes"] == [{"afterEpoch": 1, "l1": 0.01}]
