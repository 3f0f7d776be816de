"""Whether a request asks for a simulated curve or for real training."""

import json

import pytest

from simulation_server.json_body import Invalid, members
from simulation_server.run_source import OF_TRAINING, wants_training


def asks(**fields):
    return wants_training(members(json.dumps(fields).encode()))


def refused(**fields):
    with pytest.raises(Invalid) as caught:
        asks(**fields)
    return caught.value


def test_a_request_of_the_web_app_is_simulated():
    assert not asks()
    assert not asks(epochs=5, learningRate=0.1, batchSize=32, seed=1, colour="red")


def test_the_source_decides():
    assert asks(source="trained", epochs=5)
    assert not asks(source="simulated", epochs=5, seed=3)


@pytest.mark.parametrize("name", OF_TRAINING)
def test_a_field_of_training_asks_for_training_and_contradicts_a_simulation(name):
    assert asks(**{name: None})
    error = refused(source="simulated", seed=1, **{name: None})
    assert error.field == name and error.message.startswith(f"{name} belongs to real training")


@pytest.mark.parametrize("source", ["", "Trained", None, True, 1, [], {}, ["trained"]])
def test_an_unknown_source_is_named_with_the_choices(source):
    error = refused(source=source)
    assert (error.field, error.message) == ("source", 'source must be "simulated" or "trained"')
