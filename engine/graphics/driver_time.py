"""Measures what the driver's own calls take, so that the rest of a frame can be told to be Python's."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import moderngl

_CALLS = (
    (moderngl.VertexArray, "render"),
    (moderngl.Context, "copy_framebuffer"),
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
