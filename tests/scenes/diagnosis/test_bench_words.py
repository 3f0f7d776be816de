"""Figures are told for people, and compared as ratios: a machine that is busier is no slower program."""

import json
from pathlib import Path
from typing import Any

import pytest

from scenes.diagnosis.bench_words import compared, loaded, missed, told

PERCENTILES = {"p50": 4.0, "p95": 7.0, "p99": 20.0}
FIGURES: dict[str, Any] = {
    "size": [1280, 720],
    "frames": 600,
    "wall_ms": PERCENTILES,
    "epoch_frames_ms": PERCENTILES,
    "other_frames_ms": PERCENTILES,
    "cpu_ms": PERCENTILES,
    "python_ms": 0.7,
    "stages_ms": {"tick": 0.3, "picture": 1.0, "draw": 3.0, "finish": 1.0},
    "gl_calls": 41.0,
    "uploaded_kb": 9.5,
    "allocated_kb": 30.0,
    "passes_ms": {"world": 2.0, "blur": 1.0},
    "draw_calls": 24,
    "first_frame_s": 0.5,
    "first_epoch_ms": 40.0,
    "rss_mb": 170.0,
    "machine": {"renderer": "llvmpipe", "cores": 2, "copy_ms": 0.2, "loop_ms": 2.0},
}


def slower(times: float) -> dict[str, Any]:
    """The same program on a machine that is slower by so much."""

    def scaled(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: scaled(each, key) for key, each in value.items()}
        fixed = name in (
            "frames",
            "draw_calls",
            "gl_calls",
            "uploaded_kb",
            "allocated_kb",
            "rss_mb",
            "cores",
        ) or not isinstance(value, float)
        return value if fixed else value * times

    made: dict[str, Any] = scaled(FIGURES)
    return made


def test_a_busier_machine_is_no_slower_program() -> None:
    found = {name: (ratio, fair) for name, ratio, fair in compared(slower(1.5), FIGURES)}
    assert found["wall_ms.p50"] == pytest.approx((1.5, 1.0)) and found["python_ms"] == pytest.approx((1.5, 1.0))
    assert found["draw_calls"] == found["rss_mb"] == (1.0, 1.0)
    assert not any(name.startswith("machine") for name in found)


def test_a_slower_program_is_one_on_any_machine() -> None:
    worse = slower(1.5)
    worse["wall_ms"] = {name: 2 * value for name, value in worse["wall_ms"].items()}
    found = {name: fair for name, _, fair in compared(worse, FIGURES)}
    assert found["wall_ms.p95"] == pytest.approx(2.0) and found["cpu_ms.p95"] == pytest.approx(1.0)


def test_another_scene_is_not_compared() -> None:
    with pytest.raises(ValueError, match="the scenes dashboard and charts cannot be compared"):
        compared({**FIGURES, "scene": "charts"}, FIGURES)


def test_pictures_of_another_size_are_not_compared() -> None:
    with pytest.raises(ValueError, match="1920x1080 and 1280x720 cannot be compared"):
        compared(FIGURES, {**FIGURES, "size": [1920, 1080]})


def test_figures_that_are_kept_can_be_compared_and_others_are_refused(tmp_path: Path) -> None:
    kept = tmp_path / "before.json"
    kept.write_text(told(FIGURES, as_json=True), encoding="utf-8")
    text = told(slower(2.0), as_json=False, other=loaded(kept))
    assert "wall_ms.p50               2.00    1.00" in text
    assert json.loads(told(FIGURES, as_json=True, other=loaded(kept)))["ratios"]["python_ms"] == 1.0
    for content in ("", "[]", "{}", "not json"):
        kept.write_text(content, encoding="utf-8")
        with pytest.raises(ValueError, match="holds no figures of bench"):
            loaded(kept)
    with pytest.raises(ValueError, match="holds no figures of bench"):
        loaded(tmp_path / "nowhere.json")


def test_goals_that_are_missed_are_named_with_what_is_in_the_way() -> None:
    assert missed(FIGURES) == []
    told_of = missed({**FIGURES, "wall_ms": {**PERCENTILES, "p95": 30.0}, "rss_mb": 500.0})
    assert len(told_of) == 2 and "dearest: world 2.0 ms" in told_of[0]


def test_a_window_and_a_start_are_told_in_their_own_words() -> None:
    window = {
        "size": [1280, 720],
        "renderer": "llvmpipe",
        "core_percent": {"idle": 40.0, "paused": 3.0},
        "key_to_pixel": {"ms": 30.0, "frames": 2},
    }
    text = told(window, as_json=False)
    assert "idle" in text and "40.0" in text and "30 ms, 2 frames" in text
    assert told({"size": [1280, 720], "first_frame_s": 0.5}, as_json=False).endswith("0.50 s")
    assert compared(window, window) == [(name, 1.0, 1.0) for name, *_ in compared(window, window)]
