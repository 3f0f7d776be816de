"""A figure holds the numbers of its run, words that stay words, and the line that brings it back; always the same."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from engine import png
from scenes.figures import charts, command, panels
from scenes.figures.command import draw
from scenes.figures.page import FACES, font
from scenes.kit.theme import THEMES, contrast
from scenes.training.failure import RunError
from scenes.training.moment_line import NOTE, read_line
from scenes.training.run import TrainingRun
from scenes.training.sources.whole_file import whole_file
from simulation_server.training.parameters import Parameters
from simulation_server.training.run_lines import run_lines
from simulation_server.training.trainer import prepare

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"
Recorded = Callable[..., Path]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """The file of a run with these parameters."""

    def written(**asked: Any) -> Path:
        parameters = Parameters(**{"epochs": 5, "points": 60, "layers": (3, 2), **asked})
        ticks = count()
        path = tmp_path_factory.mktemp("run") / "run.ndjson"
        path.write_bytes(b"".join(run_lines(parameters, prepare(parameters), clock=lambda: next(ticks) / 1000)))
        return path

    return written


@pytest.fixture(scope="module")
def one(recorded: Recorded) -> Path:
    return recorded()


def words(path: Path) -> list[str]:
    """What stands in an .svg as text."""
    return ["".join(each.itertext()) for each in ElementTree.parse(path).iter(f"{SVG}text")]


def points(line: Line2D) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Across and upwards."""
    x, y = (np.asarray(values, dtype=np.float64) for values in line.get_data())
    return x, y


def in_pdf(path: Path) -> bytes:
    """All that a .pdf holds, unpacked."""
    data = path.read_bytes()
    parts = [data]
    for part in data.split(b"stream\n")[1:]:
        try:
            parts.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            continue
    return b"".join(parts)


