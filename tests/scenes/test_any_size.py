"""A window of any size, from a single pixel on, shows a healthy run: no drawing gets an empty or negative size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.input import Resize
from scenes.kit.run_words import label

SIDES = st.integers(1, 130) | st.integers(1, 900)


@pytest.mark.parametrize("dataset", ["spiral", "digits", "curve"])
def test_a_run_is_shown_in_a_window_of_any_size(rehearsed: Any, tmp_path: Path, dataset: str) -> None:
    with rehearsed(tmp_path, size=(640, 480)) as (stage, pilot):
        pilot.press("dataset", dataset)
        pilot.press("start")
        pilot.until("epoch", ">", "3", within="30s")
        pilot.press("pause")

        @settings(max_examples=60, deadline=None)
        @example(width=116, height=1, scale=0.75, help_=False)  # a plot of a pixel
        @example(width=115, height=1, scale=0.75, help_=False)  # and of none
        @given(width=SIDES, height=SIDES, scale=st.sampled_from([0.75, 1.0, 2.0]), help_=st.booleans())
        def storm(width: int, height: int, scale: float, help_: bool) -> None:
            stage.context.scale.wished = scale
            stage.app.handle(Resize((width, height)))
            if help_:
                pilot.key("f1")
            stage.app.tick()
            stage.app.draw()
            if help_:
                pilot.key("escape")
            assert stage.app.renderer.pixels().shape == (height, width, 3)

        storm()
        assert label(stage.controller.now) == "Paused" and stage.app.scenes.top is stage.first
