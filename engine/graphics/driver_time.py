"""Measures what the driver's own calls take, so that the rest of a frame can be told to be Python's."""

import time
from collections.abc import Callable, Iterator
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
