"""What the stage lends to every scene, so that all of them show one run in one look."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pygame

from engine.clipboard import Clipboard
from engine.file_dialog import FileDialog
from engine.flat.fonts import Fonts
from engine.graphics.renderer import Renderer
from engine.quality import Quality
from scenes.training.controller import TrainingController

from .appearance import Appearance
from .hearing import Hearing
from .scale import Scale
from .toast import Toast
from .touch_ring import TouchRing
from .words import say


@dataclass
class SceneContext:
    """The stage ticks all of these; scenes draw them."""

    controller: TrainingController
    renderer: Renderer
    fonts: Fonts
    appearance: Appearance
    scale: Scale
    quality: Quality = field(default_factory=Quality)
    kept_in: Path | None = None  # the folder of the runs that are kept
    title: str = ""  # what stands in the header; empty: the program's name
    logo: pygame.Surface | None = None  # the operator's, premultiplied
    caption: Callable[[str], str] = str  # what stands on a key (engine.window.Window.caption)
    show: Callable[[str], object] = str  # brings the scene of that name to the front
    clipboard: Clipboard = field(default_factory=Clipboard)
    file_dialog: FileDialog = field(default_factory=FileDialog)  # that of a window; in scripts there is none
    hearing: Hearing = field(default_factory=Hearing)
    toast: Toast = field(default_factory=Toast)
    touch: TouchRing = field(default_factory=TouchRing)
    _refusals: int = 0  # that have been told

    def show_runs(self) -> None:
        """List the runs that are kept; where none are, say so."""
        if self.kept_in is None:
            self.toast.say(say("runs.nowhere"))
        else:
            self.show("runs")

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds: the run first, then what does not depend on it."""
        self.controller.tick(dt)
        if self.controller.refusals != self._refusals:
            self._refusals = self.controller.refusals
            self.toast.say(self.controller.refused)
        self.appearance.knob.tick(dt)
        self.toast.tick(dt)
        self.touch.tick(dt)
