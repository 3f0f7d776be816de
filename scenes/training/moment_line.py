"""A moment of a run as one line of words that brings it back: what was chosen, which epoch is shown, from where.

`spiral layers=8,8 activation=relu learning_rate=0.03 noise=0.2 seed=7 epoch=31 camera=-0.2,0.1,5`. What is as usual is
left out, so that the line says what is special. Equal parameters give equal runs, so nothing else is needed.
"""

import math
from dataclasses import dataclass, replace
from difflib import get_close_matches

from . import changes as journal
from .neuron import Place
from .parameter_words import NUMBER, changed, text_of, value_of
from .parameters import CHOSEN, CURVE, DATASETS, EPOCHS, OWN, SIMULATED, TRAINED, Parameters, RunParameters, matters
from .snapshot import Snapshot

LONGEST = 1000  # characters
NOTE = "AI Training Visualizer: "  # stands before the line in a picture
USUAL = Parameters(source=TRAINED)
NAMED = tuple(name for name in CHOSEN if name not in ("source", "dataset"))
OF_A_CURVE = ("learning_rate", "batch_size", "epochs", "seed")
OF_THE_MOMENT = ("changes", "epoch", "silent", "neuron", "sample", "camera")
MOST_FAR = 1e4  # of a camera's numbers

Camera = tuple[float, float, float]  # yaw and pitch in radians, distance in world units


class NotALine(ValueError):
    """The text is no line of a moment; the message says what is amiss."""


@dataclass(frozen=True)
class Looked:
    """What is looked at beside the run itself: a neuron, or the link into it from `source`; a sample at a `step`.

    All are counted from 0; None for none. While a sample is led through, the neuron is that of its step.
    """

    neuron: Place | None = None
    source: int | None = None
    sample: int | None = None
    step: int = 0


NOTHING = Looked()


@dataclass(frozen=True)
class MomentLine:
    """What a line says. `epoch` 0: nothing has been trained yet; `camera` None: as it stands."""

    parameters: Parameters
    epoch: int = 0
    camera: Camera | None = None
    silent: frozenset[Place] = frozenset()  # neurons that say nothing
    looked: Looked = NOTHING

    def __str__(self) -> str:
        asked = self.parameters
        words = [CURVE if asked.source == SIMULATED else asked.dataset]
        for name in self._telling:
            value = getattr(asked, name)
            if value is not None and value != getattr(USUAL, name):
                words.append(f"{name}={text_of(name, value)}")
        words += [f"changes={journal.written(asked.changes)}"] if asked.changes else []
        words += [f"epoch={self.epoch}"] if self.epoch else []
        places = [f"{layer}.{index + 1}" for layer, index in sorted(self.silent)]
        words += [f"silent={','.join(places)}"] if places else []
        words += self._looked_at
        words += [f"camera={','.join(f'{part:.6g}' for part in self.camera)}"] if self.camera else []
        return " ".join(words)

    @property
    def _looked_at(self) -> list[str]:
        looked, words = self.looked, list[str]()
        if looked.neuron:
            link = "" if looked.source is None else f".{looked.source + 1}"
            words.append(f"neuron={looked.neuron[0]}.{looked.neuron[1] + 1}{link}")
        return words if looked.sample is None else [*words, f"sample={looked.sample + 1}.{looked.step + 1}"]

    @property
    def _telling(self) -> tuple[str, ...]:
        """The settings that make a difference to such a run."""
        if self.parameters.source == SIMULATED:
            return OF_A_CURVE
        return tuple(name for name in NAMED if matters(name, self.parameters.dataset))


def line_of(now: Snapshot, camera: Camera, looked: Looked = NOTHING) -> MomentLine | None:
    """The line of what is on the screen; None where none can bring it back: a file's run, or a visitor's own rows."""
    told = now.parameters
    if isinstance(told, RunParameters):
        told = as_chosen(told) or told
    if not isinstance(told, Parameters) or (told.source == TRAINED and told.dataset == OWN):
        return None
    if told.source == TRAINED and told.seed is None:
        told = replace(told, seed=0)  # what the backend takes where nobody says
    return MomentLine(told, now.epoch, camera, now.silent, looked)


