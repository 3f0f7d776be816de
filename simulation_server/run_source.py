"""Which kind of run a request asks for: a simulated curve, or real training. Checks no other field."""

from __future__ import annotations

from .json_body import KNOWN, Invalid, Members, decoded

SIMULATED, TRAINED = "simulated", "trained"
OF_EVERY_RUN = ("epochs", "learningRate", "batchSize", "seed", "source")
OF_TRAINING = tuple(name for name in KNOWN if name not in OF_EVERY_RUN)


def wants_training(given: Members) -> bool:
    """Return whether the members of a body ask for real training: by `source`, or by any field that only it knows.

    Raises Invalid for an unknown source, and for a field of training beside `"source": "simulated"`.
    """
    of_training = [name for name in OF_TRAINING if name in given]
    if "source" not in given:
        return bool(of_training)
    source = decoded("source", given["source"])
    if source not in (SIMULATED, TRAINED):
        raise Invalid(f'source must be "{SIMULATED}" or "{TRAINED}"', field="source")
    if source == SIMULATED and of_training:
        name = of_training[0]
        raise Invalid(f'{name} belongs to real training; leave it out or send "source": "{TRAINED}"', field=name)
    return source == TRAINED
