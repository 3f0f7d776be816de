"""What is written is read again, pixel by pixel, by another's reader."""

from pathlib import Path

import numpy as np
import pytest

from engine.comparison import load
from engine.png import encoded, note_of


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (97, 41), (640, 360)])
def test_every_pixel_comes_back(tmp_path: Path, size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (*size[::-1], 3)).astype(np.uint8)
    (tmp_path / "noise.png").write_bytes(encoded(pixels))
    assert np.array_equal(load(tmp_path / "noise.png"), pixels)


def test_a_part_of_a_larger_picture_can_be_written(tmp_path: Path) -> None:
    pixels = np.arange(30 * 20 * 3, dtype=np.uint32).astype(np.uint8).reshape(20, 30, 3)[::-1, 5:20]
    (tmp_path / "part.png").write_bytes(encoded(pixels))
    assert np.array_equal(load(tmp_path / "part.png"), pixels)


def test_a_note_is_read_again_and_a_damaged_one_is_refused() -> None:
    pixels = np.zeros((2, 2, 3), dtype=np.uint8)
    written = encoded(pixels, note="x² = 1".encode("latin-1"))
    assert note_of(written).decode("latin-1") == "x² = 1"
    assert note_of(encoded(pixels)) == b""
    with pytest.raises(ValueError, match="damaged"):
        note_of(written.replace(b"= 1", b"= 2"))
    with pytest.raises(ValueError, match="no PNG"):
        note_of(b"GIF89a")
    for end in range(8, len(written)):  # a file that was cut tells its note whole, or none, or is refused
        try:
            assert note_of(written[:end]) in (b"", "x² = 1".encode("latin-1"))
        except ValueError as why:
            assert "damaged" in str(why)
