"""A network as a Python file of its own that answers as the program does: with numpy, torch or keras."""

import json
from collections.abc import Sequence
from textwrap import indent
from typing import Any

import numpy as np

from scenes.training.epoch import Floats, Network, State
from scenes.training.failure import RunError
from scenes.training.inference import CLIP, LARGEST

from .index import Run

LIBRARIES = ("numpy", "torch", "keras")
MOST_NUMBERS = 50_000  # that are written out; more of them are no text that anybody reads
WIDEST = 100  # characters of a line of numbers
EXAMPLES = 3  # rows that the file asks about when it is run
MADE = {"x": "x", "y": "y", "x²": "x * x", "y²": "y * y", "xy": "x * y", "sin x": "{0}.sin(x)", "sin y": "{0}.sin(y)"}
ACTIVATIONS = {
    "numpy": {
        "tanh": "np.tanh(z)",
        "relu": "np.maximum(z, 0)",
        "sigmoid": "1 / (1 + np.exp(-np.clip(z, -60, 60)))",
        "linear": "z",
    },
    "torch": {"tanh": "torch.tanh(z)", "relu": "torch.relu(z)", "sigmoid": "torch.sigmoid(z)", "linear": "z"},
}

NUMPY = f'''
def activation(z):
    """Of the hidden layers."""
    return {{activation}}


def answers(rows):
    """The share of each class, [rows, classes], for rows of {{inputs}}."""
    signal = scaled(rows)
    for layer, (weights, biases) in enumerate(zip(WEIGHTS, BIASES), start=1):
        signal = signal @ np.array(weights, np.float32) + np.array(biases, np.float32)
        signal = np.nan_to_num(signal, nan=0.0, posinf={LARGEST:g}, neginf=-{LARGEST:g})
        if layer < len(WEIGHTS):
            signal = activation(signal)
    grown = np.exp(signal - signal.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)
'''

TORCH = f'''
class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        shapes = [(len(weights), len(weights[0])) for weights in WEIGHTS]
        self.links = torch.nn.ModuleList(torch.nn.Linear(*shape) for shape in shapes)
        with torch.no_grad():
            for links, weights, biases in zip(self.links, WEIGHTS, BIASES):
                links.weight.copy_(torch.tensor(weights).T)
                links.bias.copy_(torch.tensor(biases))

    def sums(self, rows):
        """What the last layer says before its shares are made: what a loss of torch is given."""
        z = scaled(rows)
        for layer, links in enumerate(self.links, start=1):
            z = torch.nan_to_num(links(z), nan=0.0, posinf={LARGEST:g}, neginf=-{LARGEST:g})
            if layer < len(self.links):
                z = {{activation}}
        return z

    def forward(self, rows):
        """The share of each class, [rows, classes], for rows of {{inputs}}."""
        return torch.softmax(self.sums(rows), dim=1)


def answers(rows):
    """The same, without gradients."""
    with torch.no_grad():
        return Network()(rows)
'''

KERAS = '''
def network():
    """A model that is given what `scaled` makes of rows of {inputs}, and tells the share of each class."""
    hidden = [keras.layers.Dense(len(biases), activation="{activation}") for biases in BIASES[:-1]]
    last = keras.layers.Dense(len(BIASES[-1]), activation="softmax")
    model = keras.Sequential([keras.Input((len(WEIGHTS[0]),)), *hidden, last])
    for layer, weights, biases in zip(model.layers, WEIGHTS, BIASES):
        layer.set_weights([np.array(weights, np.float32), np.array(biases, np.float32)])
    return model


def answers(rows):
    """The share of each class, [rows, classes], for rows of {inputs}."""
    return keras.ops.convert_to_numpy(network()(scaled(rows)))
'''


