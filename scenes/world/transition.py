"""What is shown of the run, on its way from one epoch to the next and to rest: nothing changes within one frame."""

from dataclasses import dataclass, replace

from engine.motion import Glide
from scenes.training.epoch import State
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from .faces import Faces, Levels, Question, faces
from .strengths import Strengths, paired, strengths

BLEND = 0.3  # seconds from one look to another; from epoch to epoch an interval at most, so that nothing lags behind


@dataclass(frozen=True, eq=False)
class Shown:
    """One moment. `trained`, `active` and `busy` run from 0 to 1."""

    strengths: Strengths | None = None  # of the links and neurons, as far as `trained` goes
    loss: float = 1.0
    faces: Faces | None = None  # what the neurons see
    trained: float = 0.0  # from the seed's look to that of the strengths
    active: float = 0.0  # from no run to one that has the colour of its loss
    busy: float = 0.0  # whether the run moves
    known: float = 0.0  # from a network that nobody knows to one whose inputs wear their faces


@dataclass(frozen=True, eq=False)
class Way:
    """From one look to another, `share` of it gone. Both stay the same objects while only the share changes."""

    before: Shown
    after: Shown
    share: float


class Transition:
    """Follows the snapshots. Once settled it shows exactly what they say."""

    def __init__(self) -> None:
        self.question: Question | None = None  # what the network is asked, where one is known
        self._going = False  # whether it is known no more, and what it answered is on its way out
        self._state: State | None = None
        self._before = self._after = Shown()
        self._way = Glide(1.0)  # from before to after
        self._trained, self._active, self._busy, self._known = (Glide(0.0, seconds=BLEND) for _ in range(4))
        self._settled: Shown | None = None
        self._moving = False
        self._seen: tuple[float, Shown] | None = None  # what was asked for last, and at which blend
        self._ahead: tuple[State, Strengths, Levels | None, Question | None] | None = None  # of the next epoch
        self._ends: tuple[object, Shown, Shown] | None = None  # of the way that was asked for last, and of what

    def tick(self, snapshot: Snapshot, dt: float) -> None:
        """Move on by `dt` seconds."""
        if snapshot.loss is not None and (snapshot.state is not self._state or snapshot.loss != self._after.loss):
            self._turn(snapshot.state, snapshot.loss, snapshot.interval / 1000)
        self._trained.target = float(snapshot.state is not None)
        self._active.target = float(snapshot.loss is not None)
        self._busy.target = float(snapshot.status is Status.TRAINING)
        self._known.target = float(self.question is not None and not self._going)
        for glide in self._glides:
            glide.tick(dt)
        self._seen = None
        if self._going and not self._known.value and not self._trained.value:
            self.question, self._going = None, False
            self._before, self._after = replace(self._before, faces=None), replace(self._after, faces=None)
            self._settled = None
        self._look()
        if self._moving:
            self._settled = None

    def at(self, blend: float) -> Shown:
        """The moment between the last two ticks; the same object while nothing moves, and within a frame."""
        if self._moving:
            if self._seen is None or self._seen[0] != blend:
                self._seen = blend, self._between(blend)
            return self._seen[1]
        self._settled = self._settled or self._between(1.0)
        return self._settled

    def way(self, blend: float) -> Way:
        """The same moment as `at` has, unmixed: for what is made once an epoch."""
        share, glided = self._way.at(blend), self._glided(blend)
        made_of = self._before, self._after, glided
        if self._ends is None or self._ends[0] != made_of:
            before, after = (Shown(end.strengths, end.loss, end.faces, *glided) for end in made_of[:2])
            self._ends = made_of, before, after
        _, before, after = self._ends
        return Way(before if share < 1 else after, after, share)

    def prepare(self, state: State | None) -> None:
        """Work out ahead what the next epoch's `state` will look like."""
        if state is not None and (self._ahead is None or self._ahead[0] is not state):
            self._ahead = state, strengths(state), self._levels(state), self.question

    def ask(self, question: Question | None) -> None:
        """Let the faces be answers to this from now on: another run, or the data of one that is chosen.

        Where nobody knows the network any more, its faces fade first.
        """
        self._going = question is None
        if question is None:
            return
        self.question = question
        levels = self._levels(None)
        now = self._between(1.0).faces
        fits = levels is not None and now is not None and now.after.shape == levels.shape
        before = now.now if fits and now else levels
        self._before = replace(self._before, faces=_resting(before))
        self._after = replace(self._after, faces=_resting(levels))
        self._way = Glide(0.0, seconds=BLEND, target=1.0)
        self._state = self._settled = self._seen = None
        self._look()

    def jump(self, state: State) -> None:
        """Show `state` at once."""
        self._state = state
        self._before = self._after = Shown(strengths(state), faces=_resting(self._levels(state)))
        self._trained.jump(1.0)
        self._settled = self._seen = None
        self._look()

    def follow(self, other: "Transition") -> None:
        """Go on with the loss and the states that `other` shows, and without its strengths."""
        last = other.at(1.0)
        self._before = self._after = Shown(loss=last.loss)
        self._active, self._busy = replace(other._active), replace(other._busy)
        self._known = replace(other._known)
        self._settled = self._seen = None
        self._look()

    @property
    def _glides(self) -> tuple[Glide, ...]:
        return self._way, self._trained, self._active, self._busy, self._known

    def _look(self) -> None:
        """See whether anything moves: once a tick, since it is asked for many times a frame."""
        self._moving = any(glide.moving for glide in self._glides)

    def _between(self, blend: float) -> Shown:
        before, after, share = self._before, self._after, self._way.at(blend)
        seen = after.strengths
        if seen and before.strengths and share < 1:
            seen = before.strengths.towards(seen, share)
        loss = after.loss if share == 1 else before.loss + (after.loss - before.loss) * share
        worn = after.faces
        if worn and before.faces and share < 1:
            worn = Faces(before.faces.after, worn.after, share)
        return Shown(seen, loss, worn, *self._glided(blend))

    def _glided(self, blend: float) -> tuple[float, float, float, float]:
        """What is common to both ends of the way: trained, active, busy, known."""
        return self._trained.at(blend), self._active.at(blend), self._busy.at(blend), self._known.at(blend)

    def _turn(self, state: State | None, loss: float, interval: float) -> None:
        """Set out for another epoch from what is seen now; what is not seen yet needs no way."""
        now = self._between(1.0)
        ahead = self._ahead if self._ahead and self._ahead[0] is state and self._ahead[3] is self.question else None
        then = ahead[1] if ahead else strengths(state) if state else now.strengths
        same = now.strengths is not None and then is not None and now.strengths.fits(then)
        seen = now.strengths if same and now.trained > 0 else then
        if seen and then:
            seen, then = paired(seen, then)
        levels = ahead[2] if ahead else self._levels(state)
        worn = now.faces.now if now.faces and levels is not None and now.trained > 0 else levels
        self._before = Shown(seen, loss=now.loss if now.active > 0 else loss, faces=_resting(worn))
        self._state, self._after = state, Shown(then, loss=loss, faces=_resting(levels))
        self._way = Glide(0.0, seconds=min(BLEND, interval), target=1.0)

    def _levels(self, state: State | None) -> Levels | None:
        return faces(self.question, state) if self.question and self.question.count else None


def _resting(levels: Levels | None) -> Faces | None:
    return None if levels is None else Faces(levels, levels)
