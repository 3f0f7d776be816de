"""What is exported is what the run was: figures to the last digit, weights to the last bit, code that answers alike."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.kept.code import LIBRARIES, code
from scenes.kept.export import check, export, export_from
from scenes.kept.index import Index, Run
from scenes.kept.whole_run import WholeRun, whole_run
from scenes.training.failure import RunError
from scenes.training.inference import answers, given

Made = tuple[Run, Path]


@pytest.fixture
def made(kept: Any) -> Callable[[list[bytes]], Made]:
    """Keep a run of those lines; it, and its file."""

    def keep(lines: list[bytes]) -> Made:
        kept.keep(lines)
        run = Index(kept.folder).runs()[0]
        return run, kept.folder / f"{run.id}.ndjson.gz"

    return keep


def loaded(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("exported", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_and_settings_as_csv_and_json(
    made: Callable[[list[bytes]], Made], lines: list[bytes], tmp_path: Path
) -> None:
    run, path = made(lines)
    for suffix in (".csv", ".json"):
        export(run, whole_run(path), tmp_path / f"run{suffix}")
    truth = [json.loads(line) for line in lines[1:-1]]
    names = ("epoch", "loss", "accuracy", "validationLoss", "validationAccuracy")
    text = (tmp_path / "run.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in text if not line.startswith("#")))
    assert [[float(row[name]) for name in names] for row in rows] == [[each[name] for name in names] for each in truth]
    assert "# spiral epochs=3 layers=3,2 features=x,y points=10" in text and "# learningRate: 0.01" in text
    told = json.loads((tmp_path / "run.json").read_bytes())
    assert told["figures"] == [{name: each[name] for name in names} for each in truth]
    assert (told["id"], told["parameters"]) == (run.id, json.loads(lines[0])["parameters"])


@pytest.mark.parametrize("epoch", [None, 1, 2])
def test_weights_and_biases_of_an_epoch(
    made: Callable[[list[bytes]], Made], lines: list[bytes], tmp_path: Path, epoch: int | None
) -> None:
    run, path = made(lines)
    told = whole_run(path, epoch)
    assert told.state and told.state_of == (epoch or 3)
    export(run, told, tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz") as found:
        assert (int(found["epoch"]), str(found["activation"]), found["shape"].tolist()) == (
            epoch or 3,
            "tanh",
            [2, 3, 2, 2],
        )
        for layer, (weights, biases) in enumerate(zip(told.state.weights, told.state.biases, strict=True)):
            assert (found[f"weights_{layer}"] == weights).all() and (found[f"biases_{layer}"] == biases).all()
        assert found["features"].tolist() == ["x", "y"]


FEATURES = ("x", "y", "x²", "y²", "xy", "sin x", "sin y")
NETWORKS: dict[str, dict[str, Any]] = {
    "tanh, all features": {"features": FEATURES, "seed": 3},
    "relu": {"activation": "relu", "dataset": "circle", "layers": (7,)},
    "sigmoid, digits": {"activation": "sigmoid", "dataset": "digits", "epochs": 1},
    "linear, no layer": {"activation": "linear", "layers": (), "loss": "mean-squared-error"},
    "animals": {"dataset": "animals"},
    "diverged": {"activation": "relu", "learning_rate": 1.0, "epochs": 20, "momentum": 0.99, "layers": (16, 16)},
}


def compared(library: str, told: WholeRun, run: Run, folder: Path) -> float:
    """The largest difference between what the exported code says and what the program itself says."""
    network, state = told.network, told.state
    assert network and state
    path = folder / "net.py"
    export(run, told, path, library=library)
    rows = network.samples
    if network.flat:
        rows = np.random.default_rng(1).uniform(-8, 8, (300, 2)).astype(np.float32)
    truth = answers(network, state, given(network, rows)).T
    return float(np.abs(np.asarray(loaded(path).answers(rows.copy())) - truth).max())


@pytest.mark.parametrize("asked", NETWORKS.values(), ids=NETWORKS)
def test_code_for_numpy_answers_as_the_program_does(
    made: Callable[[list[bytes]], Made], lines_of: Callable[..., list[bytes]], tmp_path: Path, asked: dict[str, Any]
) -> None:
    run, path = made(lines_of(**asked))
    assert compared("numpy", whole_run(path), run, tmp_path) < 1e-5


@pytest.mark.parametrize("library", ["torch", "keras"])
def test_code_for_other_libraries_answers_alike_where_they_are(
    made: Callable[[list[bytes]], Made], lines_of: Callable[..., list[bytes]], tmp_path: Path, library: str
) -> None:
    pytest.importorskip(library)
    for asked in list(NETWORKS.values())[:5]:
        run, path = made(lines_of(**asked))
        assert compared(library, whole_run(path), run, tmp_path) < 1e-5


@pytest.mark.parametrize("library", LIBRARIES)
def test_code_is_python_of_readable_lines_whatever_names_it_holds(
    made: Callable[[list[bytes]], Made], lines: list[bytes], library: str
) -> None:
    hostile = lines[0].replace(b'"classes":["A","B"]', b'"classes":["\\"]; import os #","\\u2028{0}\\\\"]')
    run, path = made([hostile, *lines[1:]])
    told = whole_run(path)
    assert told.network and told.state
    text = code(run, told.network, told.state, 3, library)
    compile(text, "net.py", "exec")
    assert max(map(len, text.splitlines())) <= 120
    assert "\nimport os" not in text


def test_a_network_of_more_numbers_than_anybody_reads_is_no_code(
    made: Callable[[list[bytes]], Made], lines: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, path = made(lines)
    monkeypatch.setattr("scenes.kept.code.MOST_NUMBERS", 20)
    with pytest.raises(RunError, match="more than the 20") as why:
        export(run, whole_run(path), tmp_path / "net.py")
    assert "npz" in why.value.hint and not (tmp_path / "net.py").exists()


def test_figures_alone_have_no_network(
    made: Callable[[list[bytes]], Made], figures: Callable[..., list[bytes]], tmp_path: Path
) -> None:
    run, path = made(figures(3))
    for name in ("net.npz", "net.py"):
        with pytest.raises(RunError, match="figures alone"):
            export(run, whole_run(path), tmp_path / name)
    export(run, whole_run(path), tmp_path / "run.csv")
    assert (tmp_path / "run.csv").read_text("utf-8").splitlines()[-1] == f"3,{1 / 3},53.0,,"


def test_an_epoch_that_was_never_trained_is_told(
    made: Callable[[list[bytes]], Made], lines: list[bytes], tmp_path: Path
) -> None:
    run, path = made(lines)
    with pytest.raises(RunError, match="has no epoch 9") as why:
        export(run, whole_run(path, 9), tmp_path / "net.npz")
    assert why.value.hint == "It has 1 to 3."


def test_of_a_run_that_was_cut_off_what_is_there_is_exported(kept: Any, lines: list[bytes], tmp_path: Path) -> None:
    kept.folder.mkdir()
    path = kept.folder / "20260127-184434-k3f7.ndjson"
    path.write_bytes(b"\n".join([*lines[:3], lines[3][:80]]))
    (run,) = Index(kept.folder).runs()
    said: list[str] = []
    export_from(path, run, tmp_path / "run.json", library=None, epoch=None, say=said.append)
    assert len(json.loads((tmp_path / "run.json").read_bytes())["figures"]) == 2
    assert len(said) == 1 and "can be read up to epoch 2 alone (line 4: " in said[0]
    path.write_bytes(lines[0])
    with pytest.raises(RunError, match="cannot be exported: it holds no epoch"):
        export_from(path, run, tmp_path / "none.json", library=None, epoch=None, say=said.append)
    assert not (tmp_path / "none.json").exists()


@pytest.mark.parametrize(
    ("name", "library", "epoch", "words"),
    [
        ("run.txt", None, None, "ends in none of .csv, .json, .npz, .py"),
        ("run.csv", "torch", None, "--as goes with"),
        ("run.json", None, 3, "--epoch goes with"),
    ],
)
def test_what_cannot_be_asked_for_is_told(name: str, library: str | None, epoch: int | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check(Path(name), library, epoch)