def as_chosen(told: RunParameters) -> Parameters | None:
    """What somebody would have to choose to get that run; None where the controls do not reach so far."""
    values = {name: getattr(told, name) for name in (*CHOSEN, "changes")} | {"rows": told.rows or ()}
    if told.features is None:  # data that are no points of a plane
        values["features"] = USUAL.features
    try:
        asked = Parameters(**values)
        return replace(asked, layers=None) if asked.layers == replace(asked, layers=None).hidden else asked
    except (TypeError, ValueError):
        return None


def read_line(text: str) -> MomentLine:
    """What a line says. Raises NotALine, in words that name what is amiss."""
    words = text.split()
    if not words or len(text) > LONGEST:
        raise NotALine(f"a line has 1 to {LONGEST} characters, as in: {MomentLine(USUAL, 31)}")
    first = str(value_of("dataset", words[0]))
    if first == OWN:
        raise NotALine("a line cannot bring back somebody's own rows: open them with --csv")
    if first not in (*DATASETS, CURVE):
        raise NotALine(f"'{words[0]}' is no data set{_meant(words[0], (*DATASETS, CURVE))}")
    given: dict[str, str] = {}
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if not equals or name not in (*NAMED, *OF_THE_MOMENT):
            raise NotALine(f"'{word}' is no setting{_meant(name, (*NAMED, *OF_THE_MOMENT))}")
        if name in given:
            raise NotALine(f"{name} is told twice")
        given[name] = value
    epoch, camera = _epoch(given.pop("epoch", "0")), _camera(given.pop("camera", ""))
    silent = _silent(given.pop("silent", ""))
    looked = _looked(given.pop("neuron", ""), given.pop("sample", ""))
    turned = given.pop("changes", "")
    base = replace(USUAL, source=SIMULATED) if first == CURVE else replace(USUAL, dataset=first)
    try:
        asked = changed(base, given)
        asked = replace(asked, changes=journal.read(turned)) if turned else asked
    except ValueError as why:
        raise NotALine(str(why)) from None
    if epoch > asked.epochs:
        raise NotALine(f"epoch {epoch} is beyond the last one, {asked.epochs}")
    return MomentLine(asked, epoch, camera, silent, looked)


def _epoch(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 4) or int(text) > EPOCHS[1]:
        raise NotALine(f"epoch '{text}' is not a whole number of 0 to {EPOCHS[1]}")
    return int(text)


def _camera(text: str) -> Camera | None:
    if not text:
        return None
    parts = text.split(",")
    if len(parts) != 3 or not all(NUMBER.fullmatch(part) and abs(float(part)) < MOST_FAR for part in parts):
        raise NotALine(f"camera '{text}' is not yaw,pitch,distance")
    yaw, pitch, distance = map(float, parts)
    return math.remainder(yaw, 2 * math.pi), pitch, distance


def _silent(text: str) -> frozenset[Place]:
    places = [part.split(".") for part in text.split(",")] if text else []
    for pair in places:
        if len(pair) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 5 for part in pair):
            raise NotALine(f"silent '{text}' are not neurons as layer.number, as in 1.3,2.1")
    if any(int(number) < 1 for _, number in places):
        raise NotALine(f"silent '{text}': the first neuron of a layer has the number 1")
    return frozenset((int(layer), int(number) - 1) for layer, number in places)


def _looked(neuron: str, sample: str) -> Looked:
    place = neuron.split(".") if neuron else []
    if neuron and not (len(place) in (2, 3) and all(map(_counted, place[1:])) and _number(place[0])):
        raise NotALine(f"neuron '{neuron}' is not layer.number, or layer.number.number for a link, as in 1.3 or 1.3.2")
    link = int(place[2]) - 1 if len(place) == 3 else None
    way = sample.split(".") if sample else []
    if sample and not (len(way) == 2 and all(map(_counted, way))):
        raise NotALine(f"sample '{sample}' is not number.step, as in 12.3")
    return Looked(
        (int(place[0]), int(place[1]) - 1) if place else None,
        link,
        int(way[0]) - 1 if way else None,
        int(way[1]) - 1 if way else 0,
    )


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def _counted(text: str) -> bool:
    return _number(text) and int(text) > 0


def _meant(word: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(word, known, n=1)
    return f", did you mean '{close[0]}'?" if close else f"; known are: {', '.join(known)}"
