"""Draws pictures: the list of passes is the frame. Opens no window, loads no data, knows no scene."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .context import ByteOrder, Load, create
from .glass import GlassPass
from .passes import BloomPass, BlurPass, FlatPass, GroundPass, OverlayPass, Pass, WorldPass
from .picture import Picture
from .pipeline import Pipeline
from .shaders import ShaderLibrary
from .targets import Targets

_FRAME = 176  # bytes of the uniform block in shaders/include/frame.glsl


class Renderer:
    """Owns the context and all that lives in it. `draw` makes the frame, `present` shows it, `pixels` reads it."""

    def __init__(self, load: Load, shaders: Path, size: tuple[int, int]) -> None:
        self.context = create(load)
        self.draw_calls = 0  # of the last frame
        self._order = ByteOrder(load)
        self._library = ShaderLibrary(self.context, shaders)
        self._frame = self.context.buffer(reserve=_FRAME, dynamic=True)
        self._pipelines: list[Pipeline] = []
        self._targets = Targets(self.context, self._order, size)
        context, library = self.context, self._library
        self.passes: list[Pass] = [
            GroundPass(context, library),
            WorldPass(),
            BlurPass(context, library),
            BloomPass(context, library),
            GlassPass(context, library, self._order),
            FlatPass(),
            OverlayPass(context, library, self._order),
        ]

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the picture."""
        return self._targets.size

    def pipeline(self, name: str, *, layout: str, mode: str = "quads") -> Pipeline:
        """A pipeline for the shaders called `name`; this renderer gives it back."""
        made = Pipeline(self.context, self._library, name, layout=layout, mode=mode)
        self._pipelines.append(made)
        return made

    def resize(self, size: tuple[int, int]) -> None:
        """Be `size` pixels from now on."""
        if size != self.size:
            self.context.screen.use()  # what is bound must not be deleted: each new framebuffer binds it again
            self._targets.release()
            self._targets = Targets(self.context, self._order, size)

    def draw(self, picture: Picture) -> None:
        """Draw one frame off screen."""
        for at, size, rows in picture.overlay.take():  # before anything is drawn, when nothing has to be waited for
            self._targets.overlay.write(at, size, rows)
        self._frame.write(self._block(picture))
        self._frame.bind_to_uniform_block(0)
        self.draw_calls = sum(each.draw(picture, self._targets) for each in self.passes)

    def present(self, size: tuple[int, int]) -> None:
        """Copy the frame to a window of `size` pixels."""
        screen = self.context.screen
        screen.viewport = (0, 0, *size)
        self.context.copy_framebuffer(screen, self._targets.picture.framebuffer)

    def finish(self) -> None:
        """Wait until all is drawn: for measuring."""
        self.context.finish()

    def pixels(self) -> NDArray[np.uint8]:
        """The frame: uint8 [height, width, 3], from the top row."""
        width, height = self.size
        data = self._targets.picture.framebuffer.read(components=3, alignment=1)  # dropping the fourth here costs 8 ms
        rows = np.frombuffer(data, dtype=np.uint8).reshape(height, width, 3)
        return np.ascontiguousarray(rows[::-1])

    @property
    def driver(self) -> dict[str, str]:
        """Vendor, renderer and version, as the driver names them."""
        info = self.context.info
        return {name: info[f"GL_{name.upper()}"] for name in ("vendor", "renderer", "version")}

    def close(self) -> None:
        """Give everything back to the driver."""
        held: list[Pass | Pipeline] = [*self.passes, *self._pipelines]
        for each in held:
            each.release()
        self._targets.release()
        self._frame.release()
        self._library.release()
        self.context.release()

    def _block(self, picture: Picture) -> bytes:
        width, height = self.size
        values = np.empty(44, dtype=np.float32)
        values[0:16] = picture.view.ravel()
        values[16:32] = picture.projection.ravel()
        values[32:36] = width, height, 1 / width, 1 / height
        values[36:40] = picture.time, picture.scale, picture.light, picture.moves
        values[40:44] = picture.mood
        return values.tobytes()
