"""A kept run as another program reads it: its figures as .csv or .json, its network as .npz or as Python code.

Charts of it are made by scenes.figures.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from engine.files import placed, put
from scenes.training.epoch import Epoch, Network, State, UnusableRun
from scenes.training.failure import RunError
from scenes.training.worlds import MOST

from .code import LIBRARIES, code
from .index import Run
from .whole_run import WholeRun, whole_run

FIGURES = ("epoch", "loss", "accuracy", "validationLoss", "validationAccuracy")
NAMES = ("weights", "biases")
OF_A_NETWORK = (".npz", ".py")
DRAWN = (".svg", ".pdf", ".png")
KINDS = (".csv", ".json", *OF_A_NETWORK, *DRAWN)
CURVES = ("loss", "accuracy")  # charts of every epoch, of as many runs as there are colours


def check(to: Path, library: str | None, epoch: int | None, chart: str | None = None, runs: int = 1) -> None:
    """Raises ValueError in words for what cannot be asked for."""
    kind = to.suffix.lower()
    if kind not in KINDS:
        raise ValueError(f"--to '{to}' ends in none of {', '.join(KINDS)}")
    if library and kind != ".py":
        raise ValueError("--as goes with a file that ends in .py")
    if chart and kind not in DRAWN:
        raise ValueError(f"--chart goes with a file that ends in {', '.join(DRAWN)}")
    one_epoch = kind in OF_A_NETWORK or (kind in DRAWN and (chart or CURVES[0]) not in CURVES)
    if epoch is not None and not one_epoch:
        raise ValueError("--epoch goes with .npz, .py, and the charts answers and network: the others have every epoch")
    if runs > 1 and (kind not in DRAWN or one_epoch):
        raise ValueError("several runs go into one chart of loss or accuracy alone: .svg, .pdf or .png")
    if runs > MOST:
        raise ValueError(f"at most {MOST} runs go into a chart, {runs} are named")


def export(run: Run, told: WholeRun, to: Path, *, library: str | None = None) -> None:
    """Write `to`, whose suffix says what it is to hold: one of KINDS. `library` is one of LIBRARIES.

    Of the network it is that of the epoch whose state was read. Raises ValueError as `check` does, RunError for a run
    that has no such thing, OSError.
    """
    check(to, library, None)
    kind = to.suffix.lower()
    if kind == ".csv":
        put(to, _csv(run, told).encode())
    elif kind == ".json":
        put(to, _json(run, told))
    elif told.network is None or told.state is None:
        raise _no_network(run, told)
    elif kind == ".npz":
        with placed(to) as begun:
            _write_arrays(begun, told.network, told.state, told.state_of)
    else:
        put(to, code(run, told.network, told.state, told.state_of, library or LIBRARIES[0]).encode())


def export_from(
    path: Path, run: Run, to: Path, *, library: str | None, epoch: int | None, say: Callable[[str], object]
) -> None:
    """The same of the run in `path`, as it was after `epoch`; `say` is told where not all of it can be read."""
    try:
        told = whole_run(path, epoch)
    except UnusableRun as why:
        raise RunError(f"{run.id} cannot be exported: {why}.", hint="", code="export") from None
    if told.trouble:
        say(f"{run.id} can be read up to epoch {len(told.epochs)} alone ({told.trouble}).")
    export(run, told, to, library=library)


def _no_network(run: Run, told: WholeRun) -> RunError:
    if told.network is None:
        sentence, hint = f"The run {run.id} has figures alone.", "Export it as .csv or .json."
    else:
        sentence, hint = f"The run {run.id} has no epoch {told.wanted}.", f"It has 1 to {len(told.epochs)}."
    return RunError(sentence, hint=hint, code="export")


def _figures(epoch: Epoch) -> dict[str, float | None]:
    values = (epoch.number, epoch.loss, epoch.accuracy, epoch.validation_loss, epoch.validation_accuracy)
    return dict(zip(FIGURES, values, strict=True))


def _csv(run: Run, told: WholeRun) -> str:
    """The settings as comments, a header, a row an epoch."""
    text = io.StringIO()
    text.write(f"# {run.id} {run.name}".rstrip() + "\n")
    text.write(f"# {run.line}\n")
    for name, value in run.parameters.items():
        text.write(f"# {name}: {msgspec.json.encode(value).decode()}\n")
    rows = csv.DictWriter(text, FIGURES, lineterminator="\n")
    rows.writeheader()
    rows.writerows(_figures(epoch) for epoch in told.epochs)
    return text.getvalue()


def _json(run: Run, told: WholeRun) -> bytes:
    epochs = [{name: value for name, value in _figures(each).items() if value is not None} for each in told.epochs]
    settings = {name: value for name, value in msgspec.structs.asdict(run).items() if name != "bytes"}
    return msgspec.json.format(msgspec.json.encode({**settings, "line": run.line, "figures": epochs})) + b"\n"


def _write_arrays(path: Path, network: Network, state: State, epoch: int) -> None:
    """weights_0, biases_0 and so on, from the inputs to the output, and what is needed to use them."""
    layers = enumerate(zip(state.weights, state.biases, strict=True))
    arrays = {f"{name}_{layer}": array for layer, pair in layers for name, array in zip(NAMES, pair, strict=True)}
    with path.open("wb") as file:
        np.savez(
            file,
            allow_pickle=False,
            shape=np.array(network.shape),
            features=np.array(network.features),
            classes=np.array(network.classes),
            offset=network.offset,
            scale=network.scale,
            activation=np.array(network.activation),
            epoch=np.array(epoch),
            **arrays,
        )
