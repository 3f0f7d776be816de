"""Wishes in, one frozen Snapshot a tick out. Knows no window and no HTTP; where runs come from is given."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.retry import Attempt
from engine.state_machine import StateMachine
from engine.worker import Worker

from .changes import Change
from .choice_history import ChoiceHistory
from .epoch import Ending, Epoch, Network, UnusableRun
from .failure import RunError
from .lifecycle import TABLE, Status
from .neuron import CROSS_ENTROPY, Place
from .parameters import CHOSEN, EPOCHS, LARGEST_SEED, OWN, TRAINED, Parameters, RunParameters
from .playback import INTERVAL, INTERVALS, Playback
from .run import TrainingRun
from .snapshot import Snapshot
from .sources.source import Source
from .steering import Steering, in_effect
from .what_if import without
from .worlds import MOST, Branch, World, Worlds, turned

REPEATS = 4  # times that a run is trained again, with other seeds: five tell how far they lie apart
BUSY = "Press Stop first: a run is on the screen, or is under way"  # why nothing can be chosen now


class TrainingController:
    """Runs the state machine. Each wish returns whether it was legal; what was not has changed nothing."""

    def __init__(
        self, source: Source, worker: Worker, *, interval: int = INTERVAL, chosen: Parameters | None = None
    ) -> None:
        self.machine = StateMachine(TABLE, Status.IDLE)
        self.chosen = chosen or Parameters()
        self.interval = interval
        self._source = source
        self._worker = worker
        self._playback: Playback | None = None
        self._put_away: World | None = None  # what undo brings back, until another run has come
        self._next: Snapshot | None = None  # the moment of the next epoch
        self._figures: tuple[TrainingRun, int, dict[str, Any]] | None = None  # of the run and the epoch that are shown
        self._requested = self.chosen
        self._asked: Parameters | None = None  # what the run that is played was asked for with, if it was
        self._silent: frozenset[Place] = frozenset()  # neurons of the run that are made to say nothing
        self._wanted = 0  # the epoch that an opened moment shows, until it is there
        self._history = ChoiceHistory()
        self._error: RunError | None = None
        self._attempt: Attempt | None = None
        self._attempt_left = 0.0
        self._worlds = Worlds()
        self._number, self._kept = 0, False  # of the run that is played
        self._branch: Branch | None = None  # that is on its way
        self._repeats: list[Parameters] = []  # what is fetched after it
        self._steering = Steering()
        self.refused = ""  # why the last branch did not come, until another one is asked for
        self.refusals = 0  # how many did not
        self._previews = False  # not before the first tick has passed: no first frame waits for it
        self.now = self.snapshot()  # as of the last tick, for whoever asks between two

    def start(self, changes: tuple[Change, ...] = ()) -> bool:
        """Ask for a new run with the chosen parameters; `changes` are turned in its middle."""
        return self.machine.send("start") and self._load(changes)

    def retry(self) -> bool:
        """Ask again after an error; with what the controls show, which is what was asked unless somebody moved them."""
        same = replace(self._requested, changes=()) == self.chosen
        return self.machine.send("retry") and self._load(self._requested.changes if same else ())

    def pause(self) -> bool:
        """Hold the playback at this epoch."""
        return self.machine.send("pause")

    def resume(self) -> bool:
        """Go on from the epoch that is shown; one that is looked at again leads to the last that has been played."""
        return self.machine.send("resume")

    def replay(self) -> bool:
        """Play a finished run again: from the epoch that is looked at, else from the first."""
        playback = self._playback
        if playback is None or not self.machine.send("replay"):
            return False
        if playback.looked_at is None:
            playback.look(1)
        return True

    def step(self) -> bool:
        """While paused, show the next epoch and stay paused; after the last one, the run is complete."""
        playback = self._playback
        if playback is None or not self.machine.send("step"):
            return False
        if playback.looked_at is not None:
            playback.look_beside(1)
            return True
        return self.resume() if playback.finished else playback.step()

    def look(self, epoch: int) -> bool:
        """Show `epoch` again; see Playback."""
        playback = self._playback
        if playback is None or not playback.epoch or not self.machine.send("look"):
            return False
        playback.look(epoch)
        return True

    def look_ahead(self) -> bool:
        """End looking back, whether it plays or rests: the last epoch that has been played is shown."""
        playback = self._playback
        if playback is None or playback.looked_at is None:
            return False
        playback.look(playback.epoch)
        if playback.finished:
            self.machine.send("tick_last")
        return True

    def look_beside(self, steps: int) -> bool:
        """Look `steps` epochs on, or back where they are negative; see Playback."""
        playback = self._playback
        if playback is None or not playback.epoch or not self.machine.send("look"):
            return False
        playback.look_beside(steps)
        return True

    def stop(self) -> bool:
        """Give up the request or put the run away; back to IDLE with nothing on the screen. `undo` brings it back."""
        if not self.machine.send("stop"):
            return False
        self._worker.cancel()
        self._forget()
        if self._put_away:
            self._history.put_away()
        return True

    def begin_anew(self) -> None:
        """As at first, with nothing that could be brought back: the next visitor is somebody else."""
        self.stop()
        self._put_away = None
        self._worlds, self._number = Worlds(), 0
        self._history = ChoiceHistory()

    def undo(self) -> bool:
        """Bring the run back that was put away last: paused where it was, or complete if it was at its end.

        Of one that was stopped while it was trained, all that had been sent is there.
        """
        world = self._put_away
        if world is None or not self.machine.send("undo_complete" if world.playback.finished else "undo"):
            return False
        self._put_away = None
        self._play(world)
        return True

    def branch(self, *, kept: bool = True, **changes: Any) -> bool:
        """Train on from the epoch that is shown, with these changes: see docs/protocol.md. False where that cannot be.

        The run that is shown goes on until the other one has come so far, and stays beside it where it is `kept`.
        Raises ValueError for what cannot be turned.
        """
        playback, now = self._playback, self.snapshot()
        if playback is None or not now.can & {"branch"}:
            return False
        whole = self._world(playback).whole
        if whole is None:
            return False
        asked = turned(whole, playback.shown, changes)
        if not self.machine.send("branch"):
            return False
        self._fetch(Branch(asked, playback.shown, kept))
        return True

    def steer(self, **changes: Any) -> bool:
        """Turn something of the run that is being trained: from its next epoch on, the same run otherwise.

        Several turns in a row are one, and the run waits for it. False where nothing can be turned now. Raises
        ValueError for what is out of bounds.
        """
        if self._playback is None or not self._may_steer(self._playback):
            return False
        replace(self.chosen, **changes)  # ValueError
        self._steering.turn(changes)
        return True

    def hold_steering(self) -> None:
        """A hand is on what is being turned: it does not count yet."""
        self._steering.wait()

    def _may_steer(self, playback: Playback) -> bool:
        """Whether the run is being trained, and its latest epoch is shown, behind which there are more."""
        run, status = playback.run, self.machine.state
        going = status in (Status.TRAINING, Status.PAUSED) and playback.looked_at is None and playback.epoch > 0
        more = run.epochs is not None and playback.epoch < run.epochs and not playback.finished
        known = self._asked is not None and run.network is not None and self._source.takes_parameters
        return going and more and known and (self._branch is None or self._branch.steered)

    def _steer_now(self, playback: Playback) -> None:
        """Have the run changed by what has been turned for good, as soon as nothing else is on its way."""
        self._steering.tick()
        if self._branch or not self._steering.settled:
            return
        whole = self._world(playback).whole if self._may_steer(playback) else None
        turned_now = self._steering.take()
        paused = self.machine.state is Status.PAUSED
        if whole is not None and self.machine.send("branch"):
            asked = turned(whole, playback.epoch, turned_now)
            self._fetch(Branch(asked, playback.epoch, kept=False, steered=True, paused=paused))

    def repeat(self, times: int = REPEATS) -> bool:
        """Train the run that is shown so often again, with the next seeds, and leave all of them beside each other.

        As many as have room on the screen. False where the run has not come to its end, or nobody can give it again.
        """
        playback = self._playback
        whole = self._world(playback).whole if playback and self.may_repeat else None
        if whole is None or not self.machine.send("branch"):
            return False
        room = min(times, MOST - 1 - len(self._worlds.others))
        first = (whole.seed or 0) + 1
        self._repeats = [replace(whole, seed=(first + k) % (LARGEST_SEED + 1)) for k in range(room)]
        self._fetch_next()
        return True

    @property
    def may_repeat(self) -> bool:
        """Whether the run that is shown can be trained again with other seeds."""
        playback = self._playback
        there = playback is not None and playback.run.ended and self._may_fetch(playback)
        return there and len(self._worlds.others) < MOST - 1 and self.machine.can("branch")

    def _fetch_next(self) -> None:
        """The next of the runs that are repeated, to its end, if there is one."""
        if self._repeats:
            asked = self._repeats.pop(0)
            self._fetch(Branch(asked, asked.epochs, kept=True))

    def _fetch(self, branch: Branch) -> None:
        self._branch, self.refused = branch, ""
        self._worker.submit(lambda cancellation, report: self._source.run(branch.asked, cancellation, report))

    def keep(self) -> bool:
        """Leave the run that is played on the screen when the next one comes, or do not any more."""
        if self._playback is None:
            return False
        self._kept = not self._kept
        return True

    def switch(self, number: int) -> bool:
        """Play the run of that number; the one that is played stays beside it."""
        if self._playback is None:
            alone = self._worlds.take(number) if self.machine.can("undo") else None
            if alone is None:
                return False
            self._play(alone)
            return self.machine.send("undo_complete" if alone.playback.finished else "undo")
        if self._branch or not self.machine.can("look"):
            return False
        found, epoch = self._worlds.take(number), self._playback.shown
        if found is None:
            return False
        self._worlds.add(self._world(self._playback))
        self._play(found)
        self.machine.send("branched")
        self.machine.send("tick_last" if found.playback.finished else "pause")
        found.playback.look(epoch)
        return True

    def remove(self, number: int) -> bool:
        """Take the run of that number off the screen; where it is the one that is played, the last of the others is."""
        if self._playback is None or number != self._number:
            return self._worlds.take(number) is not None
        others = self._worlds.others
        return bool(others) and self.switch(others[-1].number) and self._worlds.take(number) is not None

    def lay_out(self, runs: Sequence[tuple[TrainingRun, Parameters | None]]) -> bool:
        """Show these whole runs together, the first one played to its end; of each what would give it again, if known.

        Whatever was on the screen is put away. False where there is none.
        """
        self.stop()
        if not runs or not self.machine.send("undo_complete"):
            return False
        self._worlds = Worlds(known=self._worlds.known, before=self._worlds.before)
        taken, worlds = list[int](), list[World]()
        for run, asked in runs[:MOST]:
            taken.append(self._worlds.number_of(run, frozenset(taken)))
            worlds.append(World(Playback(run, interval=self.interval), asked, taken[-1]))
            worlds[-1].playback.skip_to(run.available)
        for world in worlds[1:]:
            self._worlds.add(world)
            self._worlds.know(worlds[0])
        self._play(worlds[0])
        return True

    def recall_numbers(self, known: Mapping[str, int]) -> None:
        """What numbers, and so colours, kept runs had in earlier sessions, by their ids."""
        self._worlds.before = dict(known)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of kept runs that are not to be given to others, by their ids."""
        return self._worlds.known

    def _world(self, playback: Playback) -> World:
        return World(playback, self._asked, self._number, self._kept)

    def _play(self, world: World) -> None:
        """Play that one from now on."""
        self._playback, self._asked = world.playback, world.asked
        self._number, self._kept = world.number, world.kept
        world.playback.interval = self.interval
        self._next = self._figures = None
        self._silent = frozenset()

    def _branched(self, branch: Branch, playback: Playback) -> None:
        """The other run has come as far as it is to be shown."""
        assert branch.run is not None
        self._branch, before = None, self._world(playback)
        if not before.playback.run.ended:  # the rest of it was given up for the other one
            before.playback.run.end(Ending("cancelled", ""))
        if branch.kept:
            self._worlds.add(before)
        number = self._worlds.free_number() if branch.kept else self._number
        other = Playback(branch.run, interval=self.interval)
        other.skip_to(branch.epoch)
        self._play(World(other, branch.asked, number, self._kept))
        if self._worlds.others:
            self._worlds.know(self._world(other))
        self.machine.send("branched")
        if branch.paused:
            self.machine.send("pause")
        self._fetch_next()

    def set_parameters(self, **changes: Any) -> bool:
        """Choose for the next run. Raises ValueError for a value outside its bounds."""
        if not self._may_choose:
            return False
        if changes.get("dataset", self.chosen.dataset) != self.chosen.dataset:
            changes = {"rows": (), **changes}  # they are rows of those data
        chosen = replace(self.chosen, **changes)
        if chosen != self.chosen:
            self._history.chose(self.chosen, changes)
        self.chosen = chosen
        return self.machine.send("set_param")

    def bring(self, table: str, class_column: str = "") -> str:
        """Let the next run learn a visitor's own rows, the text of a table; why that cannot be, or nothing.

        `class_column` is the name of the column that is learned, empty for the last one.
        """
        if not self._may_choose:
            return BUSY
        asked: dict[str, Any] = {"source": TRAINED, "dataset": OWN, "table": table, "class_column": class_column}
        if why := self._source.refusal(replace(self.chosen, **asked)):
            return why
        self.set_parameters(**asked)
        return ""

    def take_back(self) -> bool:
        """Undo what was done last: a choice, as long as one turn of a knob is one, or Stop."""
        while self._history:
            if self._history.run_is_last:
                self._history.pass_over()
                if self.undo():
                    return True
            elif not self._may_choose:
                return False
            else:
                self.chosen = self._history.back(self.chosen)
                return self.machine.send("set_param")
        return False

    def do_again(self) -> bool:
        """Choose again what `take_back` has taken back."""
        chosen = self._history.again(self.chosen) if self._may_choose else None
        self.chosen = chosen or self.chosen
        return chosen is not None and self.machine.send("set_param")

    def open(self, parameters: Parameters, epoch: int, silent: frozenset[Place] = frozenset()) -> bool:
        """Show that moment of the run that `parameters` give, paused; with `epoch` 0 they are only chosen.

        Of its neurons those in `silent` say nothing, as far as there are such.

        Whatever was on the screen is put away first. False where nothing can be chosen at all.
        """
        if not self._source.takes_parameters:
            return False
        self.stop()
        if not self.set_parameters(**{name: getattr(parameters, name) for name in CHOSEN}):
            return False
        if epoch and not (self.start(parameters.changes) or self.retry()):
            return False
        self._wanted, self._silent = epoch, silent if epoch else frozenset()
        return True

    def choose_seed(self, seed: int | None) -> None:
        """What the next run begins with, whatever the state: equal seeds and parameters give equal runs."""
        self.chosen = replace(self.chosen, seed=seed)

    def silence(self, place: Place) -> bool:
        """Let a neuron of the run say nothing from now on, or speak again: what is shown is what the rest can do."""
        network = self._playback.run.network if self._playback else None
        if network is None or not (place[0] < len(network.shape) and place[1] < network.shape[place[0]]):
            return False
        self._silent = self._silent ^ {place}
        self._figures = self._next = None
        return True

    def set_interval(self, interval: int) -> bool:
        """Playback speed, in milliseconds an epoch; also in the middle of a run."""
        self.interval = min(INTERVALS[1], max(INTERVALS[0], interval))
        if self._playback:
            self._playback.interval = self.interval
        return self.machine.send("set_speed")

    def fail(self, error: RunError) -> None:
        """Something inside broke: show ERROR rather than go down."""
        self.machine.send("internal_error")
        self._worker.cancel()
        self._forget()
        self._error = error

    def tick(self, dt: float) -> Snapshot:
        """Let `dt` seconds pass, one tick: hear the worker, advance the playback."""
        for message in self._worker.drain():
            self._hear(message.kind, message.value)
        self._attempt_left = max(0.0, self._attempt_left - dt)
        self._history.tick()
        if self._playback and self._wanted:
            self._show_wanted(self._playback)
        elif self._playback and self.machine.state is Status.TRAINING and not (self._branch and self._branch.steered):
            for event in self._playback.tick():
                self.machine.send(event)
        if self._branch and self._branch.there and self._playback:
            self._branched(self._branch, self._playback)
        if self._playback:
            self._steer_now(self._playback)
        now = self.refresh()
        self._previews = True
        return now

    def _show_wanted(self, playback: Playback) -> None:
        """Show the moment that was opened as soon as it is there."""
        if playback.skip_to(self._wanted):
            self._wanted = 0
            self.machine.send("tick_last" if playback.finished else "pause")

    def refresh(self) -> Snapshot:
        """Let `now` be this very moment."""
        self.now = self.snapshot()
        return self.now

    @property
    def upcoming(self) -> Snapshot | None:
        """The moment at which the next epoch is shown, as far as it is known; the same object until that one is there.

        None where no epoch follows by itself, or it has not come yet.
        """
        playback = self._playback
        if playback is None or self.machine.state is not Status.TRAINING:
            return None
        run, epoch = playback.run, playback.upcoming
        if epoch > run.available:
            return None
        if self._next is None or self._next.run is not run or self._next.epoch != epoch:
            head = max(epoch, playback.epoch)
            self._next = replace(self.now, epoch=epoch, head=head, **_figures(run, epoch, self._silent))
        return self._next

    def snapshot(self) -> Snapshot:
        """This moment, frozen."""
        state, effect = self.machine.state, self._in_effect
        bare = Snapshot(
            status=state,
            parameters=self._parameters,
            interval=self.interval,
            can=self.machine.wishes - self._idle_wishes | self._steering_wish,
            in_effect=effect,
            chosen=self.chosen if self._may_choose else effect or self._parameters,
            error=self._error if state is Status.ERROR else None,
            attempt=self._attempt if state is Status.LOADING else None,
            attempt_left=self._attempt_left,
            network=self._playback.run.network if self._playback else self._preview,
            number=self._number,
            kept=self._kept,
            beside=self._worlds.told,
            branching=self._branch is not None,
        )
        return self._with_run(bare, self._playback) if self._playback else bare

    def _with_run(self, bare: Snapshot, playback: Playback) -> Snapshot:
        run, epoch = playback.run, playback.shown
        if self._figures is None or self._figures[0] is not run or self._figures[1] != epoch:
            self._figures = run, epoch, _figures(run, epoch, self._silent) if epoch else {}
        return replace(
            bare,
            epoch=epoch,
            head=playback.epoch,
            epochs=run.epochs,
            **self._figures[2],
            ending=run.ending if playback.finished and epoch == playback.epoch else None,
            eta=playback.eta if bare.status is Status.TRAINING and epoch == playback.epoch else None,
            kept_every=run.kept_every,
            run=run,
            silent=self._silent if run.network else frozenset(),
        )

    @property
    def _may_choose(self) -> bool:
        return self._source.takes_parameters and self.machine.can("set_param")

    def _may_branch(self, playback: Playback) -> bool:
        """Whether the run can be trained on from the epoch that is shown: it was trained here, and goes on somehow."""
        run, epoch = playback.run, playback.shown
        diverged = run.ending is not None and run.ending.status == "diverged" and epoch == run.available
        return self._may_fetch(playback) and not diverged and 0 < epoch < EPOCHS[1]

    def _may_fetch(self, playback: Playback) -> bool:
        """Whether another run like this one can be had, and none is on its way."""
        known = self._asked is not None and playback.run.network is not None
        return known and self._source.takes_parameters and self._branch is None

    @property
    def _parameters(self) -> Parameters | RunParameters:
        """The run's own; without a run those asked for, or chosen, or none where nothing can be chosen."""
        if self._playback:
            return self._playback.run.parameters
        if not self._source.takes_parameters:
            return RunParameters()
        return self.chosen if self._may_choose else self._requested

    @property
    def _in_effect(self) -> Parameters | RunParameters | None:
        """The same at the epoch that is shown, with what was turned until then, or is being turned; None if nothing."""
        told, playback = self._parameters, self._playback
        if playback is None or not (told.changes or self._steering.turned):
            return None
        return in_effect(told, playback.shown, self._steering.turned)

    @property
    def _steering_wish(self) -> frozenset[str]:
        return frozenset({"steer"} if self._playback and self._may_steer(self._playback) else ())

    @property
    def _idle_wishes(self) -> frozenset[str]:
        """What the table allows, and what would yet do nothing."""
        idle = {"undo_complete"} | (set() if self._put_away else {"undo"})
        idle |= set() if self._playback and self._may_branch(self._playback) else {"branch"}
        return frozenset(idle | (set() if self._source.takes_parameters else {"set_param"}))

    @property
    def _preview(self) -> Network | None:
        """What a run with what is chosen, or has been asked for, would have."""
        parameters = self._parameters
        return self._source.preview(parameters) if self._previews and isinstance(parameters, Parameters) else None

    def _load(self, changes: tuple[Change, ...] = ()) -> bool:
        self._forget()
        self._requested = asked = replace(self.chosen, changes=changes)
        self._worker.submit(lambda cancellation, report: self._source.run(asked, cancellation, report))
        return True

    def _hear(self, kind: str, value: Any) -> None:
        try:
            self._take(kind, value)
        except UnusableRun as why:
            self._worker.cancel()
            self._take("error", RunError("The run cannot be shown.", hint=f"{why}.", code="unusable"))

    def _take(self, kind: str, value: Any) -> None:
        if self._branch:
            self._take_branch(self._branch, kind, value)
        elif isinstance(value, Attempt):
            self._attempt, self._attempt_left = value, value.wait
        elif isinstance(value, TrainingRun) and self.machine.send("loaded"):
            self._playback, self._put_away = Playback(value, interval=self.interval), None
            self._number, self._kept, self._asked = self._worlds.free_number(), False, self._requested
        elif isinstance(value, Epoch) and self._playback:
            self._playback.run.append(value)
        elif isinstance(value, Ending) and self._playback:
            self._playback.run.end(value)
        elif kind == "error" and self.machine.send("failed"):
            if self._playback:
                self._playback.look(self._playback.epoch)  # an error is told of the present, not of the past
            self._error = value if isinstance(value, RunError) else RunError.unexpected(value)

    def _take_branch(self, branch: Branch, kind: str, value: Any) -> None:
        """The same of a run that is on its way: where it fails, the one that is shown stays, and `refused` says why."""
        if isinstance(value, TrainingRun):
            branch.run = value
        elif isinstance(value, Epoch) and branch.run:
            branch.run.append(value)
        elif isinstance(value, Ending) and branch.run:
            branch.run.end(value)
        elif kind == "error":
            self.refused = value.sentence if isinstance(value, RunError) else RunError.unexpected(value).sentence
            self.refusals += 1
            if self._playback and not self._playback.run.ended:  # the rest of it was given up for the other one
                self._playback.run.end(Ending("cancelled", ""))
            self._branch, self._repeats = None, []
            self._steering.take()

    def _forget(self) -> None:
        """Put away what is shown, whole; what it was to become is not known any more."""
        if self._playback and self._playback.epoch:
            if not self._playback.run.ended:
                self._playback.run.end(Ending("cancelled", self._error.sentence if self._error else ""))
            if self._kept:
                self._worlds.add(self._world(self._playback))
            else:
                self._put_away = self._world(self._playback)
        self._playback = self._error = self._attempt = self._next = self._figures = self._branch = None
        self._wanted, self._silent, self._repeats = 0, frozenset(), []
        self._steering.take()


def _figures(run: TrainingRun, epoch: int, silent: frozenset[Place]) -> dict[str, Any]:
    """What a snapshot tells of an epoch, figures that no later epoch changes; some neurons may be `silent`."""
    now, unseen = run.at(epoch), run.best_unseen(epoch)
    network, heard = run.network, dict[str, Any]()
    if silent and network and now.state and len(network.samples):
        there = frozenset(place for place in silent if place[0] < len(network.shape))
        there = frozenset(place for place in there if place[1] < network.shape[place[0]])
        heard = without(network, now.state, there, run.parameters.loss or CROSS_ENTROPY)
    return {
        "loss": now.loss,
        "accuracy": now.accuracy,
        "validation_loss": now.validation_loss,
        "validation_accuracy": now.validation_accuracy,
        "state": now.state,
        "best_accuracy": run.best_accuracy(epoch),
        "best_unseen": unseen[1] if unseen else None,
        "best_unseen_epoch": unseen[0] if unseen else None,
        **heard,
    }
