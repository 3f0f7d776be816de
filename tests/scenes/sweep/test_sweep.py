"""A sweep trains each combination with several seeds, keeps every run, and tells medians with their spread."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scenes.kept.contents import contents
from scenes.sweep.command import with_spread
from scenes.sweep.grid import MOST_RUNS, Setting, grid
from scenes.sweep.results import Result, as_json, median_run, table
from scenes.sweep.training import trained
from scenes.training.parameters import Parameters
from scenes.training.sources.whole_file import whole_file

BASE = Parameters(source="trained", dataset="circle", points=30, layers=(2,), epochs=5)


def test_each_combination_has_its_runs_and_what_has_one_value_is_in_all() -> None:
    runs = grid(BASE, {"learning_rate": "0.01, 0.1", "layers": "2/4,4", "momentum": "0.5"}, seeds=3)
    assert [str(setting) for setting in runs] == [
        "learning_rate=0.01 layers=2",
        "learning_rate=0.01 layers=4,4",
        "learning_rate=0.1 layers=2",
        "learning_rate=0.1 layers=4,4",
    ]
    for several in runs.values():
        assert [each.seed for each in several] == [0, 1, 2] and {each.momentum for each in several} == {0.5}
    (alone,) = grid(replace(BASE, seed=7), {}, seeds=2).values()
    assert [each.seed for each in alone] == [7, 8]
    assert str(Setting(())) == "as usual"


@pytest.mark.parametrize(
    ("told", "seeds", "sentence"),
    [
        ({"learning_rate": "0.01,2"}, 1, "learning_rate 2"),
        ({"learning_rate": "0.01,,0.1"}, 1, "empty value"),
        ({"batch_size": "16,17"}, 1, "batch_size"),
        ({"learning_rate": ",".join(f"0.{n:03}" for n in range(1, 200))}, 10, f"at most {MOST_RUNS:,}"),
    ],
)
def test_what_cannot_be_swept_is_told(told: dict[str, str], seeds: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        grid(BASE, told, seeds=seeds)


def test_the_median_is_a_run_of_its_own_and_the_spread_is_told() -> None:
    slow, fast = Setting((("learning_rate", "0.01"),)), Setting((("learning_rate", "1"),))
    done = {
        slow: [
            Result(seed, "complete", rate, rate, 1 - rate / 100, f"s{seed}") for seed, rate in enumerate((70, 90, 80))
        ],
        fast: [Result(seed, "diverged", rate, rate, 2.0, f"f{seed}") for seed, rate in enumerate((50, 60))],
        Setting((("learning_rate", "0.1"),)): [],
    }
    assert median_run(done[slow]).run == "s2" and median_run(done[fast]).run == "f0"
    lines = table(done).splitlines()
    assert len(lines) == 3 and "80.0 % best" in lines[1] and "70.0 to 90.0 % of 3" in lines[1]
    assert lines[2].split()[-2:] == ["2", "f0"]
    first, second = json.loads(as_json(done))
    assert (first["median"], first["least"], first["most"], first["median_run"]) == (80, 70, 90, "s2")
    assert second["setting"] == {"learning_rate": "1"} and len(second["runs"]) == 2
    assert table({slow: []}) == "No run has come to its end."


def test_every_run_is_trained_and_kept_in_processes_of_their_own(tmp_path: Path) -> None:
    runs = grid(BASE, {"learning_rate": "0.01,0.3"}, seeds=2)
    done = list(trained(runs, processes=2, folder=tmp_path))
    assert sorted((str(setting), result.seed) for setting, result in done) == [
        (f"learning_rate={rate}", seed) for rate in ("0.01", "0.3") for seed in (0, 1)
    ]
    kept = contents(tmp_path)
    for setting, result in done:
        recorded = whole_file(kept[result.run].path)
        assert recorded.asked is not None and recorded.run.available == 5
        assert recorded.asked.learning_rate == float(dict(setting)["learning_rate"])
        assert recorded.run.at(5).loss == pytest.approx(result.loss, abs=1e-6)


def test_what_is_done_stays_when_somebody_ends_the_rest(tmp_path: Path) -> None:
    going = trained(grid(BASE, {}, seeds=20), processes=1, folder=tmp_path)
    _, first = next(going)
    going.close()
    kept = contents(tmp_path)
    assert first.run in kept and len(kept) < 20


def test_what_is_laid_out_is_the_median_run_with_how_far_its_seeds_lie_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = grid(BASE, {"learning_rate": "0.03"}, seeds=3)
    results = [result for _, result in trained(runs, processes=2, folder=tmp_path)]
    monkeypatch.setattr("scenes.sweep.command.kept_path", lambda run: contents(tmp_path)[run].path)
    told = with_spread(results)
    every = {each.run: whole_file(contents(tmp_path)[each.run].path).run for each in results}
    assert told.run.kept_as == median_run(results).run and told.run.parameters.seed in (0, 1, 2)
    least = [min(float(run.validation_loss[k]) for run in every.values()) for k in range(5)]
    most = [max(float(run.validation_accuracy[k]) for run in every.values()) for k in range(5)]
    assert told.run.spread and told.run.spread.count == 3
    assert told.run.spread.loss[0].tolist() == least and told.run.spread.accuracy[1].tolist() == most
    assert with_spread(results[:1]).run.spread is None
