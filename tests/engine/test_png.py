"""What is written is read again, pixel by pixel, by another's reader."""

from pathlib import Path

import numpy as np
import pytest

from engine.comparison import load
from engine.png import encoded


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (97, 41), (640, 360)])
def test_every_pixel_comes_back(tmp_path: Path, size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (*size[::-1], 3)).astype(np.uint8)
    (tmp_path / "noise.png").write_bytes(encoded(pixels))
    assert np.array_equal(load(tmp_path / "noise.png"), pixels)


def test_a_part_of_a_larger_picture_can_be_written(tmp_path: Path) -> None:
    pixels = np.arange(30 * 20 * 3, dtype=np.uint32).astype(np.uint8).reshape(20, 30, 3)[::-1, 5:20]
    (tmp_path / "part.png").write_bytes(encoded(pixels))
    assert np.array_equal(load(tmp_path / "part.png"), pixels)