@pytest.mark.parametrize("name", ["loss", "accuracy", "answers", "network"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_words_of_an_svg_are_text_and_its_line_brings_it_back(
    name: str, theme: str, one: Path, tmp_path: Path
) -> None:
    to = tmp_path / "figure.svg"
    draw([(one, "a $rate$ of 1_0")], to, chart=name, theme=theme)
    line = "spiral epochs=5 layers=3,2 points=60 seed=0 epoch=5"
    assert f"a $rate$ of 1_0: {line}" in words(to)
    (told,) = ElementTree.parse(to).iter(f"{DC}description")
    assert read_line(told.text or "").epoch == 5 and told.text == line
    assert not list(ElementTree.parse(to).iter(f"{SVG}script"))


def test_a_pdf_has_our_fonts_and_its_line(one: Path, tmp_path: Path) -> None:
    draw([(one, "")], to := tmp_path / "figure.pdf")
    told = in_pdf(to)
    assert b"epochs=5 layers=3,2" in told and b"+Inter-Medium" in told and b"+Outfit-SemiBold" in told
    assert b"DejaVu" not in told and b"CreationDate" not in told


def test_a_png_is_opened_as_a_moment(one: Path, tmp_path: Path) -> None:
    draw([(one, "")], to := tmp_path / "figure.png", chart="network", epoch=2)
    note = png.note_of(to.read_bytes()).decode()
    assert read_line(note.removeprefix(NOTE)).epoch == 2


@pytest.mark.parametrize("kind", [".svg", ".pdf", ".png"])
@pytest.mark.parametrize("name", ["loss", "answers"])
def test_the_same_bytes_every_time(kind: str, name: str, one: Path, tmp_path: Path) -> None:
    drawn = []
    for place in ("a", "b"):
        draw([(one, "")], to := tmp_path / f"{place}{kind}", chart=name)
        drawn.append(to.read_bytes())
    assert drawn[0] == drawn[1]


def test_a_curve_is_what_the_run_was(one: Path) -> None:
    run = whole_file(one).run
    for name, columns in (
        ("loss", (run.loss, run.validation_loss)),
        ("accuracy", (run.accuracy, run.validation_accuracy)),
    ):
        (axes,) = charts.chart([charts.Drawn(run)], name, THEMES["light"]).figure.axes
        drawn = [(x, y) for x, y in map(points, axes.lines) if len(x) == run.available]
        highest = float(axes.get_yticklabels()[-1].get_text().removesuffix("%"))
        assert len(drawn) == 2
        for (x, y), values in zip(drawn, columns, strict=True):
            assert np.allclose(y, values / highest) and x.tolist() == [1, 2, 3, 4, 5]


def test_of_a_very_long_run_every_spike_is_drawn() -> None:
    run = TrainingRun(whole_parameters(50_000))
    run.recall(np.where(np.arange(50_000) == 31_415, 9.0, 1.0), np.full(50_000, 50.0))
    (axes,) = charts.chart([charts.Drawn(run)], "loss", THEMES["light"]).figure.axes
    ((x, y),) = [(x, y) for x, y in map(points, axes.lines) if len(x) > 100]
    assert len(x) <= 2 * charts.FINEST + 4
    assert abs(x[y.argmax()] - 31_416) < 50_000 / charts.FINEST and y.max() == pytest.approx(0.9)


def whole_parameters(epochs: int) -> Any:
    from scenes.training.parameters import RunParameters

    return RunParameters(epochs=epochs)


def test_several_runs_are_told_by_what_differs(recorded: Recorded, tmp_path: Path) -> None:
    paths = [recorded(learning_rate=rate) for rate in (0.003, 0.1)]
    draw([(paths[0], "slow"), (paths[1], "")], to := tmp_path / "both.svg", chart="loss", log=True)
    told = words(to)
    assert "slow · learning rate 0.003" in told and "learning rate 0.1" in told
    assert "2 runs of spiral epochs=5 layers=3,2 points=60 seed=0 epoch=5" in told


def test_what_is_shared_is_drawn_once(recorded: Recorded) -> None:
    from simulation_server.training.changes import Change

    before, after = recorded(), recorded(changes=(Change(after_epoch=3, learning_rate=0.3),))
    runs = [charts.Drawn(whole_file(path).run) for path in (before, after)]
    (axes,) = charts.chart(runs, "loss", THEMES["light"]).figure.axes
    long, short = (x.tolist() for x, _ in map(points, axes.lines) if len(x) > 2)
    assert (long, short) == ([1, 2, 3, 4, 5], [3, 4, 5])


@pytest.mark.parametrize(
    ("dataset", "chart", "epoch", "why"),
    [
        ("digits", "answers", None, "no map of answers"),
        ("spiral", "network", 9, "Epoch 9 cannot be drawn"),
        ("spiral", "accuracy", None, "logarithmic"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    dataset: str, chart: str, epoch: int | None, why: str, recorded: Recorded, tmp_path: Path
) -> None:
    path = recorded(dataset=dataset)
    with pytest.raises(RunError, match=why):
        draw([(path, "")], tmp_path / "x.svg", chart=chart, epoch=epoch, log=chart == "accuracy")
    assert not list(tmp_path.iterdir())


def test_our_own_faces_are_found_wherever_it_runs() -> None:
    for face in FACES:
        font(9, face)
        assert face in {entry.name for entry in fontManager.ttflist}


def test_small_words_can_be_read_on_their_paper() -> None:
    for theme in THEMES.values():
        assert contrast(theme.muted, theme.panel) >= 4.5 and contrast(theme.text, theme.panel) >= 7


def test_links_of_a_large_network_are_the_strongest(recorded: Recorded) -> None:
    run = whole_file(recorded(dataset="digits", layers=(16,))).run
    run.shown = run.available
    (axes,) = panels.network_of(run, 5, THEMES["light"]).figure.axes
    state = run.at(5).state
    assert state
    weights = state.weights[0][: panels.MOST_NEURONS]
    assert max(line.get_linewidth() for line in axes.lines) == pytest.approx(0.3 + panels.THICKEST, abs=1e-6)
    assert len(axes.lines) == min(panels.MOST_LINKS, weights.size) + 160


def test_the_usual_theme_is_for_paper() -> None:
    assert THEMES[command.USUAL_THEME].panel == (255, 255, 255)
