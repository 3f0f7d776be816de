"""The 3D field as a part of any scene: it turns, floats and follows the run, and is what lies behind the panels."""

from collections.abc import Sequence
from dataclasses import replace
from math import dist

import numpy as np
from numpy.typing import NDArray

from engine.camera import Matrix, OrbitCamera
from engine.flat.fonts import Fonts
from engine.flat.overlay import Item
from engine.graphics.picture import Area, Picture
from engine.graphics.renderer import Renderer
from engine.input import Event, FocusLost, Key, Move, Point, Press, Release
from engine.motion import Eased, wrapped
from engine.scene import Entries
from scenes.kit.backdrop import Rows
from scenes.kit.drawing import Drawing
from scenes.kit.flat_pipelines import FlatPipelines
from scenes.kit.neuron_choice import NeuronChoice
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout
from scenes.kit.pointed import Pointed
from scenes.kit.theme import Theme, loss_colour, unit
from scenes.kit.walk_choice import WalkChoice
from scenes.training.epoch import Network
from scenes.training.lifecycle import Status
from scenes.training.moment_line import Looked, line_of
from scenes.training.neuron import Place
from scenes.training.parameters import FILE
from scenes.training.snapshot import Snapshot

from . import field
from .camera_input import move
from .faces import question
from .field_rows import Aim, Chosen, mote_rows
from .labels import Labels, Name, names
from .pipelines import WorldPipelines
from .walk_look import WalkLook, input_words, walk_names

TURNS = {Status.TRAINING: 1 / 30}  # turns a second of the camera where it goes round; else CALM_TURNS
CALM_TURNS = 1 / 120
PACE = {Status.TRAINING: 1.0, Status.LOADING: 1.0, Status.PAUSED: 0.0}  # of everything that moves; else CALM_PACE
CALM_PACE = 0.4
WALK_PACE = 0.6  # while a sample is led through
COARSE = 32  # pixels
CLICK = 6  # units that the pointer may move between press and release, so that it is a click
LEAST_HIT, LINK_HIT = 9, 4  # units about a neuron that hit it, however small it is; and about a link
TURN = 24.0  # pixels of drag that an arrow key stands for


