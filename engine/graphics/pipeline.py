"""A program, its rows and its way of blending in one object: nobody sets GL state anywhere else."""

from collections.abc import Mapping

import moderngl
import numpy as np
from numpy.typing import NDArray

from .images import Image
from .shaders import ShaderLibrary

Rows = NDArray[np.float32]
Value = float | tuple[float, ...] | bytes | list[float]

_MODES = {"quads": moderngl.TRIANGLES, "points": moderngl.POINTS, "triangles": moderngl.TRIANGLES}


class Pipeline:
    """Draws its rows with one call.

    `layout` is "name:floats name:floats ..." in the order of the columns. As "quads", each row is an instance of six
    vertices whose corners the shader derives from gl_VertexID; as "points" or "triangles", each row is a vertex.
    `write` replaces the rows; what is not written again, or as it was, stays on the GPU. `version` is another number
    whenever it would draw something else. An `effect` may be left out where a machine is slow.
    """

    def __init__(
        self,
        context: moderngl.Context,
        library: ShaderLibrary,
        name: str,
        *,
        layout: str,
        mode: str = "quads",
        effect: bool = False,
    ) -> None:
        self.name, self.effect = name, effect
        self.count = self.version = 0
        self._rows: Rows | None = None  # as they were written last
        self.program = library.program(name)
        self._context = context
        fields = [field.split(":") for field in layout.split()]
        known = [(attribute, int(width)) for attribute, width in fields if attribute in self.program]
        assert len(known) == len(fields), f"{name}.vert does not use all of {layout}"
        self._attributes = [attribute for attribute, _ in known]
        self._width = sum(width for _, width in known)
        self._instanced = mode == "quads"
        self._mode = _MODES[mode]
        self._format = " ".join(f"{width}f" for _, width in known) + ("/i" if self._instanced else "")
        self._capacity = 0
        self._buffer: moderngl.Buffer | None = None
        self._array: moderngl.VertexArray | None = None
        self.images: dict[str, Image] = {}  # what its shaders read, by the name of the sampler

    def write(self, rows: Rows) -> None:
        """Take float32 [count, width of the layout]."""
        if self._rows is not None and np.array_equal(rows, self._rows):
            return
        held = np.array(rows, dtype=np.float32, order="C")  # a copy: whoever made them may change them
        self.version += 1
        self.count = len(rows)
        if not self.count:
            self._rows = held
            return
        assert rows.shape[1] == self._width, f"{self.name}: {rows.shape[1]} columns, {self._width} expected"
        if self.count > self._capacity:
            self._reserve(self.count)
        assert self._buffer
        self._buffer.write(held)
        self._rows = held

    def set(self, **uniforms: Value) -> None:
        """Set uniforms; those that the compiler has dropped are passed over."""
        self.version += set_uniforms(self.program, uniforms)

    def draw(self) -> int:
        """Draw all rows; returns the number of draw calls, 0 or 1."""
        if not self.count or not self._array:
            return 0
        for unit, (name, image) in enumerate(self.images.items()):
            set_uniforms(self.program, {name: unit})
            image.use(unit)
        if self._instanced:
            self._array.render(self._mode, vertices=6, instances=self.count)
        else:
            self._array.render(self._mode, vertices=self.count)
        return 1

    def release(self) -> None:
        """Give rows back; the program belongs to the library."""
        for held in (self._array, self._buffer):
            if held:
                held.release()
        self._array = self._buffer = self._rows = None
        self._capacity = self.count = 0

    def _reserve(self, count: int) -> None:
        kept, self.count = self.count, 0
        self.release()
        self.count = kept
        self._capacity = max(16, 1 << (count - 1).bit_length())
        self._buffer = self._context.buffer(reserve=self._capacity * self._width * 4, dynamic=True)
        self._array = self._context.vertex_array(self.program, [(self._buffer, self._format, *self._attributes)])


def set_uniforms(program: moderngl.Program, values: Mapping[str, Value]) -> bool:
    """Set uniforms by name; whether any has changed.

    Those that the compiler has dropped are passed over, and those that are so already.
    """
    changed = False
    program.extra = uniforms = program.extra or _uniforms(program)
    for name, value in values.items():
        uniform = uniforms.get(name)
        if uniform is None or uniform.extra == value:
            continue
        uniform.extra, changed = value, True
        if isinstance(value, bytes):
            uniform.write(value)
        else:
            uniform.value = value
    return changed


def _uniforms(program: moderngl.Program) -> dict[str, moderngl.Uniform]:
    """Those that the compiler has left; each remembers in `extra` how it was set last."""
    members = {name: program[name] for name in program}
    return {name: member for name, member in members.items() if isinstance(member, moderngl.Uniform)}
