"""What a self-test has found out so far. What a program can judge is judged here; the rest somebody says. No pixels."""

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from engine.input import Point
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

TOUCH, KEYS, COLOURS, TEARING, FRAMES, SOUND, TRAINING = NAMES = (
    "touch",
    "keys",
    "colours",
    "tearing",
    "frames",
    "sound",
    "training",
)
ASKED = (COLOURS, TEARING, SOUND)  # what only somebody in front of the screen can say
ACROSS, DOWN = 5, 3  # parts of a wide screen that are to be touched; the other way round on an upright one
ASKED_KEYS = ("left", "up", "down", "right", "space")  # all that somebody with five keys has
COUNTED = 300  # frames of which the slowest are told
BEGINNING = 60  # frames that are not counted: the program is still being loaded
IN_TIME = 0.020  # seconds from one frame to the next that 95 of 100 may take: 50 a second, and no screen shows fewer


class Verdict(Enum):
    """How one thing stands."""

    OPEN = "open"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass
class Findings:
    """Everything that a self-test looks at."""

    parts: set[tuple[int, int]] = field(default_factory=set)  # of the screen that were touched: column, row
    fingers: int = 0  # at once, at most, as far as this can be told: 0 to 2
    keys: set[str] = field(default_factory=set)  # of those asked for that were pressed
    last_key: str = ""
    answers: dict[str, bool] = field(default_factory=dict)  # what somebody says of what the program cannot know
    silence: str = ""  # why there is no sound
    first_epoch: float = 0.0  # seconds from the wish to the first epoch
    _upright: bool = False
    _waited: float = 0.0
    _status: Status = Status.IDLE
    _error: str = ""
    _epochs: tuple[int, int] = (0, 0)
    _frames: deque[float] = field(default_factory=lambda: deque(maxlen=COUNTED))
    _unseen: int = BEGINNING

    @property
    def grid(self) -> tuple[int, int]:
        """Parts of the screen, across and down."""
        return (DOWN, ACROSS) if self._upright else (ACROSS, DOWN)

    @property
    def epochs(self) -> tuple[int, int]:
        """Those that have come, and those that are to come."""
        return self._epochs

    @property
    def error(self) -> str:
        """Why there was no training, in a sentence; empty where there was, or is."""
        return self._error

    @property
    def pace(self) -> tuple[float, float] | None:
        """Frames a second, and the seconds from one to the next that 95 of 100 kept; None as long as they are few."""
        if len(self._frames) < COUNTED:
            return None
        taken = sorted(self._frames)
        return len(taken) / sum(taken), taken[len(taken) * 95 // 100 - 1]

    def touched(self, at: Point, size: tuple[int, int]) -> None:
        """Somebody has touched a screen of `size` pixels there. One of another shape begins anew."""
        upright = size[1] > size[0]
        if upright is not self._upright:
            self._upright = upright
            self.parts.clear()
        across, down = self.grid
        column, row = int(at[0] * across / size[0]), int(at[1] * down / size[1])
        self.parts.add((min(max(column, 0), across - 1), min(max(row, 0), down - 1)))
        self.fingers = max(self.fingers, 1)

    def pressed(self, key: str) -> None:
        """A key was pressed."""
        self.last_key = key
        if key in ASKED_KEYS:
            self.keys.add(key)

    def framed(self, seconds: float) -> None:
        """A frame was shown so long after the one before."""
        if self._unseen:
            self._unseen -= 1
        else:
            self._frames.append(seconds)

    def heard(self, run: Snapshot, dt: float) -> None:
        """How the run stands, `dt` seconds after the last time."""
        self._status, self._epochs = run.status, (run.epoch, run.epochs or 0)
        self._error = run.error.sentence if run.error else ""
        self._waited += dt
        if run.epoch and not self.first_epoch:
            self.first_epoch = self._waited

    def verdicts(self) -> dict[str, Verdict]:
        """How each of `NAMES` stands."""
        across, down = self.grid
        told = {
            TOUCH: len(self.parts) == across * down or None,
            KEYS: len(self.keys) == len(ASKED_KEYS) or None,
            FRAMES: None if self.pace is None else self.pace[1] <= IN_TIME,
            TRAINING: {Status.COMPLETE: True, Status.ERROR: False}.get(self._status),
            **{name: self.answers.get(name) for name in ASKED},
        }
        if self.silence:
            told[SOUND] = False
        return {name: _verdict(told[name]) for name in NAMES}

    def told(self) -> dict[str, str]:
        """What was seen of each, in English, for a terminal."""
        across, down = self.grid
        pace, came, of = self.pace, *self._epochs
        said = {True: "somebody said yes", False: "somebody said no", None: "nobody has said"}
        told = {name: said[self.answers.get(name)] for name in ASKED}
        told |= {
            TOUCH: f"{len(self.parts)} of {across * down} parts of the screen"
            + (", two fingers at once" if self.fingers > 1 else ""),
            KEYS: ", ".join(key for key in ASKED_KEYS if key in self.keys) or "none",
            FRAMES: f"{pace[0]:.1f} a second, 95 of 100 within {pace[1] * 1000:.1f} ms" if pace else "too few to tell",
            TRAINING: self._error or f"{came} of {of} epochs, the first after {self.first_epoch:.2f} s",
        }
        if self.silence:
            told[SOUND] = self.silence
        return {name: told[name] for name in NAMES}


def _verdict(right: bool | None) -> Verdict:
    return Verdict.OPEN if right is None else Verdict.RIGHT if right else Verdict.WRONG
