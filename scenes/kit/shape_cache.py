"""Shapes that stay until what they depend on changes: drawn once, handed on frame after frame."""

from collections.abc import Callable

from .drawing import Drawing
from .places import Layout


class ShapeCache:
    """The shapes that one part of the picture has drawn, and for what."""

    def __init__(self) -> None:
        self._key: object = None
        self._layout: Layout | None = None
        self._shapes: list[tuple[float, ...]] = []

    def draw(self, drawing: Drawing, key: object, make: Callable[[], object]) -> None:
        """Add to `drawing` what `make` adds, which depends on `key` and the layout alone; None is never kept.

        Words that `make` writes stay in the overlay by themselves, until there is another layout.
        """
        if key is not None and key == self._key and drawing.layout is self._layout:
            drawing.shapes += self._shapes
            return
        before = len(drawing.shapes)
        make()
        self._key, self._layout, self._shapes = key, drawing.layout, drawing.shapes[before:]
