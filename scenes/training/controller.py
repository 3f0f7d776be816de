"""Wishes in, one frozen Snapshot a tick out. Knows no window and no HTTP; where runs come from is given."""

from dataclasses import replace
from typing import Any

from engine.retry import Attempt
from engine.state_machine import StateMachine
from engine.worker import Worker

from .epoch import Ending, Epoch, Network, UnusableRun
from .failure import RunError
from .lifecycle import TABLE, Status
from .parameters import Parameters, RunParameters
from .playback import INTERVAL, INTERVALS, Playback
from .run import TrainingRun
from .snapshot import Snapshot
from .sources.source import Source


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
        self._looked_at: int | None = None  # an earlier epoch that is shown again
        self._requested = self.chosen
        self._error: RunError | None = None
        self._attempt: Attempt | None = None
        self._attempt_left = 0.0
        self._previews = False  # not before the first tick has passed: no first frame waits for it
        self.now = self.snapshot()  # as of the last tick, for whoever asks between two

    def start(self) -> bool:
        """Ask for a new run with the chosen parameters."""
        return self.machine.send("start") and self._load()

    def retry(self) -> bool:
        """Ask again after an error; with what the controls show, which is what was asked unless somebody moved them."""
        return self.machine.send("retry") and self._load()

    def pause(self) -> bool:
        """Hold the playback at this epoch."""
        return self.machine.send("pause")

    def resume(self) -> bool:
        """Go on from the last epoch that has been played."""
        if self._playback and self._looked_at and self.machine.can("resume"):
            self.look(self._playback.epoch)
        return self.machine.send("resume")

    def step(self) -> bool:
        """While paused, show the next epoch and stay paused; after the last one, the run is complete."""
        playback = self._playback
        if playback is None or not self.machine.send("step"):
            return False
        if self._looked_at is not None:
            return self.look_beside(1)
        return self.resume() if playback.finished else playback.step()

    def look(self, epoch: int) -> bool:
        """Show `epoch` again, held within those that have been played; the last one ends looking back.

        Where its state is kept no more, the nearest epoch that is kept is shown instead, all of it.
        """
        playback = self._playback
        if playback is None or not playback.epoch or not self.machine.send("look"):
            return False
        epoch = playback.run.look(min(max(1, epoch), playback.epoch))
        self._looked_at = epoch if epoch < playback.epoch else None
        return True

    def look_beside(self, steps: int) -> bool:
        """Look `steps` epochs on, or back where they are negative, from the one that is shown: of those kept."""
        playback = self._playback
        if playback is None or not playback.epoch:
            return False
        return self.look(playback.run.beside(self._looked_at or playback.epoch, steps))

    def stop(self) -> bool:
        """Give up the request or put the run away; back to IDLE with nothing on the screen."""
        if not self.machine.send("stop"):
            return False
        self._worker.cancel()
        self._forget()
        return True

    def set_parameters(self, **changes: Any) -> bool:
        """Choose for the next run. Raises ValueError for a value outside its bounds."""
        if not self._may_choose:
            return False
        self.chosen = replace(self.chosen, **changes)
        return self.machine.send("set_param")

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
        if self._playback and self.machine.state is Status.TRAINING:
            for event in self._playback.tick():
                self.machine.send(event)
        now = self.refresh()
        self._previews = True
        return now

    def refresh(self) -> Snapshot:
        """Let `now` be this very moment."""
        self.now = self.snapshot()
        return self.now

    def snapshot(self) -> Snapshot:
        """This moment, frozen."""
        state = self.machine.state
        bare = Snapshot(
            status=state,
            parameters=self._parameters,
            interval=self.interval,
            can=self.machine.wishes - (frozenset() if self._source.takes_parameters else {"set_param"}),
            error=self._error if state is Status.ERROR else None,
            attempt=self._attempt if state is Status.LOADING else None,
            attempt_left=self._attempt_left,
            network=self._playback.run.network if self._playback else self._preview,
        )
        return self._with_run(bare, self._playback) if self._playback else bare

    def _with_run(self, bare: Snapshot, playback: Playback) -> Snapshot:
        run, epoch = playback.run, self._looked_at or playback.epoch
        now = run.at(epoch) if epoch else None
        unseen = run.best_unseen(epoch) if epoch else None
        return replace(
            bare,
            epoch=epoch,
            head=playback.epoch,
            epochs=run.epochs,
            loss=now.loss if now else None,
            accuracy=now.accuracy if now else None,
            validation_loss=now.validation_loss if now else None,
            validation_accuracy=now.validation_accuracy if now else None,
            state=now.state if now else None,
            ending=run.ending if playback.finished and epoch == playback.epoch else None,
            best_accuracy=run.best_accuracy(epoch) if epoch else None,
            best_unseen=unseen[1] if unseen else None,
            best_unseen_epoch=unseen[0] if unseen else None,
            eta=playback.eta if bare.status is Status.TRAINING else None,
            kept_every=run.kept_every,
            run=run,
        )

    @property
    def _may_choose(self) -> bool:
        return self._source.takes_parameters and self.machine.can("set_param")

    @property
    def _parameters(self) -> Parameters | RunParameters:
        """Those chosen for the next run, or asked for by this one; where nothing can be asked for, the run's own."""
        if not self._source.takes_parameters:
            return self._playback.run.parameters if self._playback else RunParameters()
        return self.chosen if self._may_choose else self._requested

    @property
    def _preview(self) -> Network | None:
        """What a run with what is chosen, or has been asked for, would have."""
        parameters = self._parameters
        return self._source.preview(parameters) if self._previews and isinstance(parameters, Parameters) else None

    def _load(self) -> bool:
        self._forget()
        self._requested = asked = self.chosen
        self._worker.submit(lambda cancellation, report: self._source.run(asked, cancellation, report))
        return True

    def _hear(self, kind: str, value: Any) -> None:
        try:
            self._take(kind, value)
        except UnusableRun as why:
            self._worker.cancel()
            self._take("error", RunError("The run cannot be shown.", hint=f"{why}.", code="unusable"))

    def _take(self, kind: str, value: Any) -> None:
        if isinstance(value, Attempt):
            self._attempt, self._attempt_left = value, value.wait
        elif isinstance(value, TrainingRun) and self.machine.send("loaded"):
            self._playback = Playback(value, interval=self.interval)
        elif isinstance(value, Epoch) and self._playback:
            self._playback.run.append(value)
        elif isinstance(value, Ending) and self._playback:
            self._playback.run.end(value)
        elif kind == "error" and self.machine.send("failed"):
            self._looked_at = None  # an error is told of the present, not of an epoch that is shown again
            self._error = value if isinstance(value, RunError) else RunError.unexpected(value)

    def _forget(self) -> None:
        self._playback = self._looked_at = self._error = self._attempt = None
