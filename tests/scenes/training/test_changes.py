"""The journal of a run as text, in a line, over the wire and back; the server refuses what we refuse, in its words."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest

from engine.worker import Cancellation
from scenes.embedded import Embedded
from scenes.training.changes import BATCH_SIZES, Change, read, written
from scenes.training.epoch import Epoch, UnusableRun
from scenes.training.lifecycle import Status
from scenes.training.moment_line import MomentLine, line_of, read_line
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot
from scenes.training.sources.http import HttpSource
from scenes.training.sources.protocol import read_header

SMALL = Parameters(source="trained", dataset="circle", points=24, layers=(3, 2), epochs=20, batch_size=16, seed=5)


def journal(seed: int) -> tuple[Change, ...]:
    chance = random.Random(seed)

    def change(after: int) -> Change:
        told: dict[str, Any] = {
            "learning_rate": chance.uniform(1e-6, 1.0),
            "batch_size": chance.choice(BATCH_SIZES),
            "momentum": chance.uniform(0.0, 0.99),
            "l1": chance.uniform(0.0, 0.1),
            "l2": chance.uniform(0.0, 0.1),
            "silent": ((1, chance.choice((0, 1, 2))), (0, 1)),
        }
        return Change(after, **{name: told[name] for name in chance.sample(sorted(told), chance.randint(1, 6))})

    return tuple(map(change, sorted(chance.sample(range(1, 20), 3))))


@pytest.mark.parametrize("seed", range(20))
def test_a_journal_is_read_as_it_is_written_alone_and_in_a_line(seed: int) -> None:
    told = tuple(
        replace(
            each,
            **{name: float(f"{value:.15g}") for name, value in each.turned.items() if isinstance(value, float)},
        )
        for each in journal(seed)
    )
    assert read(written(told)) == told
    line = MomentLine(replace(SMALL, changes=told), epoch=7)
    assert read_line(str(line)) == line


@pytest.mark.parametrize(
    "text",
    [
        "5",
        "5:",
        ":learning_rate=0.1",
        "5:learning_rate",
        "5:learning_rate=0",
        "5:learning_rate=2",
        "5:learning_rate=nan",
        "5:rate=0.1",
        "0:l1=0.1",
        "200:l1=0.1",
        "5:batch_size=17",
        "5:momentum=1",
        "5:silent=1",
        "5:silent=1.0",
        "5:l1=0.1,l1=0.2",
        "5:l1=0.1;5:l2=0.1",
        "6:l1=0.1;5:l2=0.1",
        "60:l1=0.1",
    ],
)
def test_what_is_no_journal_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        replace(SMALL, changes=read(text))


def test_the_backend_trains_it_and_says_so_and_the_line_brings_it_back() -> None:
    told = read("4:learning_rate=0.5,batch_size=32;9:silent=1.2+0.1,l2=0.01")
    with Embedded(7) as backend:
        source = HttpSource(backend.url, embedded=True, header=backend.header)
        heard, plain = list[Any](), list[Any]()
        source.run(replace(SMALL, changes=told), Cancellation(), heard.append)
        source.run(SMALL, Cancellation(), plain.append)
    run = next(each for each in heard if isinstance(each, TrainingRun))
    assert isinstance(run.parameters, RunParameters) and run.parameters.changes == told
    epochs, without = ([each for each in heard if isinstance(each, Epoch)] for heard in (heard, plain))
    assert [e.loss for e in epochs[:4]] == [e.loss for e in without[:4]] and epochs[4].loss != without[4].loss
    state = epochs[9].state
    assert state and not state.weights[1][1].any() and not state.weights[0][0].any()
    line = line_of(Snapshot(Status.PAUSED, run.parameters, 200, epoch=6), (0.0, 0.0, 5.0))
    assert line and line.parameters.changes == told and "changes=4:learning_rate=0.5,batch_size=32;9:" in str(line)


@pytest.mark.parametrize(
    "journal",
    [
        [{"afterEpoch": 0, "learningRate": 0.1}],
        [{"afterEpoch": 9}],
        [{"afterEpoch": 9, "learningRate": "fast"}],
        [{"afterEpoch": 9, "learningRate": -1}],
        [{"afterEpoch": 9, "learningRate": 1e400}],
        [{"afterEpoch": 9, "silent": [[1, -1]]}],
        [{"afterEpoch": 9, "silent": [[1]]}],
        [{"afterEpoch": 9, "l1": 0.1}, {"afterEpoch": 4, "l1": 0.1}],
        [{"afterEpoch": 9, "l1": 0.1}] * 2,
        [{"afterEpoch": n, "l1": 0.1} for n in range(1, 102)],
        {"afterEpoch": 9},
        "none",
    ],
    ids=str,
)
def test_a_journal_in_a_stream_that_cannot_be_refuses_the_run(journal: Any) -> None:
    parameters = json.dumps({"activation": "tanh", "changes": journal}).replace("Infinity", "1e400")
    line = f'{{"type": "header", "version": 1, "parameters": {parameters}}}'
    with pytest.raises(UnusableRun):
        read_header(line.encode())
    with pytest.raises(UnusableRun):
        read_header(line.replace("1e400", "NaN").encode() if "1e400" in line else line.encode())