def code(run: Run, network: Network, state: State, epoch: int, library: str) -> str:
    """The text of a file that defines `answers`, which gives what `inference.answers` gives of the same rows.

    `library` is one of LIBRARIES. Raises RunError for a network of more numbers than are written out.
    """
    numbers = sum(array.size for array in (*state.weights, *state.biases))
    if numbers > MOST_NUMBERS:
        sentence = f"The network has {numbers:,} numbers, more than the {MOST_NUMBERS:,} that are written as code."
        raise RunError(sentence, hint="Export it as .npz.", code="export")
    body = {"numpy": NUMPY, "torch": TORCH, "keras": KERAS}[library]
    activation = ACTIVATIONS.get(library, {}).get(network.activation, network.activation)
    inputs = "x and y" if network.flat else "the features, in their order"
    parts = [
        _head(run, epoch, library),
        _constants(network, state),
        _scaled(network, "torch" if library == "torch" else "np"),
        body.format(activation=activation, inputs=inputs),
        _examples(network),
    ]
    return "\n".join(parts)


def _head(run: Run, epoch: int, library: str) -> str:
    imported = {"numpy": "import numpy as np", "torch": "import torch", "keras": "import keras\nimport numpy as np"}
    return (
        f'"""The network of the run {run.id} of the AI Training Visualizer, as it was after epoch {epoch}."""\n\n'
        f"{imported[library]}\n"
    )


def _constants(network: Network, state: State) -> str:
    return "\n".join(
        [
            f"FEATURES = {_words(network.features)}",
            f"CLASSES = {_words(network.classes)}",
            f"OFFSET = {_numbers(network.offset)}",
            f"SCALE = {_numbers(network.scale)}",
            "WEIGHTS = [  # a layer: a row for each neuron that a link comes from",
            *(indent(_numbers(weights) + ",", "    ") for weights in state.weights),
            "]",
            "BIASES = [",
            *(indent(_numbers(biases) + ",", "    ") for biases in state.biases),
            "]",
            "",
        ]
    )


def _scaled(network: Network, library: str) -> str:
    """The function that makes of rows what the network is given."""
    told = "torch.as_tensor({}, dtype=torch.float32)" if library == "torch" else "np.asarray({}, np.float32)"
    lines = ["", "def scaled(rows):", '    """What the network is given: its features, scaled."""']
    lines.append(f"    rows = {told.format('rows')}")
    if network.flat:
        features = ", ".join(MADE[name].format(library) for name in network.features)
        dimension = "dim" if library == "torch" else "axis"
        lines += ["    x, y = rows[:, 0], rows[:, 1]", f"    rows = {library}.stack([{features}], {dimension}=1)"]
    lines.append(f"    offset, scale = {told.format('OFFSET')}, {told.format('SCALE')}")
    lines.append(f"    return {library}.clip((rows - offset) / scale, -{CLIP:g}, {CLIP:g})")
    return "\n".join([*lines, ""])


def _examples(network: Network) -> str:
    """What the file does when it is run: the answers to some rows."""
    rows = network.samples[:EXAMPLES]
    if not len(rows):
        return ""
    return "\n".join(
        [
            "",
            'if __name__ == "__main__":',
            f"    rows = {indent(_numbers(rows), '    ').lstrip()}",
            "    for row, shares in zip(rows, answers(rows).tolist()):",
            "        print(row[:4], {name: round(share, 4) for name, share in zip(CLASSES, shares)})",
            "",
        ]
    )


def _words(names: Sequence[str]) -> str:
    return _wrapped([json.dumps(name, ensure_ascii=False) for name in names])


def _numbers(values: Floats) -> str:
    if values.ndim > 1:
        return "[\n" + "".join(indent(_numbers(row), "    ") + ",\n" for row in values) + "]"
    return _wrapped([_number(value) for value in values])


def _number(value: Any) -> str:
    """The shortest text that is read as the same float32."""
    text = np.format_float_scientific(value, unique=True, trim="0")
    plain = np.format_float_positional(value, unique=True, trim="0")
    return min(text, plain, key=len)


def _wrapped(parts: Sequence[str]) -> str:
    """A list of them, on as many lines as it takes."""
    whole = f"[{', '.join(parts)}]"
    if len(whole) <= WIDEST:
        return whole
    lines, line = [], ""
    for part in parts:
        if line and len(line) + len(part) + 2 > WIDEST - 4:
            lines.append(line)
            line = ""
        line += f"{' ' if line else ''}{part},"
    return "[\n" + "".join(f"    {each}\n" for each in (*lines, line)) + "]"
