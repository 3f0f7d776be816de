"""The line above, and what can be turned: the epoch that all runs stand at, and another future trained from there."""

from collections.abc import Callable, Mapping
from functools import partial

from engine.flat.overlay import Item
from scenes.kit.context import SceneContext
from scenes.kit.control_drawing import GROW, SHRINK, focus_ring, quiet_button, scaled
from scenes.kit.control_set import ControlSet
from scenes.kit.drawing import BODY, DIGITS, STRONG, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.words import say
from scenes.training.changes import BATCH_SIZES
from scenes.training.controller import TrainingController

from .layout import CELLS, HEADS, PAD, RATES, TURNED
from .view import View

SMALL, SIZES = 13, (13, 12, 11, 10)  # units high


class Head(Part):
    """What is compared, how, and the way back."""

    def __init__(self, view: View, controls: ControlSet, back: Callable[[], object], context: SceneContext) -> None:
        self._view, self._controls, self._back, self._context = view, controls, back, context

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        view = self._view
        return {
            "difference": view.toggle_difference,
            "align": view.toggle_share,
            "kept": self._context.show_runs,
            "back": self._back,
        }

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        self._controls.ui.show("kept", visible=True, enabled=self._context.kept_in is not None)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        view, rect = self._view, drawing.layout.panels["head"]
        for name in HEADS:
            quiet_button(drawing, self._controls, name, moment.blend)
        told = view.companions(moment.run, moment.theme.language)
        key = len(told), moment.run.epoch, moment.run.epochs, view.by_share, view.difference
        drawing.words("head", rect, key, lambda: self._words(drawing, rect, moment, len(told)))

    def _words(self, drawing: Drawing, rect: Rect, moment: Moment, count: int) -> list[Item]:
        px, theme, run, slots = drawing.px, drawing.theme, moment.run, drawing.layout.slots
        beside = slots[HEADS[-1]].y < rect.y + px(PAD)
        left, room = rect.x + px(PAD), (slots[HEADS[-1]].x if beside else rect.right) - rect.x - px(2 * PAD)
        of = say("so_far.of" if run.epochs else "so_far", epoch=run.epoch, epochs=run.epochs)
        said = say(
            "compare.runs" if count > 1 else "compare.runs.one" if count else "compare.none", count=count, so_far=of
        )
        title = drawing.text(say("compare"), (left, rect.y + px(24)), size=18, face=TITLE, colour=theme.accent)
        below = drawing.text(said, (left, rect.y + px(43)), size=SMALL, face=BODY, colour=theme.muted)
        items: list[Item] = [drawing.fitted(title, room), drawing.fitted(below, room)]
        names = {
            "back": "compare.back",
            "kept": "runs",
            "align": "compare.by_share" if self._view.by_share else "compare.by_epoch",
            "difference": "compare.weights" if self._view.difference else "compare.difference",
        }
        for name, key in names.items():
            at = (slots[name].middle[0], slots[name].middle[1] + px(4.5))
            ink = theme.text if self._controls.enabled(name) else theme.muted
            word = drawing.text(say(key), at, size=SMALL, face=STRONG, colour=ink, align="middle")
            items.append(drawing.fitted(word, slots[name].w - px(6)))
        return items


class Turn(Part):
    """Cells of learning rates and batch sizes: a press trains on from the epoch that is shown, with that."""

    def __init__(self, controller: TrainingController, controls: ControlSet) -> None:
        self._controller, self._controls = controller, controls

    def buttons(self) -> Mapping[str, Callable[[], object]]:
        """See Part."""
        controller = self._controller
        rates = {f"rate.{rate:g}": partial(controller.branch, learning_rate=rate) for rate in RATES}
        sizes = {f"batch.{size}": partial(controller.branch, batch_size=size) for size in BATCH_SIZES}
        return {
            **rates,
            **sizes,
            "play": self.play,
            "further": partial(controller.branch, kept=False),
            "repeat": controller.repeat,
        }

    def play(self) -> bool:
        """Play on, or hold."""
        controller = self._controller
        can = controller.now.can
        name = next((name for name in ("pause", "resume", "replay") if name in can), "")
        return bool(name) and bool(getattr(controller, name)())

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        run, ui = moment.run, self._controls.ui
        for name in (*CELLS["rate"], *CELLS["batch"]):
            ui.show(name, visible=True, enabled="branch" in run.can)
        further = "branch" in run.can and run.epochs is not None and run.epoch >= run.epochs
        ui.show("further", visible=True, enabled=further)
        ui.show("repeat", visible=True, enabled=self._controller.may_repeat)
        ui.show("play", visible=True, enabled=bool(run.can & {"pause", "resume", "replay"}))

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        run, rect = moment.run, drawing.layout.panels["turn"]
        now = {"rate": run.settings.learning_rate, "batch": run.settings.batch_size}
        for group, cells in CELLS.items():
            for cell in cells:
                self._cell(drawing, cell, moment.blend, chosen=now[group] == float(cell.partition(".")[2]))
        for name in TURNED:
            quiet_button(drawing, self._controls, name, moment.blend)
        playing = "pause" in run.can
        key = run.epoch, run.branching, "branch" in run.can, playing, *map(self._controls.enabled, TURNED)
        drawing.words("turn", rect, key, lambda: self._words(drawing, rect, moment, playing=playing))

    def _cell(self, drawing: Drawing, name: str, blend: float, *, chosen: bool) -> None:
        theme, place, look = drawing.theme, drawing.layout.slots[name], self._controls.reaction(name, blend)
        focus_ring(drawing, self._controls, name, place, radius=10)
        bounds = scaled(place, 1 + GROW * look.hover - SHRINK * look.press)
        alpha, line = drawing.ground(1 + 0.6 * look.hover), 1.6 if chosen else 0.0
        drawing.shape(bounds, theme.track[0], alpha=alpha, radius=10, line=theme.accent, line_width=line)

    def _words(self, drawing: Drawing, rect: Rect, moment: Moment, *, playing: bool) -> list[Item]:
        px, theme, run, slots = drawing.px, drawing.theme, moment.run, drawing.layout.slots
        open_now = "branch" in run.can
        key = "coming" if run.branching else "from" if open_now else "closed"
        said = say(f"compare.{key}", epoch=run.epoch)
        title = drawing.text(said, (rect.x + px(PAD), rect.y + px(24)), size=15, face=TITLE)
        items: list[Item] = [drawing.fitted(title, rect.w - 2 * px(PAD))]
        ink = theme.text if open_now else theme.muted
        for group, cells in CELLS.items():
            setting = {"rate": "learning_rate", "batch": "batch_size"}[group]
            at = (slots[group].x, slots[group].y - px(7))
            word = drawing.text(say(f"compare.setting.{setting}"), at, size=12, colour=theme.muted)
            items.append(drawing.fitted(word, slots[group].w))
            for cell in cells:
                middle = (slots[cell].middle[0], slots[cell].middle[1] + px(4.5))
                text = cell.partition(".")[2]
                items.append(drawing.text(text, middle, size=SMALL, face=DIGITS, colour=ink, align="middle"))
        items.append(drawing.icon("pause" if playing else "play", slots["play"].middle, size=17, colour=theme.text))
        for name in ("further", "repeat"):
            beside = (slots[name].middle[0], slots[name].middle[1] + px(4.5))
            ink, room = theme.text if self._controls.enabled(name) else theme.muted, slots[name].w - px(6)
            items.append(
                drawing.said(f"compare.{name}", beside, room, sizes=SIZES, face=STRONG, colour=ink, align="middle")
            )
        return items
