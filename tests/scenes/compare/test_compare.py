"""Runs beside each other on one timeline: what tells them apart, one colour each, another future from any epoch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from engine.input import Key, Move, Press, Release
from engine.scripting.words import VerbError
from scenes.compare.companions import differences, forks
from scenes.compare.layout import arrange, card_of
from scenes.compare.view import View
from scenes.kit.words import LANGUAGES
from scenes.training.changes import Change
from scenes.training.parameters import Parameters

ASKED = Parameters(source="trained", dataset="circle", points=40, layers=(3,), epochs=20, seed=3, learning_rate=0.3)
SIZES = [(1280, 720), (1920, 1080), (390, 844), (1080, 1920), (1024, 768), (800, 600)]
Compared = tuple[Any, Any, Any]  # the stage, its pilot, the scene


@pytest.fixture
def compared(rehearsed: Any, tmp_path: Path) -> Iterator[Compared]:
    """Two runs, the second trained on from epoch 8 of the first, at its end."""
    with rehearsed(tmp_path) as (stage, pilot):
        stage.controller.chosen = ASKED
        pilot.press("start")
        pilot.until("complete", within="60s")
        pilot.branch(at="8", learning_rate="0.01")
        pilot.until("complete", within="60s")
        pilot.compare()
        pilot.run("100ms")
        yield stage, pilot, stage.scene


def told(scene: Any) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = scene.entries()["runs"]()
    return runs


def texts(stage: Any) -> list[str]:
    stage.app.draw()
    return [text["text"] for text in stage.app.scenes.top.entries()["texts"]()]


def test_two_futures_stand_side_by_side_and_only_what_differs_is_told(compared: Compared) -> None:
    stage, _, scene = compared
    assert scene.name == "compare"
    assert [each["differs"] for each in told(scene)] == [
        ["learning rate 0.3"],
        ["learning rate 0.3 → 0.01 from epoch 9"],
    ]
    shown = texts(stage)
    assert "Train on from epoch 20 with" in shown and "2 runs on one timeline: epoch 20 of 20" in shown
    assert "best" in shown or told(scene)[0]["epoch"] == told(scene)[1]["epoch"]


def test_one_timeline_drives_all_of_them(compared: Compared) -> None:
    stage, pilot, scene = compared
    chart = scene.page.panels["loss"]
    stage.app.handle(Press((float(chart.x + chart.w // 2), float(chart.middle[1]))))
    stage.app.handle(Release((float(chart.x + chart.w // 2), float(chart.middle[1]))))
    pilot.run("100ms")
    epochs = {each["epoch"] for each in told(scene)}
    assert len(epochs) == 1 and 5 < epochs.pop() < 15
    for _ in range(2):
        stage.app.handle(Key(","))
    pilot.run("100ms")
    assert len({each["epoch"] for each in told(scene)}) == 1


def test_a_press_on_a_rate_trains_another_future_on_from_there(compared: Compared) -> None:
    stage, pilot, scene = compared
    controller = stage.controller
    controller.look(12)
    pilot.run("100ms")
    pilot.press("rate", "1")
    for _ in range(600):
        pilot.run("1ticks")
        if not controller.now.branching:
            break
    pilot.until("complete", within="60s")
    assert [each["number"] for each in told(scene)] == [1, 2, 3]
    journal = controller.now.parameters.changes
    assert journal == (Change(8, learning_rate=0.01), Change(12, learning_rate=1.0))
    pilot.press("batch", "16")
    pilot.run("10s")
    assert controller.now.epochs == 40, "behind its end it is trained further"


def test_cards_are_played_and_taken_away_and_colours_stay(compared: Compared) -> None:
    _, pilot, scene = compared
    pilot.press("run", "1")
    pilot.run("100ms")
    assert [(each["number"], each["played"]) for each in told(scene)] == [(1, True), (2, False)]
    pilot.press("remove", "1")
    pilot.run("100ms")
    assert [(each["number"], each["played"]) for each in told(scene)] == [(2, True)]
    assert card_of(1) in scene.page.panels and card_of(0) not in scene.page.panels
    assert not scene.control("remove", "2")["visible"]


def test_when_the_run_is_put_away_the_others_stand_at_their_ends_and_can_be_played(compared: Compared) -> None:
    stage, pilot, scene = compared
    stage.controller.stop()
    pilot.run("100ms")
    assert [(each["number"], each["epoch"], each["played"]) for each in told(scene)] == [(1, 20, False)]
    assert "There is no run to compare." not in texts(stage)
    pilot.press("run", "1")
    pilot.run("100ms")
    assert [(each["number"], each["played"]) for each in told(scene)] == [(1, True)]
    assert stage.controller.now.status.value == "complete"


def test_undo_takes_the_branch_away_and_the_run_before_it_is_there_again(compared: Compared) -> None:
    stage, pilot, scene = compared
    stage.app.handle(Key("z", ctrl=True))
    pilot.run("100ms")
    assert [(each["number"], each["played"]) for each in told(scene)] == [(1, True)]
    stage.app.handle(Key("z", ctrl=True))
    pilot.run("100ms")
    assert len(told(scene)) == 1, "the last one stays"


def test_what_is_pointed_at_is_brought_out_in_the_next_frame(compared: Compared) -> None:
    stage, pilot, scene = compared
    at = tuple(map(float, scene.page.panels["run.1"].middle))
    stage.app.draw()
    before = stage.app.renderer.pixels()
    stage.app.handle(Move(at))
    assert scene.entries()["highlight"]() == 1
    stage.app.draw()
    changed = (stage.app.renderer.pixels() != before).any(axis=2)
    for name in ("run.1", "loss", "accuracy"):
        place = scene.page.panels[name]
        assert changed[place.y : place.bottom, place.x : place.right].any(), name
    stage.app.handle(Move((5.0, 5.0)))
    assert scene.entries()["highlight"]() is None
    pilot.highlight("2")
    assert scene.entries()["highlight"]() == 2
    with pytest.raises(VerbError, match="there is no run 5"):
        pilot.highlight("5")
    pilot.highlight("none")
    view = scene.find(View)
    assert view.out is None


def test_a_curve_under_the_pointer_is_brought_out(compared: Compared) -> None:
    stage, _, scene = compared
    view, plot = scene.find(View), scene.page.panels["loss"]
    seen: dict[float, set[int | None]] = {}
    for share in (0.2, 0.9):  # before they part, and behind that
        for y in range(plot.y, plot.bottom, 2):
            stage.app.handle(Move((plot.x + share * plot.w, float(y))))
            seen.setdefault(share, set()).add(view.pointed)
    assert seen[0.2] == {None, 0}, "what is shared is the first one's"
    assert 1 in seen[0.9]


def test_lengths_are_laid_over_each_other_by_epoch_or_by_share(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        stage.controller.chosen = replace(ASKED, epochs=10)
        pilot.press("start")
        pilot.until("complete", within="60s")
        pilot.keep()
        stage.controller.chosen = replace(ASKED, epochs=40)
        pilot.press("start")
        pilot.until("complete", within="60s")
        stage.controller.look(20)
        pilot.compare()
        pilot.run("100ms")
        assert [each["epoch"] for each in told(stage.scene)] == [10, 20]
        pilot.press("align")
        pilot.run("100ms")
        assert [each["epoch"] for each in told(stage.scene)] == [5, 20]


def test_links_tell_weights_or_how_far_they_are_apart(compared: Compared) -> None:
    stage, pilot, _ = compared
    stage.app.draw()
    before = stage.app.renderer.pixels()
    pilot.press("difference")
    pilot.run("500ms")
    stage.app.draw()
    assert (stage.app.renderer.pixels() != before).any() and "Weights" in texts(stage)


def test_back_leads_back_and_the_run_stays(compared: Compared) -> None:
    stage, pilot, _ = compared
    run = stage.controller.now.run
    stage.app.handle(Key("escape"))
    assert stage.scene.name == "dashboard" and stage.controller.now.run is run
    pilot.compare()
    pilot.press("back")
    assert stage.scene.name == "dashboard"


def test_without_a_run_it_says_so_and_nothing_can_be_turned(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.compare()
        pilot.run("100ms")
        assert "There is no run to compare." in texts(stage)
        assert not stage.scene.control("rate", "0.1")["enabled"]
        with pytest.raises(VerbError, match="no run to keep"):
            pilot.keep()
        with pytest.raises(VerbError, match="nothing can be trained on"):
            pilot.branch(learning_rate="0.1")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"at": "99999999"}, "cannot be looked at"),
        ({"at": "x"}, "cannot be looked at"),
        ({"activation": "relu"}, "cannot be turned"),
        ({"at": "8", "learning_rate": "9"}, "learning_rate"),
        ({"at": "8", "silent": "x"}, "silent"),
    ],
)
def test_a_branch_that_cannot_be_is_told(compared: Compared, words: dict[str, str], sentence: str) -> None:
    _, pilot, _ = compared
    with pytest.raises(VerbError, match=sentence):
        pilot.branch(**words)


def test_words_stand_within_the_window_in_every_language_and_size(compared: Compared) -> None:
    stage, pilot, scene = compared
    for language, size in product(LANGUAGES, SIZES):
        stage.appearance.choose(language=language)
        pilot.size(f"{size[0]}x{size[1]}")
        stage.app.draw()
        page = scene.page
        for text in scene.entries()["texts"]():
            left, _, wide, _ = text["rect"]
            assert left >= 0 and left + wide <= size[0], (language, size, text["text"])
        for name in ("head", "turn", "loss", "accuracy", "run.1", "run.2"):
            place = page.panels[name]
            assert place.x >= 0 and place.right <= size[0] and place.bottom <= page.height
    stage.appearance.choose(language="en")


@pytest.mark.parametrize("count", [1, 2, 5, 8])
@pytest.mark.parametrize("size", SIZES)
def test_no_card_lies_over_another(size: tuple[int, int], count: int) -> None:
    page = arrange(size, 1.0, 0, (), numbers=range(count))
    cards = [page.panels[card_of(number)] for number in range(count)]
    others = [page.panels[name] for name in ("head", "turn", "loss", "accuracy")]
    rects = [*cards, *others]
    for k, one in enumerate(rects):
        for other in rects[k + 1 :]:
            assert not (one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom)
    assert min(card.w for card in cards) >= 140


def test_only_what_differs_tells_runs_apart_and_what_is_shared_is_known() -> None:
    plain = replace(ASKED, seed=3)
    other = replace(plain, learning_rate=0.1, noise=0.2)
    branched = replace(plain, changes=(Change(5, momentum=0.5),))
    again = replace(plain, changes=(Change(5, momentum=0.5), Change(9, silent=((1, 1), (1, 2)))))
    assert differences([plain, plain]) == [(), ()]
    assert differences([plain, other]) == [
        ("learning rate 0.3", "noise 0.1"),
        ("learning rate 0.1", "noise 0.2"),
    ]
    assert differences([plain, branched, again]) == [
        ("momentum 0.9",),
        ("momentum 0.9 → 0.5 from epoch 6",),
        ("2 neurons silenced from epoch 10", "momentum 0.9 → 0.5 from epoch 6"),
    ]
    assert forks([plain, other, branched, again]) == [0, 0, 5, 9]
    assert forks([plain, replace(plain, epochs=40)]) == [0, 20]
