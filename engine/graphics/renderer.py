"""Draws pictures: the list of passes is the frame. Opens no window, loads no data, knows no scene."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.flat.overlay import Overlay

from .context import ByteOrder, Load, create
from .glass import GlassPass
from .images import Sheet, Stack
from .passes import BloomPass, BlurPass, FlatPass, OverlayPass, Pass, Presentation, WorldPass
from .picture import Picture
from .pipeline import Pipeline
from .shaders import ShaderLibrary
from .still import StillPass
from .targets import Region, Targets
from .tiles import Part, parts

LARGEST_TARGET = 8192  # pixels of a side: above it a frame's targets take gigabytes, even where drivers allow more
_FRAME = 208  # bytes of the uniform block in shaders/include/frame.glsl


class Renderer:
    """Owns the context and all that lives in it. `draw` makes the frame, `present` shows it, `pixels` reads it.

    What is larger than the driver's targets may be, as no window is, is drawn in parts, and can only be read.
    """

    def __init__(self, load: Load, shaders: Path, size: tuple[int, int]) -> None:
        self.context = create(load)
        self.draw_calls = 0  # of the last frame
        self.effects = True  # whether what glows does
        self._order = ByteOrder(load)
        self._library = ShaderLibrary(self.context, shaders)
        self._frame = self.context.buffer(reserve=_FRAME, dynamic=True)
        self._pipelines: list[Pipeline] = []
        self._images: list[Stack | Sheet] = []
        limits = [self.context.info["GL_MAX_TEXTURE_SIZE"], *self.context.info["GL_MAX_VIEWPORT_DIMS"]]
        self._limit = min(LARGEST_TARGET, *limits)
        self._parts = parts(size, self._limit)
        self._uploaded: tuple[Overlay, Targets] | None = None  # whose text the texture holds
        self._stitched: NDArray[np.uint8] | None = None  # the frame, where it has several parts
        self._last: object = None  # what the last frame was made of
        self._time = 0.0  # of the last frame
        self._targets = self._made(self._parts[0])
        context, library = self.context, self._library
        blur, glass = BlurPass(context, library), GlassPass(context, library, self._order)
        self._present = Presentation(context, library)
        self.passes: list[Pass] = [
            StillPass(context, library, self._order, blur, glass),
            WorldPass(),
            blur,
            BloomPass(context, library),
            glass,
            FlatPass(),
            OverlayPass(context, library, self._order),
        ]

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the picture."""
        return self._targets.part.whole

    def pipeline(self, name: str, *, layout: str, mode: str = "quads", effect: bool = False) -> Pipeline:
        """A pipeline for the shaders called `name`; this renderer gives it back."""
        made = Pipeline(self.context, self._library, name, layout=layout, mode=mode, effect=effect)
        self._pipelines.append(made)
        return made

    def stack(self) -> Stack:
        """Small images of one size, for pipelines; this renderer gives them back."""
        self._images.append(made := Stack(self.context))
        return made

    def sheet(self) -> Sheet:
        """One coloured image, for pipelines; this renderer gives it back."""
        self._images.append(made := Sheet(self.context))
        return made

    def resize(self, size: tuple[int, int]) -> None:
        """Be `size` pixels from now on."""
        if size != self.size:
            self._parts = parts(size, self._limit)
            self._stitched = None
            self._retarget(self._parts[0])

    def redraw(self, *pictures: Picture) -> bool:
        """Draw one frame, unless it would be the last one again; whether it was drawn."""
        inputs: object = None
        if pictures and pictures[0].time == self._time:  # while time passes, something moves: nothing else is asked
            inputs = self._inputs(pictures)
            if inputs == self._last and not any(picture.overlay.changed for picture in pictures):
                return False
        self.draw(*pictures)
        self._last = inputs
        return True

    def draw(self, *pictures: Picture) -> None:
        """Draw one frame off screen: the first picture, and the others over it."""
        self.draw_calls = 0
        self._time = pictures[0].time if pictures else 0.0
        self._last = None
        if len(self._parts) == 1:
            for picture in pictures:
                self._draw_whole(picture)
        else:
            self._draw_parts(pictures)

    def _inputs(self, pictures: Sequence[Picture]) -> object:
        """All that a frame is made of, but for words that have not been taken yet."""
        drawn = [(picture.world, picture.flat) for picture in pictures]
        rows = [(each, each.version) for layers in drawn for layer in layers for each in layer]
        images = [(image, image.version) for each, _ in rows for image in each.images.values()]
        return self._targets, self.effects, [_plain(picture) for picture in pictures], rows, images

    def present(self, size: tuple[int, int]) -> None:
        """Copy the frame to a window of `size` pixels."""
        self._present.show(self._targets.picture, size)

    def finish(self) -> None:
        """Wait until all is drawn: for measuring."""
        self.context.finish()

    def pixels(self) -> NDArray[np.uint8]:
        """The frame: uint8 [height, width, 3], from the top row."""
        return self._read(self._targets.part) if self._stitched is None else self._stitched

    @property
    def driver(self) -> dict[str, str]:
        """Vendor, renderer and version, as the driver names them."""
        info = self.context.info
        return {name: info[f"GL_{name.upper()}"] for name in ("vendor", "renderer", "version")}

    def close(self) -> None:
        """Give everything back to the driver."""
        held = [*self.passes, *self._pipelines, *self._images, self._present]
        for each in held:
            each.release()
        self._targets.release()
        self._frame.release()
        self._library.release()
        screen = self.context.screen
        screen.scissor = (0, 0, *screen.size)  # from what is set here the next context takes the window's size
        screen.use()
        self.context.release()

    def _draw_whole(self, picture: Picture) -> None:
        changed = picture.overlay.take()  # before anything is drawn, when nothing has to be waited for
        if self._uploaded != (picture.overlay, self._targets):
            self._upload(picture.overlay, self._parts[0])
            changed = []
        self._targets.overlay.send(picture.overlay.surface, changed)
        self._draw(picture)

    def _upload(self, overlay: Overlay, part: Part) -> None:
        """All of a text layer: the texture holds another one, or nothing."""
        overlay.take()
        self._targets.overlay.send(overlay.surface, [pygame.Rect(part.at, part.size)], part.at)
        self._uploaded = overlay, self._targets

    def _draw_parts(self, pictures: Sequence[Picture]) -> None:
        width, height = self.size
        whole = np.empty((height, width, 3), dtype=np.uint8)
        for part in self._parts:
            self._retarget(part)
            for picture in pictures:
                self._upload(picture.overlay, part)
                self._draw(picture)
            left, top, right, bottom = part.kept
            whole[top:bottom, left:right] = self._read(part)
        self._stitched = whole

    def _draw(self, picture: Picture) -> None:
        targets, lit = self._targets, picture.lit_area if picture.ground else None
        region = targets.reached(lit) if lit else None
        targets.region = region if targets.part.whole == targets.size else None  # parts of a picture are drawn whole
        targets.limit(targets.region)
        targets.effects = self.effects
        self._frame.write(self._block(picture, region))
        self._frame.bind_to_uniform_block(0)
        self.draw_calls += sum(each.draw(picture, targets) for each in self.passes)

    def _read(self, part: Part) -> NDArray[np.uint8]:
        left, top, right, bottom = part.kept
        width, height = right - left, bottom - top
        area = (left - part.at[0], part.at[1] + part.size[1] - bottom, width, height)  # from the bottom
        data = self._targets.picture.framebuffer.read(area, components=3, alignment=1)  # dropping a fourth costs 8 ms
        return np.ascontiguousarray(np.frombuffer(data, dtype=np.uint8).reshape(height, width, 3)[::-1])

    def _retarget(self, part: Part) -> None:
        self.context.screen.use()  # what is bound must not be deleted: each new framebuffer binds it again
        self._targets.release()
        self._targets = self._made(part)

    def _made(self, part: Part) -> Targets:
        return Targets(self.context, self._order, part.size, part=part)

    def _block(self, picture: Picture, region: Region | None) -> bytes:
        part, (width, height) = self._targets.part, self._targets.size
        values = np.empty(52, dtype=np.float32)
        values[0:16] = picture.view.ravel()
        values[16:32] = part.projection(picture.projection).ravel()
        values[32:36] = width, height, 1 / width, 1 / height
        values[36:40] = picture.time, picture.scale, picture.light, 1.0
        values[40:44] = picture.mood
        values[44:48] = *part.at, part.whole[0], 1 / part.whole[1]
        values[48:52] = region.area(part.whole[1]) if region else (0.0, 0.0, *part.whole)
        return values.tobytes()


def _plain(picture: Picture) -> tuple[object, ...]:
    """What a picture is made of beside rows."""
    arrays = picture.panels.tobytes(), picture.view.tobytes(), picture.projection.tobytes()
    looks = picture.ground, picture.glass, picture.open_area, picture.lit_area
    return (*arrays, *looks, picture.overlay, picture.time, picture.scale, picture.light, picture.mood)
