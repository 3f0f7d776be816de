"""What is chosen is known before anybody starts it: the very network and samples that the run will bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.clock import TICK
from engine.worker import Cancellation
from scenes.training.controller import TrainingController
from scenes.training.epoch import Network
from scenes.training.failure import RunError
from scenes.training.parameters import DATASETS, OWN, Parameters
from scenes.training.run import TrainingRun
from scenes.training.sources.http import LARGEST_PREVIEWED, MOST_PREVIEWS, HttpSource
from scenes.world.world import alike
from simulation_server.backend import Backend

ROWS = "width,length,kind\n" + "1,2,rose\n3,4,tulip\n" * 20
NewClient = Callable[..., HttpSource]


def first_of(client: HttpSource, parameters: Parameters) -> Network | None:
    """The network of the run that really comes."""
    said: list[Any] = []
    client.run(parameters, Cancellation(), said.append)
    (run,) = (value for value in said if isinstance(value, TrainingRun))
    return run.network


@pytest.mark.parametrize("dataset", [*DATASETS, OWN])
@pytest.mark.parametrize("seed", [None, 7])
def test_a_preview_is_what_the_run_then_brings(
    backend: Backend, new_client: NewClient, dataset: str, seed: int | None
) -> None:
    client = new_client(header=backend.header)
    table = ROWS if dataset == OWN else ""
    asked = Parameters(source="trained", dataset=dataset, epochs=1, seed=seed, table=table)
    seen, real = client.preview(asked), first_of(client, asked)
    assert seen and real and alike(seen, real)
    assert seen.left_out == real.left_out


def test_another_seed_has_another_preview(backend: Backend, new_client: NewClient) -> None:
    client = new_client(header=backend.header)
    one = client.preview(Parameters(source="trained", seed=7))
    other = client.preview(Parameters(source="trained", seed=8))
    assert one and other and not np.array_equal(one.samples, other.samples)


CHANGES: dict[str, Any] = {
    "layers": (3, 4, 5),
    "activation": "relu",
    "features": ("x", "y"),
    "points": 100,
    "noise": 0.4,
    "split": 0.5,
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_what_is_changed_of_the_network_or_its_data_is_seen_before_the_run(
    backend: Backend, new_client: NewClient, name: str
) -> None:
    client = new_client(header=backend.header)
    usual = Parameters(source="trained", epochs=1)
    asked = replace(usual, **{name: CHANGES[name]})
    seen, real = client.preview(asked), first_of(client, asked)
    assert seen and real and alike(seen, real)
    before = client.preview(usual)
    assert before and not alike(before, seen)


def test_of_many_choices_the_last_are_kept(backend: Backend, new_client: NewClient) -> None:
    asked: list[bytes] = []

    def header(body: bytes) -> bytes:
        asked.append(body)
        return backend.header(body)

    client = new_client(header=header)
    for points in (*range(10, 10 + MOST_PREVIEWS), 10, 400, 10):
        assert client.preview(Parameters(source="trained", points=points))
    assert len(asked) == MOST_PREVIEWS + 1


def test_nothing_that_only_training_knows_makes_a_preview_anew(backend: Backend, new_client: NewClient) -> None:
    asked: list[bytes] = []

    def header(body: bytes) -> bytes:
        asked.append(body)
        return backend.header(body)

    client = new_client(header=header)
    spiral = Parameters(source="trained")
    seen = client.preview(spiral)
    changes: list[dict[str, Any]] = [
        {"learning_rate": 0.5},
        {"batch_size": 64},
        {"epochs": 9},
        {"loss": "mean-squared-error"},
        {"momentum": 0.0},
        {"l1": 0.01},
        {"l2": 0.01},
    ]
    for changed in changes:
        assert client.preview(replace(spiral, **changed)) is seen
    assert client.preview(replace(spiral, dataset="circle")) is not seen
    assert client.preview(spiral) is seen and len(asked) == 2 and not backend.hits


def test_rows_that_were_left_out_are_told_before_the_run(backend: Backend, new_client: NewClient) -> None:
    client = new_client(header=backend.header)
    seen = client.preview(Parameters(source="trained", dataset=OWN, table=ROWS + "5,six,rose\n"))
    assert seen and seen.left_out[0] == "1 row left out" and seen.left_out[1].startswith("line 42: ")


def test_what_became_of_the_columns_and_what_is_asked_are_told_before_the_run_and_with_it(
    backend: Backend, new_client: NewClient
) -> None:
    rows = "".join(f"{'ab'[k % 2]},{k},{'red' if k % 3 else 'blue'},{k * 7 % 11}\n" for k in range(40))
    client = new_client(header=backend.header)
    table = "kind,id,colour,x\n" + rows
    asked = Parameters(source="trained", dataset=OWN, epochs=1, table=table, class_column="kind")
    seen, real = client.preview(asked), first_of(client, asked)
    assert seen and real and seen.columns == real.columns and seen.questions == real.questions
    assert [(column.name, column.became, column.inputs) for column in seen.columns] == [
        ("kind", "class", 0),
        ("id", "left out", 0),
        ("colour", "coded", 2),
        ("x", "number", 1),
    ]
    assert seen.columns[2].words == ("blue", "red") and seen.columns[1].reason.startswith("it counts the rows")
    assert len(seen.questions) == 1 and seen.questions[0].startswith("Does 'id' only count the rows?")


def test_a_class_that_is_no_column_is_refused_in_the_words_of_the_server(
    backend: Backend, new_client: NewClient
) -> None:
    client = new_client(header=backend.header)
    asked = Parameters(source="trained", dataset=OWN, epochs=1, table=ROWS, class_column="colour")
    assert client.preview(asked) is None
    assert "There is no column 'colour'" in client.refusal(asked)
    with pytest.raises(RunError) as why:
        first_of(client, asked)
    assert "There is no column 'colour'. The columns are: width, length, kind" in why.value.sentence


@pytest.mark.parametrize("csv", ["", "1,2,rose\n", "\x00", ROWS + " " * LARGEST_PREVIEWED])
def test_where_there_can_be_none_nobody_knows_and_nothing_is_raised(
    backend: Backend, new_client: NewClient, csv: str
) -> None:
    asked = Parameters(source="trained", dataset=OWN, table=csv)
    assert new_client(header=backend.header).preview(asked) is None


def test_a_lost_file_of_digits_costs_no_more_than_the_preview(new_client: NewClient) -> None:
    def header(_: bytes) -> bytes:
        raise FileNotFoundError("digits.csv.gz")

    assert new_client(header=header).preview(Parameters(source="trained", dataset="digits")) is None


def test_of_a_simulated_curve_and_of_a_backend_elsewhere_nobody_knows(backend: Backend, new_client: NewClient) -> None:
    assert new_client(header=backend.header).preview(Parameters()) is None
    assert new_client().preview(Parameters(source="trained")) is None


def test_a_snapshot_has_the_preview_until_the_run_is_there(
    backend: Backend, new_client: NewClient, new_session: Callable[[], Any]
) -> None:
    client, worker = new_client(header=backend.header), new_session().worker
    controller = TrainingController(client, worker, chosen=Parameters(source="trained", epochs=2))
    assert controller.now.network is None and controller.tick(TICK).network is None  # the first frame never waits
    seen = controller.tick(TICK).network
    assert seen and controller.tick(TICK).network is seen
    controller.set_parameters(dataset="digits")
    chosen = controller.tick(TICK).network
    assert chosen and chosen.dataset == "digits"
    controller.set_parameters(source="simulated")
    assert controller.tick(TICK).network is None
    controller.set_parameters(source="trained", dataset="spiral")
    controller.start()
    assert controller.tick(TICK).network is seen  # on its way
    worker.finish()
    now = controller.tick(TICK)
    assert now.run and now.network is now.run.network and now.network is not seen
    controller.stop()
    assert controller.tick(TICK).network is seen
