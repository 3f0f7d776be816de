"""Rows F: the table of states, and what a visitor, a source and the clock may do to it in any order."""

import random
from collections.abc import Callable, Iterator

import numpy as np

from engine.clock import TICK
from engine.input import Key
from engine.state_machine import StateMachine
from engine.worker import Cancellation, Job, Message, Report, Worker
from scenes.training.controller import TrainingController
from scenes.training.epoch import Ending, Epoch, Network
from scenes.training.failure import RunError
from scenes.training.lifecycle import TABLE, Status
from scenes.training.parameters import Parameters
from scenes.training.playback import MOST_EPOCHS
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

from .ground import Ground
from .row import Row, need

LEGAL = {  # the catalogue's table: what is legal in each state, and where it leads
    "idle": {"start": "loading", "set_param": "idle"},
    "loading": {"loaded": "training", "failed": "error", "stop": "idle"},
    "training": {"pause": "paused", "stop": "idle", "tick": "training", "tick_last": "complete", "failed": "error"},
    "paused": {"resume": "training", "stop": "idle", "failed": "error"},
    "complete": {"start": "loading", "stop": "idle", "set_param": "complete"},
    "error": {"retry": "loading", "stop": "idle", "set_param": "error"},
}
ALWAYS = ("set_speed", "internal_error")
WISHES = ("start", "pause", "resume", "stop", "retry")
WORKERS = ("loaded", "failed", "tick", "tick_last")
STEPS = 100_000  # of a random walk


class Stepped(Worker):
    """A worker without a thread: a job runs when `finish` is called, the newest or one that was given up."""

    def __init__(self) -> None:
        self.ticket = 0
        self.jobs: dict[int, tuple[Cancellation, Job]] = {}  # submitted and not finished
        self._said: list[Message] = []

    @property
    def wanted(self) -> int:
        """Jobs whose answer somebody still waits for, heard of or not."""
        open_jobs = sum(not cancellation.cancelled for cancellation, _ in self.jobs.values())
        return open_jobs + sum(each.ticket == self.ticket and each.kind != "report" for each in self._said)

    def submit(self, job: Job) -> int:
        """See Worker."""
        self.cancel()
        self.jobs[self.ticket] = (Cancellation(), job)
        return self.ticket

    def cancel(self) -> None:
        """See Worker."""
        if self.ticket in self.jobs:
            self.jobs[self.ticket][0].cancel()
        self.ticket += 1

    def drain(self) -> Iterator[Message]:
        """See Worker."""
        said, self._said = self._said, []
        return (message for message in said if message.ticket == self.ticket)

    def finish(self, ticket: int | None = None) -> None:
        """Run that job to its end; the newest where none is named."""
        number = self.ticket if ticket is None else ticket
        cancellation, job = self.jobs.pop(number)
        try:
            result = job(cancellation, lambda value: self._said.append(Message(number, "report", value)))
            self._said.append(Message(number, "result", result))
        except RunError as why:
            self._said.append(Message(number, "error", why))


