"""What the driver holds is counted, whoever made it."""

from __future__ import annotations

from typing import Any

from engine.graphics.driver_objects import KINDS, DriverObjects


def test_each_object_counts_until_it_is_given_back(window: Any, renderer: Any) -> None:
    made, objects = renderer(), DriverObjects(window.load)
    before = objects.by_kind()
    assert set(before) == set(KINDS) and objects.count() == sum(before.values()) > 0
    buffer, texture = made.context.buffer(reserve=4), made.context.texture((2, 2), 4)
    framebuffer = made.context.framebuffer(color_attachments=[texture])
    after = objects.by_kind()
    grown = {kind: after[kind] - before[kind] for kind in KINDS if after[kind] != before[kind]}
    assert grown == {"Buffer": 1, "Texture": 1, "Framebuffer": 1}
    made.context.screen.use()
    for each in (framebuffer, texture, buffer):
        each.release()
    assert objects.by_kind() == before


def test_asking_leaves_nothing_behind(window: Any, renderer: Any) -> None:
    renderer()
    objects = DriverObjects(window.load)
    assert len({objects.count() for _ in range(20)}) == 1


def test_what_python_has_lost_sight_of_still_counts(window: Any, renderer: Any) -> None:
    made, objects = renderer(), DriverObjects(window.load)
    before = objects.count()
    texture = made._order.texture(made.context, (2, 2))
    name = texture._name
    del texture
    assert objects.count() == before + 1
    made._order.delete(name)
    assert objects.count() == before
