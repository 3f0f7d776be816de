"""What parts make before an epoch is shown is what they would have made at that moment: no picture tells."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.kit.part import Part
from scenes.kit.part_scene import PartScene
from scenes.training.lifecycle import Status


def frames(rehearsed: Any, folder: Path, dataset: str, count: int) -> list[tuple[int, str, bytes]]:
    """Epoch, digest of the words and all rows of `count` frames of a run, drawn tick by tick."""
    seen = []
    with rehearsed(folder) as (stage, pilot):
        pilot.dataset(dataset)
        pilot.press("start")
        pilot.until("training", within="30s")
        for _ in range(count):
            stage.app.tick()
            drawing = stage.first.drawing()
            rows = [*drawing.strips, *drawing.ribbons, *drawing.tiles, *drawing.nodes, drawing.shape_rows()]
            digest = stage.first.overlay.digest()
            seen.append((stage.controller.now.epoch, digest, b"".join(np.ascontiguousarray(each) for each in rows)))
    return seen


@pytest.mark.parametrize("dataset", ["spiral", "digits", "curve"])
def test_frames_are_the_same_with_and_without(
    rehearsed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dataset: str
) -> None:
    prepared = frames(rehearsed, tmp_path, dataset, 40)
    monkeypatch.setattr(PartScene, "_prepare", lambda *_: None)
    assert prepared == frames(rehearsed, tmp_path, dataset, 40)
    assert prepared[-1][0] >= 3


def test_parts_prepare_before_the_epoch_and_never_in_its_frame(
    rehearsed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        pilot.press("start")
        pilot.until("training", within="30s")
        parts = [part for part in stage.first.parts if type(part).prepare is not Part.prepare]
        told: list[int] = []
        for part in parts:
            real = part.prepare

            def noted(drawing: Any, moment: Any, real: Any = real) -> Any:
                told.append(moment.run.epoch)
                return real(drawing, moment)

            monkeypatch.setattr(part, "prepare", noted)
        before = stage.controller.now.epoch
        for _ in range(30):
            stage.app.tick()
            shown, known = stage.controller.now.epoch, len(told)
            stage.first.drawing()
            assert shown == before or len(told) == known
            assert all(epoch == shown + 1 for epoch in told[known:])
            before = shown
        assert len(parts) >= 5 and told.count(before) in (0, len(parts)) and len(told) >= len(parts)


def test_nothing_is_prepared_where_no_epoch_follows_by_itself(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        controller = stage.controller
        assert controller.upcoming is None
        pilot.set("epochs", "5")
        pilot.press("start")
        pilot.until("training", within="30s")
        pilot.run("200ms")
        assert controller.upcoming is not None and controller.upcoming.epoch == controller.now.epoch + 1
        assert controller.upcoming is controller.upcoming
        pilot.press("pause")
        stage.app.tick()
        assert controller.upcoming is None
        pilot.press("resume")
        pilot.until("complete", within="30s")
        assert controller.upcoming is None and controller.now.status is Status.COMPLETE


def test_a_run_that_is_played_again_is_prepared_for_up_to_its_end(rehearsed: Any, tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (stage, pilot):
        controller, foretold = stage.controller, list[int]()
        pilot.set("epochs", "6")
        pilot.press("start")
        pilot.until("complete", within="30s")
        pilot.press("replay")
        for _ in range(400):
            stage.app.tick()
            if controller.now.status is Status.COMPLETE:
                break
            upcoming = controller.upcoming
            if controller.now.epoch == 6:  # the last one is shown, and nothing follows
                assert upcoming is None
                continue
            assert upcoming and upcoming.epoch == controller.now.epoch + 1 and upcoming.head == 6
            assert upcoming.state is controller.now.run.at(upcoming.epoch).state
            foretold.append(upcoming.epoch)
        assert sorted(set(foretold)) == [2, 3, 4, 5, 6] and controller.upcoming is None
