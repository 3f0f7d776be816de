"""No text is clipped, leaves its panel or lies over another one: on every size and scale, in every state and language.

At scale 1 every word is 40 percent longer than in English, at twelve sizes; at scale 2 all is in English, at the other
scales each window and state has one of the languages in turn.
Panels are laid out and described without drawing them: the words of a page are all there, however small the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pygame
import pytest

from engine.flat.overlay import Bounds, Item, Overlay, Text
from engine.scripting.script import play
from scenes.dashboard.charts import Chart
from scenes.kit import words
from scenes.kit.places import Layout
from scenes.kit.words import FIRST, LANGUAGES
from scenes.scripting.verbs import VERBS
from scenes.stage import Stage
from scenes.training.failure import RunError
from scenes.training.kept_states import KeptStates

SIZES = [(640, 360), (1024, 768), (1280, 720), (1920, 1080), (2560, 1440), (3840, 2160), (7680, 2160)]
SIZES += [(1080, 1920), (390, 844)]
SCALES = (0.75, 1.0, 2.0, 3.0)
ABOVE = 12  # pixels that a sliding notice may stand above its place
OVER = ("toast",)  # what lies over the rest for a moment
BESIDE = ("header", "loss_chart", "accuracy_chart")  # panels with titles and controls side by side
SWITCHES = ("theme", "help", "replay", "log_axis", "smoothing")
STATES = {
    "idle": "run 1s",
    "help": "key f1",
    "loading": "key f1\npress dataset digits\npress start\nuntil loading\nrun 200ms",
    "training": "until training\nrun 3100ms",
    "paused": "press pause\nkey l\nrun 300ms",
    "a neuron that is asked": "neuron 1 3\nrun 300ms",
    "an answer that is asked": "neuron 3 1\nrun 300ms",
    "a silent neuron": "neuron 2 5\npress silence\nrun 300ms",
    "a sample that is led through": "press silence\nneuron none\nwalk 3\nrun 300ms",
    "a sample on its way": "walk 3 step=3\nrun 300ms",
    "the loss of a sample": "walk 3 step=5\nrun 300ms",
    "a sample on its way back": "walk 3 step=7\nrun 300ms",
    "the update of a sample": "walk 3 step=9\nrun 300ms",
    "the network's settings": "walk none\npress settings network\nrun 300ms",
    "the data's settings": "press settings data\nrun 300ms",
    "the run's settings": "press settings run\nrun 300ms",
    "replay": "key ,\nkey ,\nrun 1s",
    "complete": "press resume\nuntil complete\nrun 1s",
    "own length": "drag epochs 200\nrun 1s",
    "diverged": "drag learning_rate 1\npress dataset spiral\npress start\nuntil training\nuntil complete\nrun 1s",
    "simulated": "press dataset curve\npress start\nuntil training\nrun 2s",
    "retrying": "press stop\nserver refused\npress start\nrun 700ms",
    "error": "until error\nrun 1s",
    "quoted": "run 100ms",
}
RECORDED = {  # of a file of figures alone, without a known end and with long names
    "playing": "set speed 1\npress start\nuntil training\nrun 19000epochs",
    "held": "press pause\nrun 300ms",
    "looking back": "key ,\nrun 300ms",
    "played": "press resume\nuntil complete\nrun 1s",
}
THINNED = {  # of a file with states, of which few are kept
    "thinned": "set speed 1\npress start\nuntil training\nrun 2000epochs\npress pause\nkey ,\nrun 1s",
    "damaged": "press resume\nuntil error\nrun 1s",
}
NAMES = {"title": "What a language model of ours learned", "dataset": "a-corpus-with-a-long-name-of-its-own"}
QUOTED = RunError(
    "refused: " + "Wsz " * 20 + "W" * 80,
    hint="Check that it runs at http://127.0.0.1:3001, then press Retry.",
    code="http-400",
)
Window = tuple[tuple[int, int], float]  # pixels, pixels a unit
LONGER = "longer"  # English with longer words
AT_ONE = [*SIZES, (800, 600), (1366, 768), (2560, 1080)]  # the sizes at which they have to fit
WIDEST = (7680, 2160)  # the dearest: at one scale alone
WINDOWS: list[Window] = [
    (size, scale)
    for scale in SCALES
    for size in (AT_ONE if scale == 1 else SIZES)
    if scale == 1 or (size != WIDEST and (size[0] / scale, size[1] / scale) not in AT_ONE)  # the same page, enlarged
]


def spoken(window: int, state: int) -> str:
    """What is spoken in a window of WINDOWS in a state of STATES."""
    _, scale = WINDOWS[window]
    every = [*LANGUAGES]
    return LONGER if scale == 1 else FIRST if scale == 2 else every[(window + state) % len(every)]


@dataclass(frozen=True)
class Word:
    """A text as it would be if nothing clipped it."""

    text: str
    panel: str
    bounds: Bounds

    def over(self, other: Word) -> bool:
        (ax, ay, aw, ah), (bx, by, bw, bh) = self.bounds, other.bounds
        return ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah


class Measured(Overlay):
    """Remembers what each text would cover if it were not clipped: what is cut off cannot be seen to be missing."""

    def resize(self, size: tuple[int, int]) -> None:
        """As the real one, but a surface of the same size stays: a new one is dear."""
        if hasattr(self, "surface") and self.surface.get_size() == size:
            for panel in self._panels.values():
                self.surface.fill((0, 0, 0, 0), panel.bounds)
            self._panels.clear()
        else:
            super().resize(size)

    def put(
        self, panel: str, bounds: Bounds, items: Sequence[Item], *, key: object = None, front: bool = False
    ) -> None:
        super().put(panel, bounds, items, key=key, front=front)
        self.whole = {**getattr(self, "whole", {}), panel: [self._word(panel, item) for item in items]}

    def describe(self) -> list[dict[str, Any]]:
        """As the real one, which looks at the whole surface; here only where words are."""
        width, height = self.surface.get_size()
        told = []
        for word in self.words():
            part = pygame.Rect(word.bounds).clip((0, 0, width, height))
            ink = pygame.mask.from_surface(self.surface.subsurface(part), threshold=0).count()
            told.append({"text": word.text, "rect": list(word.bounds), "panel": word.panel, "pixels": ink})
        return told

    def digest(self) -> str:
        """Nobody asks, and the sum of a surface this large takes as long as all else here."""
        return ""

    def words(self) -> list[Word]:
        """All that is shown now."""
        return [word for panel in self._panels for word in self.whole[panel] if word]

    def _word(self, panel: str, item: Item) -> Word | None:
        if not isinstance(item, Text) or not item.text.strip():
            return None
        picture, at = self._written(item)
        ink = picture.get_bounding_rect()
        return Word(item.text, panel, (round(at[0]) + ink.x, round(at[1]) + ink.y, ink.w, ink.h))


@dataclass(frozen=True)
class Sized:
    """A renderer of a size that draws nothing."""

    size: tuple[int, int]


@dataclass(frozen=True)
class Shown:
    """What a window shows in one state."""

    told: dict[str, Any]
    words: list[Word]
    layout: Layout
    language: str


def seen(stage: Stage, size: tuple[int, int], scale: float, language: str) -> Shown:
    """The top scene in a window of `size`, on a surface as high as its page."""
    stage.appearance.choose(language=language)
    board, top = stage.first, stage.app.scenes.top
    stage.context.scale.wished, stage.context.renderer = scale, Sized(size)
    top.entries()  # has it stand where it belongs
    overlay = board.overlay if top is board else top._overlay  # type: ignore[attr-defined]
    overlay.resize((size[0], max(size[1], board.page.height)))
    top.picture(now=0.0, blend=1.0)
    return Shown(top.describe(), overlay.words(), board.page, language)


Begun = AbstractContextManager[tuple[Stage, Any]]


class Walk:
    """A visualizer that goes from state to state, in their order."""

    def __init__(self, begin: Callable[[], Begun], folder: Path, states: dict[str, str] = STATES) -> None:
        self._begin, self._path, self._states = begin, folder / "part.script", states
        self._open = ExitStack()
        self._ahead: list[str] = []

    def close(self) -> None:
        self._open.close()

    def to(self, state: str) -> dict[Window, Shown]:
        """Play on to a state, from the beginning where it has been passed; what it shows in every window."""
        if state not in self._ahead:
            self._open.close()
            self._stage, self._pilot = self._open.enter_context(self._begin())
            self._ahead = [*self._states]
        while state in self._ahead:
            self._play(self._ahead.pop(0))
        at = [*self._states].index(state)
        every = {window: seen(self._stage, *window, spoken(k, at)) for k, window in enumerate(WINDOWS)}
        seen(self._stage, (1280, 720), 1.0, FIRST)
        return every

    def _play(self, state: str) -> None:
        self._path.write_text(self._states[state], encoding="utf-8")
        play(self._path, VERBS, self._pilot.pilot)
        if state == "quoted":  # the longest words that a server can put into the notice
            self._stage.controller.fail(QUOTED)
            self._pilot.run("1s")
        self._stage.first.find(Chart)._view.cursor = self._stage.controller.now.head or None


@pytest.fixture(scope="module")
def tables(longer: dict[str, str]) -> Iterator[None]:
    """One language more: English with longer words."""
    with mock.patch.object(words, "LANGUAGES", {**LANGUAGES, LONGER: longer}):
        yield


@pytest.fixture(scope="module")
def walk(rehearsed: Any, tables: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """One run through all states, as far as tests ask for them."""
    folder = tmp_path_factory.mktemp("words")
    scenes = ("scenes.kit.part_scene.Overlay", "scenes.kit.help_scene.Overlay")
    with mock.patch(scenes[0], Measured), mock.patch(scenes[1], Measured):
        walk = Walk(lambda: rehearsed(folder), folder)
        yield walk
        walk.close()


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    """All tests of a state come together, and the states in their order."""
    return str(request.param)


@pytest.fixture(scope="module")
def shown(walk: Walk, state: str) -> dict[Window, Shown]:
    """The state in every window."""
    return walk.to(state)


def overlaps(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """The pairs of which one lies over the other."""
    x, y, w, h = np.array([word.bounds for word in words]).reshape(-1, 4).T
    across = (x[:, None] < x + w) & (x < (x + w)[:, None])
    down = (y[:, None] < y + h) & (y < (y + h)[:, None])
    for one, other in np.argwhere(np.triu(across & down, k=1)).tolist():
        yield words[one], words[other]


def faults(page: Shown, *, wide: int, quoted: bool) -> Iterator[str]:
    """What is wrong with the words of a page, a sentence each."""
    panels = page.told["panels"]
    height = max(page.told["size"][1], page.layout.height)
    whole = words.LANGUAGES[page.language].values()
    for word in page.words:
        x, y, w, h = word.bounds
        left, top, across, down = panels[word.panel]
        inside = left <= x and x + w <= left + across and top - ABOVE * page.layout.scale <= y and y + h <= top + down
        if not (inside and x >= 0 and y >= 0 and x + w <= wide and y + h <= height):
            yield f"'{word.text}' {word.bounds} leaves {word.panel} {panels[word.panel]}"
        if word.text.endswith("…") and word.text not in whole and not (quoted and word.panel == "error"):
            yield f"'{word.text}' is cut"
    for one, other in overlaps(page.words):
        apart = one.panel != other.panel and (one.panel in OVER or other.panel in OVER)
        if not apart:
            yield f"'{one.text}' {one.bounds} lies over '{other.text}' {other.bounds}"
    switches = {name: page.told["controls"][name]["rect"] for name in SWITCHES if page.told["controls"]}
    for word in page.words:
        for name, rect in switches.items():
            if word.panel in BESIDE and word.over(Word(name, word.panel, rect)):
                yield f"'{word.text}' {word.bounds} lies over the control {name} {rect}"


@pytest.fixture(scope="module")
def recorded(
    rehearsed: Any, tables: None, figures_file: Any, long_file: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Walk]]:
    """By state, the walk that leads there, of runs that are read from files."""
    folder = tmp_path_factory.mktemp("recorded")
    figures = figures_file(folder / "a-run-with-a-very-long-name-indeed.ndjson", 20_000, **NAMES)
    thinned = long_file(folder / "states.ndjson", 2500, damaged=True)
    with (
        mock.patch("scenes.kit.part_scene.Overlay", Measured),
        mock.patch("scenes.training.run.KeptStates", lambda keeps: KeptStates(200_000)),
    ):
        walks = [
            Walk(lambda: rehearsed(folder, file=figures), folder, RECORDED),
            Walk(lambda: rehearsed(folder, file=thinned), folder, THINNED),
        ]
        yield dict.fromkeys(RECORDED, walks[0]) | dict.fromkeys(THINNED, walks[1])
        for walk in walks:
            walk.close()


@pytest.mark.parametrize("state", [*RECORDED, *THINNED])
def test_the_words_of_a_recorded_run_fit(recorded: dict[str, Walk], state: str) -> None:
    wrong = [
        f"{size[0]}x{size[1]} at {scale:g}, {page.language}: {fault}"
        for (size, scale), page in recorded[state].to(state).items()
        for fault in faults(page, wide=size[0], quoted=False)
        if not fault.endswith("is cut")  # names may be as long as they like
    ]
    assert not wrong, "\n".join(wrong)


def test_words_fit(shown: dict[Window, Shown], state: str) -> None:
    wrong = [
        f"{size[0]}x{size[1]} at {scale:g}, {page.language}: {fault}"
        for (size, scale), page in shown.items()
        for fault in faults(page, wide=size[0], quoted=state == "quoted")
    ]
    assert not wrong, "\n".join(wrong)


def test_every_word_has_ink(shown: dict[Window, Shown]) -> None:
    for where, page in shown.items():
        assert page.words
        assert not [each for each in page.told["texts"] if not each["pixels"]], where
