"""A new panel is one new file and one line in a list; a new scene stands beside the others on the same run.

The panel and the scene of these tests are all that it takes: no file of the program knows of them.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenes.stage
from engine.input import Event, Key
from engine.scene import Entries
from engine.scripting.script import play
from engine.scripting.words import VerbError
from scenes.dashboard.scene import Common, dashboard, parts
from scenes.kit.context import SceneContext
from scenes.kit.control_drawing import quiet_button
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Box, Layout, Panel, Rect
from scenes.scripting.verbs import VERBS
from scenes.stage import Stage

Made = tuple[Stage, Any, "Toy"]
SCENES = Path(scenes.stage.__file__).parent
SIZES = ["1280x720", "1920x1080", "1080x1920", "390x844"]


def places(box: Box, target: float) -> dict[str, Box]:
    return {"count": (box[0] + 16, box[1] + 44, 120, target)}


@dataclass
class Toy(Part):
    """A panel with a title, a button that counts, a key, and a word to say."""

    controls: ControlSet
    count: int = 0
    ticks: int = 0
    keys: list[str] = field(default_factory=list)

    panel = Panel("toy", 100, slots=places)

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        return {"count": self.press}

    def press(self) -> None:
        self.count += 1

    def handle(self, event: Event, moment: Moment) -> bool:
        if isinstance(event, Key) and event.name == "y":
            self.keys.append(moment.run.status.value)
            return True
        return False

    def tick(self, moment: Moment, dt: float) -> None:
        self.ticks += 1

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        rect = drawing.layout.panels["toy"]
        quiet_button(drawing, self.controls, "count", moment.blend)
        at = (rect.x + drawing.px(16), rect.y + drawing.px(30))
        words = [drawing.text(f"Toy at epoch {moment.run.epoch}", at, size=15, face=TITLE)]
        drawing.write("toy", rect, words)

    def describe(self, moment: Moment) -> Entries:
        return {"toy": lambda: {"count": self.count}}


@pytest.fixture
def made(rehearsed: Any, tmp_path: Path) -> Iterator[Made]:
    """A visualizer whose dashboard has one part more."""
    toys: list[Toy] = []

    def listed(common: Common) -> list[Part]:
        toys.append(Toy(common.controls))
        return [*parts(common), toys[0]]

    with rehearsed(tmp_path, opening=partial(dashboard, listed=listed)) as (stage, pilot):
        yield stage, pilot, toys[0]


def test_a_panel_is_drawn_ticked_heard_and_described(made: Made) -> None:
    stage, pilot, toy = made
    pilot.run("5ticks")
    assert toy.ticks == 5
    pilot.press("count")
    pilot.press("count")
    pilot.key("y")
    pilot.key("t")  # a key of the dashboard's own still works
    stage.app.draw()
    told = stage.first.describe()
    assert (told["toy"], told["theme"], toy.keys) == ({"count": 2}, "light", ["idle"])
    assert told["controls"]["count"]["visible"] and told["controls"]["start"]["enabled"]
    assert "Toy at epoch 0" in [text["text"] for text in told["texts"] if text["panel"] == "toy"]


@pytest.mark.parametrize("size", SIZES)
def test_the_layout_has_a_place_for_it_in_every_window(made: Made, size: str) -> None:
    stage, pilot, _ = made
    pilot.size(size)
    page = stage.first.page
    mine = page.panels["toy"]
    others = [rect for name, rect in page.panels.items() if name not in ("toy", "error")]
    assert not [rect for rect in others if overlap(mine, rect)]
    assert mine.x >= 0 and mine.right <= page.size[0] and mine.bottom <= page.height
    slot = page.slots["count"]
    assert mine.x <= slot.x and slot.right <= mine.right and mine.y <= slot.y and slot.bottom <= mine.bottom


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


class Figure(Part):
    """One large figure of the run, in the middle of a scene of its own, and a button over it that counts presses."""

    def __init__(self) -> None:
        self.presses = 0

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        return {"count": self.press}

    def press(self) -> None:
        self.presses += 1

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        rect = drawing.layout.panels["figure"]
        said = f"Epoch {moment.run.epoch}"
        drawing.write("figure", rect, [drawing.text(said, rect.middle, size=40, align="middle")])


def arrange(size: tuple[int, int], scale: float, scroll: int, more: Any) -> Layout:
    width, height = size
    place = Rect(width // 4, height // 3, width // 2, height // 3)
    whole = Rect(0, 0, width, height)
    return Layout(size, scale, True, {"figure": place}, {"count": place}, whole, height)


def figure_scene(context: SceneContext, *, covers: bool) -> PartScene:
    return PartScene("figure", context, arrange, [Figure()], covers=covers)


SCRIPT = """
press start
until epoch >= 2 within=30s
shot one
scene figure
run 1s
shot other
scene dashboard
run 1s
shot again
"""


@pytest.mark.parametrize("covers", [True, False], ids=["switched", "laid over"])
def test_two_scenes_are_at_work_on_one_run_and_one_script_shows_both(
    rehearsed: Any, tmp_path: Path, covers: bool
) -> None:
    script = tmp_path / "two.script"
    script.write_text(SCRIPT, encoding="utf-8")
    with rehearsed(tmp_path) as (stage, pilot):
        beside = figure_scene(stage.context, covers=covers)
        stage.app.scenes.push(beside)
        stage.show("dashboard")
        play(script, VERBS, pilot.pilot)
    one, other, again = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("one", "other", "again"))
    assert [told["scene"] for told in (one, other, again)] == ["dashboard", "figure", "dashboard"]
    assert [told["status"] for told in (one, other, again)] == ["training"] * 3
    assert other["epoch"] == one["epoch"] + 5 and again["epoch"] == one["epoch"] + 10  # 200 ms each, in every scene
    assert [text["text"] for text in other["texts"]] == [f"Epoch {other['epoch']}"]


def test_a_scene_that_is_laid_over_another_one_lets_it_be_seen_and_both_go_on(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("start")
        pilot.until("epoch", ">=", "2")
        pilot.press("pause")
        pilot.run("1s")
        stage.app.draw()
        below = stage.app.renderer.pixels()
        over = figure_scene(stage.context, covers=False)
        stage.app.scenes.push(over)
        stage.app.draw()
        both = stage.app.renderer.pixels()
        changed = np.argwhere((both != below).any(axis=2))
        panel = over.page.panels["figure"]
        assert len(changed) > 1000
        assert changed.min(axis=0)[0] >= panel.y - 40 and changed.max(axis=0)[0] <= panel.bottom + 40
        stage.app.scenes.pop()
        stage.app.draw()
        assert (stage.app.renderer.pixels() == below).all()  # nothing of it is left behind


def test_a_scene_whose_list_has_no_controls_still_has_its_buttons_for_hands_and_scripts(
    rehearsed: Any, tmp_path: Path
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        beside = figure_scene(stage.context, covers=True)
        stage.app.scenes.push(beside)
        pilot.expect("enabled", "count")
        pilot.press("count")
        pilot.click("count")
        with pytest.raises(VerbError, match="there is no control 'start'"):
            pilot.press("start")
        figure = beside.find(Figure)
        assert figure and figure.presses == 2


@pytest.mark.parametrize("first", ["figure", "dashboard"])
def test_help_goes_when_a_scene_is_brought_to_the_front_and_all_scenes_stay(
    rehearsed: Any, tmp_path: Path, first: str
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        stage.app.scenes.push(figure_scene(stage.context, covers=True))
        for _ in range(2):
            stage.show("dashboard")
            pilot.key("f1")
            assert len(stage.app.scenes) == 3
            stage.show(first)
            assert [scene.name for scene in stage.app.scenes] == [*{"dashboard", "figure"} - {first}, first]
            pilot.key("f1")
            stage.begin_anew()
            assert [scene.name for scene in stage.app.scenes] == ["figure", "dashboard"]


def test_whoever_asks_right_after_all_began_anew_hears_of_no_run(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("start")
        pilot.until("training")
        stage.begin_anew()
        pilot.expect("status", "idle")
        pilot.expect("enabled", "start")


def test_the_words_that_are_expected_are_those_of_this_moment(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        stage.app.draw()
        before = stage.first.overlay.digest()
        pilot.press("start")
        pilot.until("training")
        pilot.run("1s")
        pilot.expect("text_layer", "!=", before)


def test_no_file_of_the_program_reads_an_attribute_of_the_dashboard() -> None:
    """What lies outside speaks to scenes by what every scene of parts can do, and takes none but whole scenes."""
    read, imported = set(), set()
    for path in sorted(SCENES.rglob("*.py")):
        if path.parent.name == "dashboard":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "dashboard":
                read.add(node.attr)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("scenes.dashboard", "dashboard")):
                imported |= {f"{path.name}: {node.module}.{alias.name}" for alias in node.names}
    assert {name for name in read if not callable(getattr(PartScene, name, None))} == set()
    made = {name.rpartition(".")[2] for name in imported}
    assert made == {"dashboard", "charts_alone"}, imported