class World(Part):
    """Camera, field and the time of their motion, which stands still while paused, and never jumps."""

    def __init__(
        self,
        renderer: Renderer,
        fonts: Fonts,
        *,
        particles: int = field.MOTES,
        choice: NeuronChoice | None = None,
    ) -> None:
        self.camera = OrbitCamera()
        self.choice = choice or NeuronChoice()  # the neuron that is looked at
        self.walk = WalkChoice()  # the sample that is led through the network
        self.pointed = Pointed()  # what the pointer is over
        self._wanted: Looked | None = None  # what an opened line looks at, until it is there
        self._pressed: Point | None = None  # where a press on the field began, that may be a click
        self.field = field.network(particles=particles)
        self.time = 0.0  # seconds of motion
        self.goes_round = False  # whether the camera goes round by itself, as the web app's; else it sways
        self._pace = Eased(CALM_PACE, rate=4.0)
        self._height = 1.0  # pixels, of the place where the field is seen
        self._pipelines = WorldPipelines(renderer)
        self._flat = FlatPipelines(renderer)
        self.labels = Labels(renderer, fonts)
        self._named: tuple[object, list[Name]] | None = None  # what is named, and of what that was made
        self._pipelines.motes.write(mote_rows(self.field))

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: turn and zoom; a click on a neuron looks at it."""
        move(self.camera, event, moment.page)
        match event:
            case Press(at):
                self._pressed = at if moment.page.field.holds(at) else None
            case Release(at) if self._pressed and dist(at, self._pressed) <= moment.page.px(CLICK):
                self.ask(*self._asked_at(at, moment.page))
        if isinstance(event, Move) and not self._pressed and moment.page.field.holds(event.at):
            self.pointed.neuron = self.neuron_at(event.at, moment.page)
        if isinstance(event, Release | FocusLost):
            self._pressed = None
        return not isinstance(event, Key)

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        run, still = moment.run, moment.still
        self._height = float(moment.page.field.h)
        pace = WALK_PACE if self.walk.open else PACE.get(run.status, CALM_PACE)
        self._pace.target = 0.0 if still else pace
        self._pace.tick(dt)
        self.time += dt * self._pace.value
        held = run.status is Status.PAUSED or still
        round_ = 0.0 if held or not self.goes_round else TURNS.get(run.status, CALM_TURNS)
        self.camera.tick(dt, turns=round_, sways=float(not held and not self.goes_round))
        self._shape(run)
        self._look_at_wanted(run)
        self.choice.fit(self.field.layers)
        self.choice.light.tick(dt)
        self.walk.tick(run, dt)
        field.tick(self.field, run, dt, still=still, pace=self._pace.value)
        self._name(moment, dt)

    def picture(self, drawing: Drawing, moment: Moment, panels: Rows) -> Picture:
        """See Backdrop."""
        theme, page, blend = moment.theme, moment.page, moment.blend
        view, area = self.camera.view(blend), page.field
        bounds = (float(area.x), float(area.y), float(area.right), float(area.bottom))
        aside, near = self.choice.light.at(blend), self._near
        chosen = Chosen(near, aside) if near and aside > 0 else None
        aim = Aim(chosen, self._look(blend), self.pointed.meant(self.field.layers))
        self._pipelines.fill(self.field, theme, view, time=self.time, blend=blend, aim=aim)
        self._pipelines.faces.wear(self._flat.tiles, theme)
        shown = self.field.transition.at(blend)
        self.labels.write(self.field.presence.at(blend), page)
        lit = self._lit(view, bounds, page)
        return Picture(
            ground=theme.ground,
            world=[*self._pipelines.all, self.labels.pipeline],
            panels=panels,
            glass=theme.glass(page.scale),
            flat=self._flat.filled(drawing),
            overlay=drawing.overlay,
            view=view,
            projection=self._projection(page),
            open_area=bounds,
            lit_area=lit,
            time=wrapped(self.time),
            scale=page.scale,
            light=theme.light,
            mood=(*unit(loss_colour(shown.loss, theme)), shown.active),
        )

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        self.field.transition.prepare(moment.run.state)
        return ()

    @property
    def looked(self) -> Looked:
        """What is looked at, as a line says it; of a row of the visitor's own none can."""
        if self.walk.open:
            sample = self.walk.sample
            return Looked() if sample is None else Looked(self.walk.asked, None, sample, self.walk.at)
        return Looked(self.choice.place, self.choice.source)

    def look_again(self, looked: Looked) -> None:
        """Look at that as soon as the run that is opened is there."""
        self.choice.clear()
        self.walk.clear()
        self._wanted = looked

    def _look_at_wanted(self, run: Snapshot) -> None:
        """See look_again; what that run has not is passed over."""
        wanted = self._wanted
        if wanted is None or run.status in (Status.TRAINING, Status.LOADING) or run.network is None:
            return
        self._wanted = None
        if wanted.sample is not None and self.walk.begin(run, wanted.sample):
            self.walk.show(wanted.step)
            if wanted.neuron and wanted.neuron[0] == self.walk.step.layer:
                self.walk.look(wanted.neuron)
        elif wanted.neuron and wanted.sample is None:
            self.choice.choose(wanted.neuron, wanted.source)

    def neuron_at(self, at: Point, page: Layout) -> Place | None:
        """The layer and the number of the neuron that is drawn at this point, the nearest to the eye; else None."""
        seen, w = self._on_screen(page)
        radius = np.maximum(self.field.neurons.radius * self._magnified(page) / w, page.px(LEAST_HIT))
        hit = np.flatnonzero(np.hypot(*(seen - at).T) <= radius)
        return self.field.place(int(hit[np.argmin(w[hit])])) if len(hit) else None

    def link_at(self, at: Point, page: Layout) -> tuple[Place, int] | None:
        """The neuron that the link drawn at this point goes to, and from which of the layer before; else None."""
        strengths = self.field.transition.at(1.0).strengths
        if strengths is None:
            return None
        index = strengths.index[strengths.in_field > 0]
        begin, end = (self._on_screen(page)[0][ends] for ends in self.field.links(index)[:2])
        way = end - begin
        along = np.clip(((at - begin) * way).sum(axis=1) / np.maximum(np.square(way).sum(axis=1), 1e-9), 0.0, 1.0)
        away = np.hypot(*(at - begin - along[:, None] * way).T)
        nearest = int(np.argmin(away)) if len(away) else 0
        if not len(away) or away[nearest] > page.px(LINK_HIT):
            return None
        layer, i, j = field.pairs(self.field.layers, index[nearest : nearest + 1])[:, 0].tolist()
        return (layer + 1, j), i

    def _asked_at(self, at: Point, page: Layout) -> tuple[Place | None, int | None]:
        """The neuron that a click at this point asks, and the link into it that it asks about."""
        if found := self.neuron_at(at, page):
            return found, None
        return (not self.walk.open and self.link_at(at, page)) or (None, None)

    def _on_screen(self, page: Layout) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where the neurons are drawn, pixels, float64 [drawn, 2]; and how far each is from the eye, [drawn]."""
        places = field.floating(self.field.neurons, self.time)
        points = np.column_stack([places, np.ones(len(places))]) @ (self.camera.view(1.0) @ self._projection(page))
        w = np.maximum(points[:, 3], 0.1)
        return (points[:, :2] / w[:, None] * (0.5, -0.5) + 0.5) * page.size, w

    def _magnified(self, page: Layout) -> float:
        """Pixels that a world unit takes at a distance of one."""
        return float(self._projection(page)[1, 1]) * page.size[1] * 0.5

    def added_to_click(self, at: Point, moment: Moment) -> str:
        """See Part: which neuron, or link into it, is looked at then; the camera sways while nobody answers."""
        found, source = self._asked_at(at, moment.page)
        if found is None or (found == self.choice.place and source in (None, self.choice.source)):
            return "neuron=none"
        return f"neuron={found[0]}.{found[1] + 1}" + (f".{source + 1}" if source is not None else "")

    def ask(self, place: Place | None, source: int | None = None) -> None:
        """What a click on that neuron, or on the link into it from `source`, does; or on none."""
        if self.walk.open:
            if place:
                self.walk.look(place)
        elif place or self.choice.place:
            self.choice.choose(place, source)

    @property
    def _near(self) -> Place | None:
        return self.choice.place or self.choice.last

    def near(self, blend: float) -> tuple[Place | None, float]:
        """The neuron that all else recedes for, or the one that it did, and how far, 0 to 1."""
        look = self._look(blend)
        return (look.place, look.aside) if look else (self._near, self.choice.light.at(blend))

    def _look(self, blend: float) -> WalkLook | None:
        """The step of a walk that is seen, or the one that goes."""
        walk = self.walk
        seen = (walk.told, walk.step, walk.focus) if walk.told else walk.last
        aside = walk.light.at(blend)
        if seen is None or aside <= 0 or seen[0].network.shape != self.field.layers:
            return None
        return WalkLook(*seen, aside)

    def turn(self, x: float, y: float) -> None:
        """Turn the camera by one press of an arrow key, `x` and `y` of -1 to 1."""
        self.camera.drag(x * TURN, y * TURN, self._height)

    def toggle_round(self) -> None:
        """Let the camera go round by itself, and back to swaying."""
        self.goes_round = not self.goes_round

    def describe(self, moment: Moment) -> Entries:
        """See Part: angles in radians, distance in world units."""
        camera, run = self.camera, moment.run
        shaped = run.source != FILE or run.run is None or run.run.network is not None  # else nobody knows it
        return {
            "shape": lambda: list(self.field.layers) if shaped else None,
            "camera": lambda: {
                "yaw": round(camera.yaw, 6),
                "pitch": round(camera.pitch, 6),
                "distance": round(camera.distance, 6),
            },
            "line": lambda: str(line_of(run, camera.place, self.looked) or ""),
            "counts": lambda: self.field.counts,
            "labels": lambda: self._labelled(moment),
        }

    def begin_anew(self) -> None:
        """See Part."""
        self.camera.begin_anew()
        self.goes_round = False
        self.choice.clear()
        self.walk.clear()
        self._wanted = None

    def _projection(self, page: Layout) -> Matrix:
        area = page.field
        return self.camera.projection(page.size, (float(area.x), float(area.y), float(area.right), float(area.bottom)))

    def _lit(self, view: Matrix, bounds: Area, page: Layout) -> Area:
        """The place of the field, and all that neurons with their halos may cover; pixels, in coarse steps.

        So it changes seldom, and all beyond it is at rest.
        """
        matrix, (width, height) = self._projection(page), page.size
        spheres = np.concatenate([part.lights for part in self.field.parts])
        points = spheres[:, :4] @ (view @ matrix)
        w = np.maximum(points[:, 3:], 0.1)
        places = (points[:, :2] / w * (0.5, -0.5) + 0.5) * (width, height)
        around = spheres[:, 4:] * (matrix[1, 1] * height * 0.5) / w
        left, top = np.minimum(np.floor((places - around).min(axis=0) / COARSE) * COARSE, bounds[:2])
        right, bottom = np.maximum(np.ceil((places + around).max(axis=0) / COARSE) * COARSE, bounds[2:])
        return float(left), float(top), float(right), float(bottom)

    def _name(self, moment: Moment, dt: float) -> None:
        """Let the names follow the network and the camera."""
        asked, state = self.field.transition.question, moment.run.state
        known, lamps = asked.network if asked else None, self.field.lamps
        shown = (lamps.sample, lamps.answer(self.field.layers[-1]) if state else -1) if lamps.lit else None
        look = self._look(1.0) if self.walk.open else None
        asked_for = self.field.layers, known, moment.theme.key, shown, look and (look.walk, look.step, look.focus)
        if self._named is None or self._named[0] != asked_for:
            self._named = asked_for, self._names(known, moment.theme, look, shown)
        self.labels.take(self._named[1], self.field, moment.theme, moment.page)
        self.labels.tick(self.camera.view(1.0), self._projection(moment.page), moment.page, dt)

    def _names(
        self, known: Network | None, theme: Theme, look: WalkLook | None, shown: tuple[int, int] | None
    ) -> list[Name]:
        """What is called what; while a sample is led through, with its numbers."""
        if look is None:
            return names(self.field.layers, known, theme, shown=shown)
        told = input_words(look)
        of_network = names(self.field.layers, known, theme, shown=None)
        numbered = walk_names(look, self.field, theme)
        taken = {name.neuron for name in numbered if name.neuron >= 0}
        rest = [replace(name, text=told.get(name.neuron, name.text)) for name in of_network if name.neuron not in taken]
        return numbered + rest

    def _labelled(self, moment: Moment) -> list[dict[str, object]]:
        rects = self.labels.rects(self.camera.view(1.0), self._projection(moment.page), moment.page)
        seen = zip(self.labels.names, rects.round().astype(int).tolist(), self.labels.visible, strict=True)
        return [
            {"text": name.text, "rect": [left, top, right - left, bottom - top]}
            for name, (left, top, right, bottom), visible in seen
            if visible
        ]

    def _shape(self, run: Snapshot) -> None:
        """Have the field of the network of the run, or of what is chosen; the seed's shape where nobody knows one."""
        network = run.network
        layers = network.shape if network else field.LAYERS
        if layers != self.field.layers:
            self.field = field.reshaped(self.field, layers)
        asked = self.field.transition.question
        if not alike(network, asked.network if asked else None):
            self.field.transition.ask(question(network) if network else None)


def alike(one: Network | None, other: Network | None) -> bool:
    """Whether both are asked the same and answer in the same words, so that nothing has to be made anew."""
    if one is other or one is None or other is None:
        return one is other
    same = ("shape", "dataset", "features", "classes", "activation")
    arrays = ("offset", "scale", "samples", "labels", "training")
    return all(getattr(one, name) == getattr(other, name) for name in same) and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays
    )
