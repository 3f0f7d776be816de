"""Rectangles of a texture are copied to the same place, whichever way its rows run."""

from collections.abc import Callable, Iterator

import moderngl
import numpy as np
import pytest

from engine.graphics.context import ByteOrder
from engine.graphics.rects import Rects
from engine.graphics.shaders import ShaderLibrary
from engine.graphics.targets import Target
from engine.resources import SHADERS

SIZE = (16, 8)
Copied = Callable[[list[list[float]], bool], np.ndarray]


@pytest.fixture
def source() -> np.ndarray:
    """uint8 [8, 16, 4]: no two pixels alike, from the top row."""
    y, x = np.mgrid[0:8, 0:16]
    return np.stack([x * 15 + 1, y * 30 + 1, 255 - x, np.full_like(x, 255)], axis=2).astype(np.uint8)


@pytest.fixture
def copied(context: moderngl.Context, order: ByteOrder, source: np.ndarray) -> Iterator[Copied]:
    """Copy rectangles of the source to black; the result from the top row."""
    library, target = ShaderLibrary(context, SHADERS), Target(context, order, SIZE, "target")
    block = context.buffer(frame_block())
    held: list[Rects | moderngl.Texture] = []

    def copy(bounds: list[list[float]], down: bool) -> np.ndarray:
        rects = Rects(context, library, down=down)
        rows = source if down else source[::-1]
        texture = context.texture(SIZE, 4, np.ascontiguousarray(rows).tobytes())
        held.extend((rects, texture))
        rects.write(np.array(bounds, dtype=np.float32).reshape(-1, 4), SIZE)
        block.bind_to_uniform_block(0)
        target.framebuffer.use()
        context.clear()
        assert rects.draw(texture) == min(1, len(bounds))
        data = target.framebuffer.read(components=4, alignment=1)
        return np.frombuffer(data, np.uint8).reshape(SIZE[1], SIZE[0], 4)[::-1]

    yield copy
    for each in held:
        each.release()
    block.release()
    target.release()
    library.release()


def frame_block() -> bytes:
    """The uniform block of a frame of that size."""
    values = np.zeros(44, dtype=np.float32)
    values[32:36] = *SIZE, 1 / SIZE[0], 1 / SIZE[1]
    return values.tobytes()


@pytest.mark.parametrize("down", [True, False], ids=["rows down", "rows up"])
def test_each_rectangle_is_copied_to_its_own_place_and_nothing_else(
    copied: Copied, source: np.ndarray, down: bool
) -> None:
    pixels = copied([[1, 2, 5, 4], [10, 0, 16, 8]], down)
    assert (pixels[2:4, 1:5] == source[2:4, 1:5]).all()
    assert (pixels[0:8, 10:16] == source[0:8, 10:16]).all()
    assert np.count_nonzero(pixels[..., 3]) == 2 * 4 + 8 * 6


def test_no_rectangles_are_no_call(copied: Copied) -> None:
    assert not copied([], True).any()


def test_more_rectangles_than_there_was_room_for_are_all_copied(copied: Copied, source: np.ndarray) -> None:
    pixels = copied([[x, y, x + 1, y + 1] for x in range(16) for y in range(8)] * 3, True)
    assert (pixels == source).all()
