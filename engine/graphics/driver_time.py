"""Measures what the driver's own calls take, so that the rest of a frame can be told to be Python's."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import moderngl

from .context import ByteOrder
from .renderer import Renderer

_CALLS = (
    (moderngl.VertexArray, "render"),
    (moderngl.Context, "copy_framebuffer"),
    (ByteOrder, "copy"),
    (moderngl.Context, "finish"),
    (moderngl.Buffer, "write"),
    (moderngl.Framebuffer, "use"),
)


@contextmanager
def driver_time() -> Iterator[Callable[[], float]]:
    """Within the block, the yielded function tells the milliseconds of this thread that driver calls have taken."""
    spent = 0.0

    def timed(call: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any, **named: Any) -> Any:
            nonlocal spent
            begun = time.thread_time()
            try:
                return call(*arguments, **named)
            finally:
                spent += (time.thread_time() - begun) * 1000

        return measured

    originals = [(kind, name, getattr(kind, name)) for kind, name in _CALLS]
    for kind, name, call in originals:
        setattr(kind, name, timed(call))
    try:
        yield lambda: spent
    finally:
        for kind, name, call in originals:
            setattr(kind, name, call)


@contextmanager
def driver_calls() -> Iterator[dict[str, int]]:
    """Within the block, "calls" counts calls that reach the driver, and "bytes" what of rows and texels they upload.

    Uniforms are not counted: few change in a frame.
    """
    counted = {"calls": 0, "bytes": 0}

    def counting(call: Callable[..., Any], size: Callable[..., int]) -> Callable[..., Any]:
        def done(*arguments: Any, **named: Any) -> Any:
            counted["calls"] += 1
            counted["bytes"] += size(*arguments[1:])
            return call(*arguments, **named)

        return done

    sizes: dict[str, Callable[..., int]] = {"write": _bytes, "send": _texels}
    kinds = [*_CALLS, *((kind, "use") for kind in (moderngl.Texture, moderngl.TextureArray))]
    kinds += [(ByteOrder, "send"), (moderngl.Texture, "write"), (moderngl.TextureArray, "write")]
    originals = [(kind, name, getattr(kind, name)) for kind, name in kinds]
    for kind, name, call in originals:
        setattr(kind, name, counting(call, sizes.get(name, _nothing)))
    try:
        yield counted
    finally:
        for kind, name, call in originals:
            setattr(kind, name, call)


def _nothing(*_: Any) -> int:
    return 0


def _bytes(*arguments: Any) -> int:
    """Of what is written: a buffer's only argument, a texture's last."""
    return memoryview(arguments[-1]).nbytes


def _texels(_: int, __: Any, parts: Sequence[Any], ___: Any) -> int:
    return sum(4 * part.w * part.h for part in parts)


def copies(size: tuple[int, int], count: int) -> float:
    """Milliseconds of a copy of `size` pixels from one framebuffer to another, the mean of `count`, in this context."""
    context = moderngl.get_context()
    textures = [context.texture(size, 4) for _ in range(2)]
    source, target = (context.framebuffer(color_attachments=[texture]) for texture in textures)
    try:
        context.finish()
        begun = time.perf_counter()
        for _ in range(count):
            context.copy_framebuffer(target, source)
        context.finish()
        return (time.perf_counter() - begun) * 1000 / count
    finally:
        for framebuffer in (source, target):
            framebuffer.release()
        for texture in textures:
            texture.release()


@contextmanager
def pass_time(renderer: Renderer) -> Iterator[dict[str, list[float]]]:
    """Within the block, the milliseconds that each pass of each frame takes until all is drawn, by the pass's name.

    Waiting after every pass makes the frame itself slower: compare the shares, not their sum.
    """
    spent: dict[str, list[float]] = {}

    def timed(name: str, draw: Callable[..., int]) -> Callable[..., int]:
        def measured(*arguments: Any) -> int:
            renderer.finish()
            begun = time.perf_counter()
            calls = draw(*arguments)
            renderer.finish()
            spent.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
            return calls

        return measured

    for each in renderer.passes:
        vars(each)["draw"] = timed(type(each).__name__.removesuffix("Pass").lower(), each.draw)
    try:
        yield spent
    finally:
        for each in renderer.passes:
            del vars(each)["draw"]
