"""What a trained network can still do where some of its neurons say nothing. Trains nothing, and changes no run.

Figures are over the samples that are shown, seen and unseen: of points all, of other data the unseen ones alone; what
is not among them is None.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .epoch import Network, State
from .neuron import Array, Pass, Place, learned_from, loss_of, passed, silenced


@lru_cache(maxsize=8)  # of the epochs about the one that is shown
def without(network: Network, state: State, places: frozenset[Place], loss: str) -> dict[str, Any]:
    """The figures of a snapshot, with the state that it shows, where the neurons at `places` are silent."""
    quiet, training = silenced(state, places), network.training.astype(bool)
    sent = passed(network, quiet, network.samples.astype(np.float64))
    seen, unseen = _figures(network, sent, training, loss), _figures(network, sent, ~training, loss)
    classes = len(network.classes)
    pairs = network.labels[~training].astype(int) * classes + sent.outputs[-1][:, ~training].argmax(axis=0)
    confusion = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes).astype(np.float32)
    chosen = learned_from(network)
    activations = [layer[:, chosen].mean(axis=1).astype(np.float32) for layer in sent.outputs]
    for layer, index in places:
        activations[layer][index] = 0.0
    return {
        "state": replace(quiet, activations=tuple(activations), confusion=confusion),
        "loss": seen[0],
        "accuracy": seen[1],
        "validation_loss": unseen[0],
        "validation_accuracy": unseen[1],
    }


def _figures(network: Network, sent: Pass, chosen: NDArray[np.bool_], loss: str) -> tuple[float | None, float | None]:
    """Mean loss, and percent that are right, of these samples."""
    if not chosen.any():
        return None, None
    part = Pass([_of(layer, chosen) for layer in sent.sums], [_of(layer, chosen) for layer in sent.outputs])
    labels = network.labels[chosen]
    right = float((part.outputs[-1].argmax(axis=0) == labels).mean())
    return loss_of(network, part, labels, loss), 100.0 * right


def _of(layer: Array, chosen: NDArray[np.bool_]) -> Array:
    columns: Array = layer[:, chosen]
    return columns
