"""The context, and textures in pygame's own byte order."""

import ctypes
from typing import Any

import moderngl
import numpy as np
import pygame
import pytest

from engine.graphics import context as gl
from engine.window import Window

BLEND, BLEND_SOURCE, BLEND_TARGET = 0x0BE2, 0x80C9, 0x80C8  # OpenGL's numbers


def read(context: moderngl.Context, texture: moderngl.Texture) -> np.ndarray:
    """uint8 [height, width, 4], red, green, blue, alpha, in the order of its rows."""
    framebuffer = context.framebuffer(color_attachments=[texture])
    data = framebuffer.read(components=4, alignment=1)
    framebuffer.release()
    return np.frombuffer(data, np.uint8).reshape(texture.height, texture.width, 4)


def test_the_context_is_new_enough_and_blends_what_is_premultiplied(window: Window, context: moderngl.Context) -> None:
    enabled = ctypes.CFUNCTYPE(ctypes.c_ubyte, ctypes.c_uint)(window.load("glIsEnabled"))
    ask = ctypes.CFUNCTYPE(None, ctypes.c_uint, ctypes.POINTER(ctypes.c_int))(window.load("glGetIntegerv"))
    told = ctypes.c_int()
    ask(BLEND_SOURCE, told)
    source = told.value
    ask(BLEND_TARGET, told)
    assert context.version_code >= gl.REQUIRED
    assert enabled(BLEND)
    assert (source, told.value) == (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)


def test_a_driver_that_cannot_do_it_is_refused_with_a_way_out(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise Exception("Requested OpenGL version 330, got version 210")

    monkeypatch.setattr(moderngl, "create_context", refuse)
    with pytest.raises(gl.GraphicsError, match=r"got version 210\)\. Update .* or set VIZ_SOFTWARE=1"):
        gl.create(window.load)


def send(texture: gl.Texture, at: tuple[int, int], size: tuple[int, int], rows: bytes) -> None:
    """Replace a part of a texture: `rows` is B G R A [height, width, 4] uint8, from the first row."""
    surface = pygame.image.frombuffer(rows, size, "BGRA")
    texture.send(surface, [surface.get_rect()], (-at[0], -at[1]))


def test_what_begins_within_a_surface_takes_its_part_alone(context: moderngl.Context, order: gl.ByteOrder) -> None:
    surface = pygame.Surface((9, 7), pygame.SRCALPHA)
    for x in range(9):
        surface.fill((10 * x, 0, 0, 255), (x, 0, 1, 3))
    texture = order.texture(context, (4, 5))
    texture.send(surface, [pygame.Rect(3, 1, 4, 5)], (3, 1))
    seen = read(context, texture.texture)
    assert seen[:2, :, 0].tolist() == [[30, 40, 50, 60]] * 2 and not seen[2:].any()
    texture.release()


def test_uploaded_colours_are_not_swapped(context: moderngl.Context, order: gl.ByteOrder) -> None:
    held = order.texture(context, (3, 2))
    bgra = np.array([[[1, 2, 3, 4], [50, 60, 70, 80], [255, 0, 0, 255]], [[0, 255, 0, 128], [9, 8, 7, 6], [0] * 4]])
    send(held, (0, 0), (3, 2), bgra.astype(np.uint8).tobytes())
    assert (read(context, held.texture) == bgra[..., [2, 1, 0, 3]]).all()
    held.release()


def test_a_part_is_replaced_and_the_rest_stays(context: moderngl.Context, order: gl.ByteOrder) -> None:
    held = order.texture(context, (5, 4))
    send(held, (0, 0), (5, 4), bytes([10, 20, 30, 40]) * 20)
    send(held, (1, 2), (3, 1), bytes([1, 2, 3, 4]) * 3)
    pixels = read(context, held.texture)
    assert (pixels[2, 1:4] == (3, 2, 1, 4)).all()
    pixels = pixels.copy()
    pixels[2, 1:4] = (30, 20, 10, 40)
    assert (pixels == (30, 20, 10, 40)).all()
    held.release()


def test_uploads_do_not_disturb_what_moderngl_writes(context: moderngl.Context, order: gl.ByteOrder) -> None:
    held = order.texture(context, (2, 2))
    send(held, (0, 0), (2, 2), bytes(16))
    grey = context.texture((3, 2), 1, bytes([1, 2, 3, 4, 5, 6]), alignment=1)  # rows of three bytes
    assert grey.read(alignment=1) == bytes([1, 2, 3, 4, 5, 6])
    grey.release()
    held.release()


def test_a_released_texture_is_gone_and_takes_no_other_with_it(
    window: Window, context: moderngl.Context, order: gl.ByteOrder
) -> None:
    exists = ctypes.CFUNCTYPE(ctypes.c_ubyte, ctypes.c_uint)(window.load("glIsTexture"))
    first, second = order.texture(context, (2, 2)), order.texture(context, (2, 2))
    gone, kept = first.texture.glo, second.texture.glo
    first.release()
    assert not exists(gone) and exists(kept)
    second.release()


def test_parts_of_a_surface_arrive_where_they_were_and_nothing_beside_them(
    context: moderngl.Context, order: gl.ByteOrder
) -> None:
    surface = pygame.Surface((37, 21), pygame.SRCALPHA)  # rows that are no whole number of anything
    surface.fill((10, 20, 30, 255))
    surface.fill((200, 100, 50, 255), (5, 3, 4, 6))
    texture = order.texture(context, surface.get_size())
    send(texture, (0, 0), surface.get_size(), bytes(37 * 21 * 4))
    texture.send(surface, [])
    assert not read(context, texture.texture).any()
    texture.send(surface, [pygame.Rect(4, 2, 7, 5), pygame.Rect(30, 20, 7, 1)])
    seen = read(context, texture.texture)
    assert seen[2, 4].tolist() == [10, 20, 30, 255] and seen[6, 8].tolist() == [200, 100, 50, 255]
    assert seen[20, 36].tolist() == [10, 20, 30, 255]
    assert (seen[..., 3] > 0).sum() == 7 * 5 + 7
    send(texture, (0, 0), (2, 2), bytes([1, 2, 3, 4] * 4))  # what is sent later is read as before
    assert read(context, texture.texture)[1, 1].tolist() == [3, 2, 1, 4]
    texture.release()


def test_a_part_is_copied_to_the_same_place(context: moderngl.Context, order: gl.ByteOrder) -> None:
    textures = [order.texture(context, (8, 6)) for _ in range(2)]
    source, target = (context.framebuffer(color_attachments=[each.texture]) for each in textures)
    source.clear(1.0, 0.0, 0.0, 1.0)
    target.clear(0.0, 0.0, 1.0, 1.0)
    order.copy(source, target, (2, 1, 3, 4))
    seen = read(context, textures[1].texture)
    assert seen[1, 2].tolist() == seen[4, 4].tolist() == [255, 0, 0, 255]
    assert (seen[..., 0] == 255).sum() == 12 and seen[0, 2].tolist() == [0, 0, 255, 255]
    for each in (source, target, *textures):
        each.release()
