"""The textures of a frame: as large as the picture, or a whole part of it, and never nothing."""

from itertools import pairwise

import moderngl
import pytest

from engine.graphics.context import ByteOrder
from engine.graphics.targets import Target, Targets


@pytest.mark.parametrize("size", [(1, 1), (63, 65), (1280, 720)])
def test_every_target_is_made_for_the_size_and_labelled(
    context: moderngl.Context, order: ByteOrder, size: tuple[int, int]
) -> None:
    targets = Targets(context, order, size)
    assert targets.size == targets.picture.size == targets.ground.size == targets.overlay.size == size
    for finer, coarser in pairwise([targets.picture, *targets.pyramid]):
        assert all(1 <= small <= large for small, large in zip(coarser.size, finer.size, strict=True))
    assert targets.glass.size == targets.bloom.size == targets.pyramid[1].size == targets.panes.size
    assert targets.pyramid[-1].size == tuple(-(-side // 32) for side in size)
    assert [each.texture.label for each in targets.pyramid] == [f"blur 1/{k}" for k in (4, 8, 16, 32)]
    targets.release()


def test_what_is_drawn_into_a_target_is_in_its_texture(context: moderngl.Context, order: ByteOrder) -> None:
    target = Target(context, order, (3, 2), "three by two")
    target.framebuffer.use()
    context.clear(1.0, 0.0, 0.2, 1.0)
    assert target.framebuffer.read(components=4, alignment=1) == bytes([255, 0, 51, 255]) * 6
    assert target.framebuffer.label == "three by two"
    target.release()
