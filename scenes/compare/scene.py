"""The scene that lays runs beside each other: the list of its parts."""

from collections.abc import Callable, Sequence
from functools import partial

from engine.scene import SceneStack
from scenes.kit.context import SceneContext
from scenes.kit.control_set import ControlSet
from scenes.kit.hover import Hover
from scenes.kit.keymap import Keymap
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Layout, Panel
from scenes.kit.scrolling import ScrollBar, Scrolling
from scenes.kit.toast import ToastLine
from scenes.kit.touch_ring import TouchMark
from scenes.training.run import Column
from scenes.training.worlds import LOOKS

from . import layout
from .cards import Card
from .chips import Chips
from .companions import Companion
from .curves import Curves
from .head import Head, Turn
from .table import Table
from .view import View

NAME = "compare"
Act = Callable[[], object]


def compare(context: SceneContext, scenes: SceneStack) -> PartScene:
    """The scene that compares; it takes itself off `scenes` when somebody goes back."""
    controller, toast = context.controller, context.toast
    view, scrolling, controls = View(), Scrolling(), ControlSet(context.renderer.size)

    def back() -> None:
        if len(scenes) > 1:
            scenes.remove(scene)
        else:  # it is what was begun with
            context.show("dashboard")

    def numbers() -> tuple[int, ...]:
        now = controller.now
        own = () if now.run is None else (now.number,)
        return tuple(sorted([*(each.number for each in now.beside), *own]))

    def arrange(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
        return layout.arrange(size, scale, scroll, more, numbers=numbers(), table=view.table)

    turn = Turn(controller, controls)
    acts = {**_of_the_runs(context, turn, back), **_of_the_view(view, numbers)}
    parts = [
        scrolling,
        Keymap((), acts),
        controls,
        Head(view, controls, back, context),
        *(Card(number, view, controller, controls) for number in range(LOOKS)),
        turn,
        Curves("loss", view, controller, _loss, ceiling=None),
        Curves("accuracy", view, controller, _accuracy, ceiling=100.0),
        Table(view),
        Chips(view, controls),
        ToastLine(toast),
        TouchMark(context.touch),
        ScrollBar(scrolling),
        Hover(),
        view,
    ]
    scene = PartScene(NAME, context, arrange, parts, depends=lambda: (numbers(), view.table))
    scene.closes = True  # Esc leads back, in a full screen, too
    return scene


def _of_the_runs(context: SceneContext, turn: Turn, back: Act) -> dict[str, Act]:
    """Keys that play and leave."""
    controller, look = context.controller, context.appearance
    return {
        "escape": back,
        "e": back,
        "h": context.show_runs,
        "space": turn.play,
        ",": lambda: controller.look_beside(-1),
        ".": lambda: controller.look_beside(1),
        "t": look.toggle_theme,
        "c": look.toggle_contrast,
        "ctrl+z": lambda: controller.remove(controller.now.number),  # the run before it is there again
    }


def _of_the_view(view: View, numbers: Callable[[], tuple[int, ...]]) -> dict[str, Act]:
    """Keys that say how the runs are looked at; a digit brings one out, or lets it go again."""

    def bring_out(number: int) -> None:
        view.bring_out(number if number in numbers() and view.highlight != number else None)

    return {
        **{str(number + 1): partial(bring_out, number) for number in range(9)},
        "d": view.toggle_difference,
        "l": view.toggle_log,
        "k": view.toggle_smooth,
        "g": view.toggle_table,
        "u": view.toggle_seconds,
    }


def _loss(each: Companion) -> Column:
    """On what is unseen, where that is known."""
    return each.run.validation_loss if len(each.run.validation_loss) else each.run.loss


def _accuracy(each: Companion) -> Column:
    return each.run.validation_accuracy if len(each.run.validation_accuracy) else each.run.accuracy
