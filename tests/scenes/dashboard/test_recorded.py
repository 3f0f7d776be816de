"""A recorded run on the dashboard: told as such, without an end where none is known, and with all that a run has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.scripting.words import VerbError
from scenes.dashboard.charts import View, last_of
from scenes.dashboard.layout import layout
from scenes.dashboard.stats import Progress, bar_of
from scenes.kit.axis import round_end
from scenes.kit.curves import curve, ribbon
from scenes.kit.drawing import Drawing
from scenes.kit.findings import sentence
from scenes.kit.part import Moment
from scenes.kit.places import Rect
from scenes.kit.run_words import label, ordinal, remaining, significant, stamp, why_stopped
from scenes.kit.theme import DARK
from scenes.training.epoch import CUT, Ending, Epoch
from scenes.training.failure import RunError
from scenes.training.kept_states import KeptStates
from scenes.training.lifecycle import Status
from scenes.training.parameters import RunParameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

Opened = Callable[..., tuple[Any, Callable[[], dict[str, Any]]]]
PAGE = layout((1280, 720))


@pytest.fixture
def opened(rehearsed: Any, tmp_path: Path) -> Iterator[Opened]:
    """Show a file off screen: its pilot, and what the screen shows."""
    open_ones = []

    def show(file: Path, **looks: Any) -> tuple[Any, Callable[[], dict[str, Any]]]:
        held = rehearsed(tmp_path, file=file, **looks)
        stage, pilot = held.__enter__()
        open_ones.append(held)
        return pilot, lambda: (stage.app.draw(), stage.first.describe())[1]

    yield show
    for held in open_ones:
        held.__exit__(None, None, None)


def moment(status: Status, **values: Any) -> Snapshot:
    told = RunParameters(epochs=values.get("epochs"))
    return Snapshot(status, told, 200, **{"run": TrainingRun(told), "epochs": None, **values})


def played(status: Status, epoch: int, *, head: int = 7, of: int | None = None, **values: Any) -> Snapshot:
    """A run of seven epochs of figures alone, of `of` if anybody knows, at one of those shown."""
    run = TrainingRun(RunParameters(epochs=of))
    for number in range(1, 8):
        run.append(Epoch(number, 1 / number, 50.0 + number))
    now = run.at(epoch)
    told = {"loss": now.loss, "accuracy": now.accuracy, "run": run, "epochs": of}
    return moment(status, epoch=epoch, head=head, **told, **values)


def words(told: dict[str, Any], panel: str) -> list[str]:
    return [text["text"] for text in told["texts"] if text["panel"] == panel]


@pytest.mark.parametrize(
    ("snapshot", "name", "line"),
    [
        (played(Status.TRAINING, 7), "Playing", "Epoch 7: it gets 57.0% right, with a loss of 0.143."),
        (played(Status.PAUSED, 3, head=3), "Paused", "Held at epoch 3: it gets 53.0% right, with a loss of 0.333."),
        (played(Status.PAUSED, 3), "Looking back", "Back at epoch 3: it gets 53.0% right, with a loss of 0.333."),
        (played(Status.COMPLETE, 7, of=7), "Complete", "Epoch 7, the last: 57.0% right, its best."),
        (
            played(Status.COMPLETE, 7, of=9, ending=Ending(CUT, "…")),
            "Stopped early",
            "The file ends at epoch 7 of 9: it gets 57.0% right, with a loss of 0.143.",
        ),
        (
            played(Status.COMPLETE, 7, of=9, ending=Ending("cancelled", "…")),
            "Stopped early",
            "Stopped at epoch 7 of 9: it gets 57.0% right, with a loss of 0.143.",
        ),
        (
            played(Status.COMPLETE, 7, ending=Ending(CUT, "…")),
            "Ended",
            "The file ends at epoch 7: it gets 57.0% right, with a loss of 0.143.",
        ),
        (
            played(Status.COMPLETE, 7, ending=Ending("cancelled", "…")),
            "Stopped early",
            "Stopped at epoch 7: it gets 57.0% right, with a loss of 0.143.",
        ),
        (
            played(Status.ERROR, 7),
            "Error",
            "Broken off at epoch 7: it gets 57.0% right, with a loss of 0.143.",
        ),
        (moment(Status.LOADING, run=None, epochs=0), "Loading", "Reading the file."),
        (moment(Status.IDLE, run=None), "Ready", "Press Play: a run that was recorded before is shown again."),
    ],
)
def test_what_is_going_on_is_told_without_a_number_that_nobody_knows(snapshot: Snapshot, name: str, line: str) -> None:
    assert (label(snapshot), sentence(snapshot)) == (name, line)
    assert stamp(snapshot) == ("" if snapshot.run is None else "REPLAY" if snapshot.replay else "RECORDED")


def test_a_run_that_was_cancelled_says_why_itself() -> None:
    told = moment(Status.COMPLETE, epoch=7, head=7, ending=Ending("cancelled", "no GPU hours left"))
    assert why_stopped(told) == "no GPU hours left"
    assert why_stopped(moment(Status.COMPLETE, epoch=7, head=7, ending=Ending(CUT, "the file ends"))) == ""
    assert why_stopped(moment(Status.COMPLETE, epoch=7, head=7, ending=Ending("complete", "enough"))) == ""


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0"), (0.0123, "0.012"), (-1.34, "1.3"), (1e300, "1.0e300"), (-3e-9, "3.0e-9")]
)
def test_figures_are_short_whatever_their_size(value: float, told: str) -> None:
    assert significant(value) == told


def test_every_power_of_two_is_told_as_a_place() -> None:
    assert [ordinal(2**k) for k in range(1, 12)] == [
        *("2nd", "4th", "8th", "16th", "32nd", "64th", "128th", "256th", "512th", "1,024th", "2,048th")
    ]


def test_hours_are_told_in_minutes() -> None:
    assert (remaining(3599.5), remaining(4000), remaining(10**6)) == (
        *("~1h 0m remaining", "~1h 6m remaining", "~277h 46m remaining"),
    )


@pytest.mark.parametrize(("epochs", "end"), [(0, 50), (50, 50), (51, 100), (101, 200), (201, 500), (12_345, 20_000)])
def test_an_axis_without_an_end_ends_at_a_round_number(epochs: int, end: int) -> None:
    assert round_end(epochs) == end
    assert last_of(moment(Status.TRAINING, epoch=epochs, head=epochs)) == end


def test_an_axis_without_an_end_is_scaled_anew_three_times_in_a_power_of_ten() -> None:
    assert len({round_end(epochs) for epochs in range(1, 100_001)}) == 11
    assert all(round_end(epochs) >= epochs for epochs in range(1, 30_000, 7))


def test_the_bar_tells_no_share_of_what_has_no_end_and_moves_itself(drawing: Drawing) -> None:
    progress, shown = Progress(View()), Moment(moment(Status.TRAINING, epoch=900, head=900, loss=0.5), PAGE, DARK)
    for _ in range(60):
        progress.tick(shown, 1 / 60)
    progress.draw(drawing, shown)
    bar = bar_of(PAGE)
    rows = drawing.shape_rows()
    (track,) = rows[np.isclose(rows[:, 2], bar.w / 2)]
    assert track[19] == 1.0, "the sheen runs over the track"
    assert not any("%" in text["text"] for text in drawing.overlay.describe())


def test_a_flat_curve_of_many_epochs_is_one_even_stroke() -> None:
    plot = Rect(0, 0, 200, 100)
    points = curve(np.full(5000, 0.5), 5000, plot, 1.0)
    assert (np.diff(points[:, 0])[:-1] > 0).all() and (points[:, 1] == 50).all()
    assert np.ptp(ribbon(points[:-1], 1.0, (0, 0, 0))[:, 1]) < 5


def test_a_jagged_curve_of_many_epochs_keeps_its_extremes() -> None:
    values = np.tile([0.2, 0.8], 2500)
    points = curve(values, 5000, Rect(0, 0, 200, 100), 1.0)
    assert (points[:, 1].min(), points[:, 1].max()) == (pytest.approx(20), pytest.approx(80))


def test_20000_epochs_of_figures_alone_are_played_paused_and_looked_at(
    opened: Opened, figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    pilot, look = opened(figures_file(tmp_path / "mine.ndjson", 20_000, title="Mine"))
    told = look()
    assert (told["stamp"], told["source"], told["status"]) == ("", "file", "idle")
    pilot.set("speed", "1")
    pilot.press("start")
    pilot.until("training")
    pilot.run("12000epochs")
    pilot.press("pause")
    told = look()
    assert (told["epochs"], told["progress"], told["eta"], told["shape"]) == (None, None, None, None)
    assert (told["file"], told["title"]) == ("mine.ndjson", "Mine")
    assert "Mine" in words(told, "data") and "mine.ndjson" in words(told, "file")
    assert "20,000" in words(told, "accuracy_chart") and "No network was recorded:" in words(told, "network")
    head, (x, y, w, h) = told["head"], told["panels"]["progress"]
    pilot.drag(str(x + w // 2), str(y + h // 2), "-100", "0")
    told = look()
    assert (told["stamp"], told["head"]) == ("REPLAY", head) and 0 < told["epoch"] < head
    assert told["loss"] == 1 + 1 / told["epoch"]
    x, y, w, h = told["panels"]["loss_chart"]
    pilot.click(str(x + w - 20), str(y + h // 2))
    assert look()["epoch"] == head, "beyond what has been played nothing can be looked at"
    pilot.press("resume")
    pilot.until("complete")
    told = look()
    assert (told["epoch"], told["epochs"], told["progress"], told["outcome"]) == (20_000, 20_000, 1.0, "complete")
    assert "of 20,000" in words(told, "card_epoch") and "20,000" in words(told, "card_epoch")
    pilot.press("start")
    pilot.until("training")
    assert look()["epoch"] < 100


def test_what_a_run_does_not_say_of_itself_is_shown_as_unknown(
    opened: Opened, figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    pilot, look = opened(figures_file(tmp_path / "mine", 20))
    pilot.press("start")
    pilot.until("training")
    told = look()
    assert set(told["parameters"].values()) == {None, "file"}
    assert words(told, "controls").count("–") == 4 and "recorded" in words(told, "controls")


def test_values_beyond_the_controls_are_told_as_they_are(
    opened: Opened, figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    asked = {"learningRate": 0.00003, "batchSize": 4096, "epochs": 30_000}
    pilot, look = opened(figures_file(tmp_path / "mine", 20, parameters=asked, dataset="wikipedia", end=None))
    pilot.press("start")
    pilot.until("training")
    told = look()
    assert {"3e-05", "4,096", "30,000", "wikipedia"} <= set(words(told, "controls"))
    assert told["epochs"] == 30_000 and "of 30,000" in words(told, "card_epoch")


def test_controls_for_the_next_training_are_locked_and_the_speed_is_not(
    opened: Opened, figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    pilot, look = opened(figures_file(tmp_path / "mine", 20))
    for _ in range(2):
        controls = look()["controls"]
        open_ones = {name for name, told in controls.items() if told["enabled"]}
        assert open_ones & {"learning_rate", "batch_size", "epochs", "dataset", "source"} == set()
        assert {"speed", "start", "theme"} <= open_ones
        with pytest.raises(VerbError, match="locked"):
            pilot.set("epochs", "20")
        pilot.set("speed", "1")
        pilot.press("start")
        pilot.until("complete")


def test_the_buttons_say_what_they_do_with_a_file(
    opened: Opened, figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    pilot, look = opened(figures_file(tmp_path / "mine", 20))
    assert "Play" in words(look(), "actions")
    pilot.set("speed", "1")
    pilot.press("start")
    pilot.until("complete")
    assert "Play Again" in words(look(), "actions")


def test_looking_back_at_a_thinned_run_is_told_and_shows_one_epoch(
    opened: Opened, long_file: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenes.training.run.KeptStates", lambda keeps: KeptStates(100_000))
    pilot, look = opened(long_file(tmp_path / "long", 2000))
    pilot.set("speed", "1")
    pilot.press("start")
    pilot.until("training")
    pilot.run("1500epochs")
    pilot.press("pause")
    seen = []
    for _ in range(4):
        pilot.key(",")
        told = look()
        seen.append(told["epoch"])
        assert told["loss"] == 1 / told["epoch"] and told["validation_loss"] == 2 / told["epoch"]
    every = seen[0] - seen[1]
    assert every > 8 and all(epoch % every == 0 for epoch in seen)
    assert f"every {ordinal(every)} is kept" in words(told, "progress")
    assert any(line.startswith(f"Back at epoch {seen[-1]:,}: ") for line in words(told, "progress"))


def test_a_damaged_file_shows_what_it_holds_and_what_is_wrong(
    opened: Opened, long_file: Callable[..., Path], tmp_path: Path
) -> None:
    pilot, look = opened(long_file(tmp_path / "run.ndjson", 30, damaged=True))
    pilot.set("speed", "1")
    pilot.press("start")
    pilot.until("error")
    told = look()
    assert (told["epoch"], told["loss"], told["error"]) == (30, 1 / 30, "run.ndjson cannot be used from line 32 on.")
    assert "Read Again" in words(told, "actions")


def test_a_diverged_recording_gives_no_advice_that_cannot_be_followed(
    opened: Opened, figures_file: Callable[..., Path], tmp_path: Path
) -> None:
    pilot, look = opened(figures_file(tmp_path / "run", 5, end="diverged"))
    pilot.set("speed", "1")
    pilot.press("start")
    pilot.until("complete")
    assert not [line for line in words(look(), "error") if "choose" in line]


def test_a_fault_inside_is_no_run(opened: Opened, figures_file: Callable[..., Path], tmp_path: Path) -> None:
    pilot, look = opened(figures_file(tmp_path / "run", 5))
    pilot.screen.stage.controller.fail(RunError("Broken.", hint="", code="bug"))
    pilot.run("1s")
    assert look()["status"] == "error"