class Given:
    """A source that gives runs at once, or fails; the losses of the n-th run lie between n and n + 1."""

    takes_parameters = True

    def __init__(self) -> None:
        self.fails = False
        self.count = 0

    def run(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        """See Source."""
        if self.fails:
            raise RunError("The server is down.", hint="Start it.", code="down")
        self.count += 1
        report(TrainingRun(parameters))
        for number in range(1, parameters.epochs + 1):
            report(Epoch(number, self.count + 1 / (number + 1), number * 37 % 101))
        return Ending("complete", "all epochs were sent")

    def preview(self, parameters: Parameters) -> Network | None:
        """See Source: nobody knows."""

    def refusal(self, parameters: Parameters) -> str:
        """See Source: nobody knows."""
        return ""

    def close(self) -> None:
        """See Source: nothing is held."""


class Play:
    """A controller whose worker and source do as they are told, led to a state by legal wishes."""

    def __init__(self, state: str = "idle", *, stale: bool = False) -> None:
        self.worker, self.source = Stepped(), Given()
        self.run = TrainingController(self.source, self.worker, chosen=Parameters(epochs=5))
        if stale:  # something has been asked for and given up, and may yet be answered
            self.run.start()
            self.run.stop()
        self._lead(state)

    def _lead(self, state: str) -> None:
        run = self.run
        if state == "idle":
            return
        run.start()
        if state == "loading":
            return
        self.source.fails = state == "error"
        self.worker.finish()
        self.source.fails = False
        for _ in range({"complete": 100, "error": 1}.get(state, 30)):  # 5 epochs of 12 ticks
            run.tick(TICK)
        if state == "paused":
            run.pause()
        need(run.machine.state.value == state, f"{state} cannot be reached")

    def wish(self, event: str) -> bool:
        """What a visitor does; whether it was legal."""
        run = self.run
        others: dict[str, Callable[[], bool]] = {
            "set_param": lambda: run.set_parameters(epochs=9),
            "set_speed": lambda: run.set_interval(run.interval + 1),
            **{name: getattr(run, name) for name in WISHES},
        }
        return others[event]()


def every_pair(ground: Ground) -> str:
    """F1: every pair."""
    pairs = 0
    for state, legal in LEGAL.items():
        for event in (*WISHES, "set_param", "set_speed"):
            play = Play(state)
            before = play.run.snapshot()
            taken, now = play.wish(event), play.run.snapshot()
            due = legal.get(event, state if event in ALWAYS else None)
            need(taken == (due is not None), f"{event} in {state}: {'taken' if taken else 'refused'}")
            need(now.status.value == (due or state), f"{event} in {state} leads to {now.status.value}")
            need(due is not None or now == before, f"{event} in {state} was refused and changed something")
            pairs += 1
        for event in (*WORKERS, "internal_error"):
            machine = StateMachine(TABLE, Status(state))
            due = legal.get(event, "error" if event == "internal_error" else None)
            taken = machine.send(event)
            need(taken == (due is not None) and machine.state.value == (due or state), f"{event} in {state}")
            pairs += 1
        play, twin = Play(state, stale=True), Play(state)
        play.worker.finish(min(play.worker.jobs))
        need(_told(play.run.tick(TICK)) == _told(twin.run.tick(TICK)), f"a stale answer in {state} changed something")
        pairs += 1
    return f"{pairs} pairs as in the table; what is refused changes nothing (to quit is tried in N22)"


def _told(now: Snapshot) -> tuple[object, ...]:
    """What two runs that went the same way have in common."""
    return now.status, now.epoch, now.head, now.epochs, now.loss, now.error and now.error.code, now.can, now.controls


def sequences(ground: Ground) -> str:
    """F2: sequences."""
    chance = random.Random(7)
    play, before = Play(), Play().run.snapshot()
    for step in range(STEPS):
        if step % 50 == 0:
            play = Play()
            before = play.run.snapshot()
        act = chance.choice((*WISHES, *WISHES, "set_param", "answer", "answer", "late", "time", "time", "broken"))
        reset = _do(play, act, chance)
        now = play.run.snapshot()
        _check(play, now, before, reset=reset, where=f"step {step}, {act}")
        before = now
    return f"{STEPS:,} random steps in walks of 50, no promise broken"


def _do(play: Play, act: str, chance: random.Random) -> bool:
    """Do that; whether the epoch may begin anew with it."""
    run, worker = play.run, play.worker
    if act in (*WISHES, "set_param"):
        state = run.machine.state.value
        taken = play.wish(act)
        need(taken == (act in LEGAL[state]), f"{act} in {state}: {'taken' if taken else 'refused'}")
        return taken
    if act == "time":
        run.tick(TICK)
    elif act == "broken":
        run.fail(RunError("Broken inside.", hint="Press Retry.", code="bug"))
        return True
    elif act == "answer" and worker.ticket in worker.jobs and not worker.jobs[worker.ticket][0].cancelled:
        play.source.fails = chance.random() < 0.3
        worker.finish()
    elif act == "late" and (late := [ticket for ticket, job in worker.jobs.items() if job[0].cancelled]):
        worker.finish(chance.choice(late))
    return False


def _check(play: Play, now: Snapshot, before: Snapshot, *, reset: bool, where: str) -> None:
    """The promises that hold in every state. Raises Fails."""
    shown = (Status.TRAINING, Status.PAUSED, Status.COMPLETE)
    need(0 <= now.epoch <= now.head <= (now.epochs or 0), f"{where}: epoch {now.epoch} of {now.epochs}")
    need(reset or 0 <= now.head - before.head <= MOST_EPOCHS, f"{where}: from epoch {before.head} to {now.head}")
    need((play.worker.wanted == 1) == (now.status is Status.LOADING), f"{where}: {play.worker.wanted} requests")
    need((now.error is not None) == (now.status is Status.ERROR), f"{where}: error {now.error}")
    need((now.run is not None) == (now.status in shown), f"{where}: a run in {now.status.value}")
    need(now.status is not Status.COMPLETE or now.head == now.epochs, f"{where}: complete at epoch {now.head}")
    legal = {wish for wish in WISHES if wish in now.can}
    need(legal == set(LEGAL[now.status.value]) & set(WISHES), f"{where}: buttons {sorted(legal)}")


def double_click(ground: Ground) -> str:
    """F3: double click."""
    tried = 0
    for state, legal in LEGAL.items():
        for event in set(legal) & set(WISHES):
            play = Play(state)
            need(play.wish(event), f"{event} in {state} was refused")
            after = play.run.snapshot()
            need(not play.wish(event) and play.run.snapshot() == after, f"a second {event} in {state} was taken")
            tried += 1
    return f"{tried} double clicks, each second one refused and without any change"


def one_frame(ground: Ground) -> str:
    """F4: event and answer in one frame."""
    for answer_first in (True, False):
        play = Play("loading")
        ticket = play.worker.ticket
        if answer_first:
            play.worker.finish()
        need(play.run.stop(), "Stop is refused")
        if not answer_first:
            play.worker.finish(ticket)
        need(play.run.tick(TICK).status is Status.IDLE, "an answer has won over Stop")
    play = Play("error")
    play.source.fails = True
    need(play.run.retry(), "Retry is refused")
    play.worker.finish()
    need(play.run.tick(TICK).status is Status.ERROR, "the failure after Retry is lost")
    for pause_first in (True, False):
        play = Play("training")
        while play.run.now.head < 5:
            play.run.tick(TICK)
        for _ in range(11 if pause_first else 12):  # the end comes with the twelfth
            play.run.tick(TICK)
        need(play.run.pause() == pause_first, "Pause is taken after the end, or refused before it")
        due = Status.PAUSED if pause_first else Status.COMPLETE
        need(play.run.tick(TICK).status is due and play.run.now.head == 5, "an epoch is lost, or the state")
        need(play.run.resume() == pause_first, "Resume is refused, or taken at the end")
        need(play.run.tick(TICK).status is Status.COMPLETE, "the end is lost")
    return (
        "Stop wins over an answer in both orders; a failure follows Retry; Pause puts the end off, and never loses it"
    )


def in_flight(ground: Ground) -> str:
    """F5: parameters in flight."""
    for state in ("loading", "training", "paused"):
        play = Play(state)
        before = play.run.snapshot()
        need(not play.wish("set_param") and play.run.snapshot() == before, f"chosen in {state}")
    with ground.backend() as server, ground.visualizer(server, (1280, 720)) as (built, pilot):
        run = built.controller

        def press(value: str) -> None:
            at = built.first.place("batch_size", value)
            assert at
            pilot.pointer.down(at)
            pilot.tick()
            pilot.pointer.up()
            pilot.tick()

        built.app.handle(Key("1"))
        by_key = run.snapshot().controls.batch_size
        press("64")
        by_mouse = run.snapshot().controls.batch_size
        need((by_key, by_mouse) == (16, 64), f"before a run key and mouse choose {by_key} and {by_mouse}")
        run.start()
        built.app.handle(Key("2"))
        press("128")
        need(run.snapshot().controls.batch_size == 64, f"while it is fetched {run.now.controls.batch_size} is chosen")
        while run.now.epoch < 2:
            pilot.tick()
        built.app.handle(Key("2"))
        press("128")
        for _ in range(600):
            pilot.tick()
            if run.now.parameters.changes:
                break
        now, told = run.snapshot(), built.first.describe()["parameters"]
        turned = [change.turned for change in now.parameters.changes]
        need(turned == [{"batch_size": 128}], f"turned in a run: {turned}")
        need((now.parameters.batch_size, told["batch_size"]) == (64, 64), f"its own are {told['batch_size']} now")
    return (
        "refused by call in loading, training and paused, by key and mouse while it is fetched; in training what can "
        "be turned is a change from the next epoch on, and what the run began with stands"
    )


def speed_changes(ground: Ground) -> str:
    """F6: speed changes in the middle."""
    runs = []
    for changes in (0, 100):
        chance = random.Random(7)
        play = Play()
        play.run.set_parameters(epochs=200)
        play.run.start()
        play.worker.finish()
        head = 0
        for tick in range(100_000):
            if tick < changes:
                play.run.set_interval(chance.randint(1, 500))
            now = play.run.tick(TICK)
            need(0 <= now.head - head <= MOST_EPOCHS, f"from epoch {head} to {now.head}")
            head = now.head
            if now.status is Status.COMPLETE:
                break
        need(now.run and now.head == 200, f"{now.head} of 200 epochs")
        runs.append(now.run)
    need(runs[0] and runs[1] and np.array_equal(runs[0].loss, runs[1].loss), "the losses differ")
    return "100 changes: all 200 epochs, the losses of a run at constant speed"


def screen_agrees(ground: Ground) -> str:
    """F7: the screen agrees."""
    with ground.backend() as server, ground.visualizer(server) as (built, pilot):
        run = built.controller
        run.set_interval(50)
        run.set_parameters(epochs=5)

        def agrees(status: Status) -> None:
            for _ in range(3600):
                if run.now.status is status:
                    break
                pilot.tick()
            pilot.tick()
            told = built.first.describe()
            stands = {
                name for name in WISHES if told["controls"][name]["enabled"] and told["controls"][name]["visible"]
            }
            legal = set(LEGAL[status.value]) & set(WISHES)
            need(told["status"] == status.value, f"{told['status']} where {status.value} was due")
            need(stands == legal, f"in {status.value} the buttons are {sorted(stands)}, legal is {sorted(legal)}")

        agrees(Status.IDLE)
        run.start()
        agrees(Status.LOADING)
        agrees(Status.TRAINING)
        run.pause()
        agrees(Status.PAUSED)
        run.resume()
        agrees(Status.COMPLETE)
        run.stop()
        assert pilot.screen.command
        pilot.screen.command("error:400")
        run.start()
        agrees(Status.ERROR)
    return "6 states: the buttons that can be pressed are the legal wishes"


ROWS = (
    Row("F1", "every pair", "14 events in each of 6 states", every_pair),
    Row("F2", "sequences", "100,000 random events, answers and ticks", sequences, slow=True),
    Row("F3", "double click", "each legal wish twice in one frame", double_click),
    Row("F4", "event and answer in one frame", "Stop, Retry and Pause beside what comes", one_frame),
    Row("F5", "parameters in flight", "a choice by call, key and mouse in a run", in_flight),
    Row("F6", "speed changes in the middle", "100 random changes", speed_changes),
    Row("F7", "the screen agrees", "each state on the screen", screen_agrees),
)
