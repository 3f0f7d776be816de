"""What of a picture stands still: drawn when it changes, copied into each frame."""

import moderngl

from .context import ByteOrder, Texels
from .glass import GlassPass
from .passes import BlurPass, Screen, opaque
from .picture import Ground, Picture
from .shaders import ShaderLibrary
from .targets import Target, Targets


class StillPass:
    """The ground and, beyond the region that the world lights, the panes of glass on it.

    Within the region the frame begins with the bare ground, and the passes that follow draw no farther.
    """

    def __init__(
        self, context: moderngl.Context, library: ShaderLibrary, order: ByteOrder, blur: BlurPass, glass: GlassPass
    ) -> None:
        self._context, self._order = context, order
        self._screen = Screen(context, library, "backdrop")
        self._blur, self._glass = blur, glass
        self._ground: tuple[Ground, Targets] | None = None  # that is drawn
        self._blurred: object = None  # what the pyramid holds beyond which region
        self._panes: object = None  # that stand on the ground

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        if picture.ground is None:  # what it is laid over is blurred with it: nothing of that stands still
            self._blurred = None
            return 0
        calls = self._made_ground(picture.ground, targets)
        region = targets.region
        targets.limit(None)
        if region is None:
            self._blurred = None
            return calls + self._copied(targets.ground, targets.picture)
        calls += self._made_panes(picture, targets)
        calls += sum(self._copied(targets.still, targets.picture, texels) for texels in region.around(targets.size))
        calls += self._copied(targets.ground, targets.picture, region.picture)
        targets.limit(region)
        return calls

    def _made_ground(self, ground: Ground, targets: Targets) -> int:
        if self._ground == (ground, targets):
            return 0
        self._ground, self._panes, self._blurred = (ground, targets), None, None
        self._screen.set(**vars(ground), window=targets.part.window)
        with opaque(self._context):
            return self._screen.draw(targets.ground.framebuffer)

    def _made_panes(self, picture: Picture, targets: Targets) -> int:
        """Blur the ground alone, which is all that is beyond the region, and lay the panes on it."""
        panes = picture.panels.tobytes(), picture.glass, picture.scale
        if self._blurred == targets.region and self._panes == panes:
            return 0
        calls = self._blur.blur(targets.ground, picture.glass, targets)
        self._blurred = targets.region
        if self._panes != panes:
            self._panes = panes
            calls += self._copied(targets.ground, targets.still)
            calls += self._glass.lay(picture, targets, targets.still)
        return calls

    def _copied(self, source: Target, target: Target, texels: Texels | None = None) -> int:
        self._order.copy(source.framebuffer, target.framebuffer, texels or (0, 0, *source.size))
        return 1

    def release(self) -> None:
        """See Pass."""
        self._screen.release()
        self._ground = self._blurred = self._panes = None
