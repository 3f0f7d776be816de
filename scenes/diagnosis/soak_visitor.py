"""What goes on in a soak: the script that plays while nobody is there, and the visitor who comes once a minute."""

from collections.abc import Iterator

from engine.clock import TICKS_PER_SECOND
from engine.input import Event, Key, Move, Pinch, Point, Press, Release, Scroll
from scenes.kit.words import LANGUAGES
from scenes.stage import Stage
from scenes.training.lifecycle import Status

THEMES = ("dark", "light", "contrast")
DATASETS = ("circle", "digits", "spiral", "colours", "exclusive-or", "animals", "gaussians")
LAYERS = ("3", "8,8", "6,5", "4,4,4")
EPOCHS, POINTS = 5, 100  # of each run
INTERVAL = 1  # milliseconds an epoch
LONGEST = 30 * TICKS_PER_SECOND  # ticks that a visitor waits for a run
STEPS = 12  # ticks of a drag

Acts = Iterator[tuple[Event, ...]]  # what is done before each tick

_RUN = """\
theme  {theme}
language {language}
press  dataset {dataset}
set    layers {layers}
press  start
until  complete within=120s
run    300ms
neuron 1 2
run    200ms
walk   3
run    200ms
walk   none
run    300ms
"""


def script() -> str:
    """A round of the attract loop: a run of each kind of data in all themes, and in all languages."""
    several = {"theme": THEMES, "dataset": DATASETS, "layers": LAYERS, "language": tuple(LANGUAGES)}
    return "".join(
        _RUN.format(**{name: values[n % len(values)] for name, values in several.items()})
        for n in range(len(DATASETS) * len(THEMES))
    )


def visit(stage: Stage, number: int) -> Acts:
    """What the visitor of that number does before each tick; whoever comes after finds nothing of it."""
    middle = _place(stage, "field")
    yield from _tap(middle)  # wakes the exhibit, and does nothing else
    yield from _rest(30)
    yield from _keys(("t", "c", "t")[number % 3])
    yield from _drag(middle, (90.0, -30.0))
    yield (Scroll(middle, 2.0),)
    yield (Pinch(middle, 0.8),)
    yield from _slide(stage, "learning_rate", "0.03", "0.1")
    yield from _press(stage, "dataset", DATASETS[number % len(DATASETS)])
    yield from _press(stage, "start")
    yield from _wait(stage)
    yield from _keys("n", "n", "down", "x")  # a neuron is asked, and silenced
    yield from _rest(20)
    yield from _keys("x", "w", "right", "right", "a")  # a sample is walked, then by itself
    yield from _rest(60)
    yield from _keys("a", "l", "k", "v", "o", ",", ",")
    yield from _press(stage, "start")  # once more, and left in the middle of whatever comes
    yield from _keys("f1")
    yield from _rest(20)


def _place(stage: Stage, name: str, value: str | None = None) -> Point:
    """Where that stands; a corner of the field where it is not to be seen, as a visitor misses it."""
    return stage.scene.place(name, value) or (stage.scene.page.field.x + 1.0, stage.scene.page.field.y + 1.0)


def _rest(ticks: int) -> Acts:
    for _ in range(ticks):
        yield ()


def _wait(stage: Stage) -> Acts:
    """Until the run that was started has come to its end, or it takes too long."""
    for _ in range(LONGEST):
        yield ()
        if stage.controller.now.status in (Status.COMPLETE, Status.ERROR):
            return


def _tap(at: Point) -> Acts:
    yield (Move(at), Press(at))
    yield (Release(at),)


def _press(stage: Stage, name: str, value: str | None = None) -> Acts:
    yield from _tap(_place(stage, name, value))
    yield from _rest(4)


def _slide(stage: Stage, name: str, start: str, end: str) -> Acts:
    """A knob, from one of its values to another."""
    before, after = _place(stage, name, start), _place(stage, name, end)
    yield from _drag(before, (after[0] - before[0], after[1] - before[1]))


def _drag(start: Point, way: Point) -> Acts:
    yield (Move(start), Press(start))
    step = (way[0] / STEPS, way[1] / STEPS)
    for n in range(1, STEPS + 1):
        yield (Move((start[0] + step[0] * n, start[1] + step[1] * n), step, held=True),)
    yield (Release((start[0] + way[0], start[1] + way[1])),)


def _keys(*names: str) -> Acts:
    for name in names:
        yield (Key(name),)
        yield from _rest(4)
