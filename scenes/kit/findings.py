"""What there is to say of a run at this moment, in one sentence made of its own numbers.

One table of rules: the first that holds is told, with the numbers that triggered it. A rule reads the epoch that is
shown and those before it, so that looking back tells what was told then; of columns it reads the last few rows and what
the run keeps as its best, so that a sentence costs the same however long the run is. What it reads more than one epoch
of are means, compared with their noise: a rule holds, or does not, for more than the moment.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scenes.training.epoch import CUT
from scenes.training.lifecycle import Status
from scenes.training.parameters import FILE, LEARNING_RATES, OWN
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

from .run_words import EXPLODING, VANISHING, diverged, gradient, percent, significant, so_far, stopped, trouble
from .trends import UNSEEN_ACCURACY, changed, scatter, trend
from .words import say

RISEN = 1.2  # times its lowest, that the unseen loss has risen to where a run learns by heart
LEAST_RISE = 0.01  # that it has risen by: of a loss near 0, a fifth is nothing
SINCE = 5  # epochs since that lowest one, at least; and those whose mean is compared with it
NOISE = 2.0  # times the scatter of single epochs, that it has risen by
WINDOW = 10  # epochs whose mean loss is compared with that of the ten before
STILL, NOISY = 0.02, 0.05  # of the loss: what has moved by less stands still; by less than noise does, up to the second
MOSTLY, LATELY = 3, 5  # at so many of so many epochs a rule holds before it is told, so that it does not flicker
DEAD = 0.25  # of a hidden layer, from which its silent neurons are told
DONE = (
    99.0  # percent right of what is seen, from which a small gradient is no trouble: there is nothing left to correct
)
NEAR = 2.0  # points of a hundred: an end that is less below the best is about as good
LONGEST_NAME = 16  # characters of a column, in a sentence
TASKS = {
    OWN: "rows",
    "digits": "digits",
    "colours": "colours",
    "animals": "animals",
}  # what is learned of a data set; else points, of those in a plane


@dataclass(frozen=True)
class Finding:
    """The `words` (a key of the table) of a rule that holds, and its figures: the numbers that triggered it, and more.

    `level`: which words say how the run does, with the same figures. `whole`: whether they are all of the sentence.
    """

    words: str
    figures: Mapping[str, object] = field(default_factory=dict)
    level: str = ""
    whole: bool = False

    def told(self, *, short: bool, lately: bool = True) -> str:
        """The words, filled in; without what came `lately` where that has no room."""
        figures = self.figures if lately else {**self.figures, "lately": ""}
        level = say(f"level.{self.level}", short=short, **figures) if self.level else ""
        return say(self.words, short=short, level=level, **figures)


Rule = Callable[[Snapshot], Finding | None]


def sentence(snapshot: Snapshot) -> str:
    """What there is to say, in one sentence; there always is one."""
    return _told(snapshot, finding(snapshot), short=False)


def sentences(snapshot: Snapshot) -> tuple[str, str, str]:
    """The same in three forms: whole, without what came lately, and where there is room for half of it."""
    found = finding(snapshot)
    return (
        _told(snapshot, found, short=False),
        _told(snapshot, found, short=False, lately=False),
        _told(snapshot, found, short=True),
    )


def finding(snapshot: Snapshot) -> Finding:
    """The first rule that holds. The last one always does."""
    return next(found for found in (rule(snapshot) for rule in RULES) if found)


def _told(snapshot: Snapshot, found: Finding, *, short: bool, lately: bool = True) -> str:
    told = found.told(short=short, lately=lately)
    if found.whole:
        return told
    return say(_opening(snapshot), short=short, epoch=snapshot.epoch, so_far=so_far(snapshot), told=told)


def _opening(snapshot: Snapshot) -> str:
    """Which words say the epoch that is shown, and in which state."""
    if snapshot.replay:
        return "again"
    if stopped(snapshot):
        return "cut" if snapshot.ending and snapshot.ending.status == CUT else "stopped"
    return {Status.PAUSED: "held", Status.ERROR: "broken"}.get(snapshot.status, "now")


def nothing_yet(snapshot: Snapshot) -> Finding | None:
    """Before the first epoch: what will be learned, what is waited for, or that there is nothing."""
    if snapshot.epoch:
        return None
    read, attempt = snapshot.source == FILE, snapshot.attempt
    match snapshot.status:
        case Status.IDLE:
            columns = snapshot.network.columns if snapshot.network else ()
            learned = next((column.name for column in columns if column.became == "class"), "")
            if learned:
                short = learned if len(learned) <= LONGEST_NAME else f"{learned[: LONGEST_NAME - 1]}…"
                return Finding("task.column", {"column": short}, whole=True)
            return Finding(f"task.{_task(snapshot)}", whole=True)
        case Status.LOADING if attempt:
            figures = {"number": attempt.number, "of": attempt.of, "wait": snapshot.attempt_left}
            return Finding("next_try" if snapshot.attempt_left > 0 else "this_try", figures, whole=True)
        case Status.LOADING:
            return Finding("reading" if read else "asking", whole=True)
        case Status.ERROR:
            return Finding("no_run", whole=True)
        case _:
            return Finding("first_epoch", whole=True)


def _task(snapshot: Snapshot) -> str:
    source = snapshot.source
    return source if source in (FILE, "simulated") else TASKS.get(str(snapshot.parameters.dataset), "points")


def what_if(snapshot: Snapshot) -> Finding | None:
    """Some neurons are silent: how the rest does, and how all of them did."""
    run, network = snapshot.run, snapshot.network
    if not snapshot.silent or run is None or network is None or snapshot.validation_accuracy is None:
        return None
    level, figures = _level(snapshot)
    was = run.at(snapshot.epoch).validation_accuracy or 0.0
    told = say("best.percent", best=percent(was))
    if isinstance(of := figures.get("of"), int):
        told = say("best.counts", best=round(was * of / 100))
    (layer, index), count = min(snapshot.silent), len(snapshot.silent)
    inner = 0 < layer < len(network.shape) - 1
    who = say("who.hidden" if inner else "who.other", layer=layer, number=index + 1) if count == 1 else ""
    who = who or say("who.many", count=count)
    few = say("few.one" if count == 1 else "few.many", layer=layer, number=index + 1, count=count)
    return Finding("what_if", {**figures, "who": who, "few": few, "was": told}, level, whole=True)


def without_figures(snapshot: Snapshot) -> Finding | None:
    """Of an epoch whose figures are not there, its number is told."""
    run = snapshot.run
    if run is None or run.available < snapshot.epoch or snapshot.loss is None or snapshot.accuracy is None:
        return Finding("bare", {"so_far": so_far(snapshot)}, whole=True)
    return None


def too_large_steps(snapshot: Snapshot) -> Finding | None:
    """The run diverged: at which loss, and what to try where its learning rate can be chosen."""
    if not diverged(snapshot):
        return None
    run = _run(snapshot)
    rose = snapshot.epoch > 1 and run.loss[snapshot.epoch - 1] > run.loss[0]
    words, rate = "diverged.rose" if rose else "diverged.stood", snapshot.settings.learning_rate
    figures: dict[str, object] = {"epoch": snapshot.epoch, "loss": _loss(snapshot), "rate": rate}
    if snapshot.source == FILE or rate is None or rate <= LEARNING_RATES[0]:
        return Finding(words, figures, whole=True)
    return Finding(f"{words}.try", {**figures, "smaller": max(LEARNING_RATES[0], rate / 10)}, whole=True)


def verdict(snapshot: Snapshot) -> Finding | None:
    """At the end: which epoch is on the screen and how it does, which was best, and what that means."""
    if snapshot.status is not Status.COMPLETE or snapshot.replay or diverged(snapshot) or stopped(snapshot):
        return None
    run, epoch = _run(snapshot), snapshot.epoch
    level, figures = _level(snapshot)
    now = run.validation_accuracy if len(run.validation_accuracy) else run.accuracy
    at, best = run.best_unseen(epoch) or run.best_seen(epoch)
    counted = say("best.percent", best=percent(best))
    if isinstance(of := figures.get("of"), int):
        counted = say("best.counts", best=round(best * of / 100))
    missing = best - float(now[epoch - 1])
    words = "best" if missing <= 0 else "near" if missing < NEAR else "by_heart" if by_heart(snapshot) else "late"
    return Finding(f"verdict.{words}", {**figures, "epoch": epoch, "at": at, "best": counted}, level, whole=True)


def silent(snapshot: Snapshot) -> Finding | None:
    """A share of the neurons of a hidden relu layer gave 0 for every training row that its mean is taken of.

    A relu is never below 0, so a mean of exactly 0 is one of zeros alone.
    """
    network, state = _run(snapshot).network, snapshot.state
    if network is None or state is None or network.activation != "relu":
        return None
    for layer, means in enumerate(state.activations[1:-1], start=1):
        dead = int((means == 0).sum())
        if dead and dead >= DEAD * len(means):
            return Finding("dead", {"layer": layer, "dead": dead, "of": len(means)})
    return None


def by_heart(snapshot: Snapshot) -> Finding | None:
    """The unseen loss has risen above its lowest, by more than noise, while the seen one went on falling."""
    run, epoch = _run(snapshot), snapshot.epoch
    lowest = run.lowest_unseen(epoch)
    if lowest is None or sum(_risen(run, each, lowest) for each in _lately(epoch)) < MOSTLY:
        return None
    at, least = lowest
    times = run.validation_loss[epoch - SINCE : epoch].mean() / least if least else float("inf")
    return Finding("by_heart", {"lowest": at, "times": significant(float(times)), "kind": _kind(snapshot)})


def _risen(run: TrainingRun, epoch: int, lowest: tuple[int, float]) -> bool:
    """Whether at `epoch` the mean unseen loss is that far above its `lowest`, and the mean seen one below its own."""
    at, least = lowest
    if epoch - at < SINCE:
        return False
    new = run.validation_loss[max(0, epoch - 2 * SINCE) : epoch]
    mean, seen = float(new[-SINCE:].mean()), float(run.loss[epoch - SINCE : epoch].mean())
    rise = max(LEAST_RISE, NOISE * scatter(new))
    return mean >= RISEN * least and mean - least >= rise and seen < float(run.loss[at - 1])


def plateau(snapshot: Snapshot) -> Finding | None:
    """The loss stands still: over twenty epochs it has moved by less than STILL, or by less than its noise."""
    run, epoch = _run(snapshot), snapshot.epoch
    right = snapshot.accuracy if snapshot.validation_accuracy is None else snapshot.validation_accuracy
    if epoch < 2 * WINDOW + SINCE or right == 100:
        return None
    moved = [_moved(run, each) for each in _lately(epoch)]
    if sum(stands for _, stands in moved) < MOSTLY:
        return None
    level, figures = _level(snapshot)
    return Finding("plateau", {**figures, "span": WINDOW, "change": f"{100 * moved[-1][0]:.1f}"}, level)


def _lately(epoch: int) -> range:
    """The last few epochs, at MOSTLY of which a rule holds."""
    return range(epoch - LATELY + 1, epoch + 1)


def _moved(run: TrainingRun, epoch: int) -> tuple[float, bool]:
    """By which share of itself the mean loss has moved at `epoch`, and whether that is to stand still."""
    last = run.loss[epoch - 2 * WINDOW : epoch]
    change, _, noise = changed(last, window=WINDOW)
    before = float(last[:WINDOW].mean())
    share = abs(change) / before if before else 0.0
    return share, share < STILL or (share < NOISY and abs(change) <= noise)


def gradients(snapshot: Snapshot) -> Finding | None:
    """The gradient of a layer vanishes while there is much to correct, or explodes."""
    norms = snapshot.state.gradient_norms if snapshot.state else ()
    for layer, norm in enumerate(map(float, norms), start=1):
        kind = trouble(norm)
        if kind == "explode" or (kind and (snapshot.accuracy or 0.0) < DONE):
            limit = VANISHING if kind == "vanish" else EXPLODING
            return Finding(kind, {"layer": layer, "norm": gradient(norm), "limit": limit})
    return None


def result(snapshot: Snapshot) -> Finding:
    """How it does now, and whether the last epochs helped; always true."""
    level, figures = _level(snapshot)
    return Finding(f"result.{level}", {**figures, "lately": _lately_told(snapshot)}, level)


def _lately_told(snapshot: Snapshot) -> str:
    """Whether it gets better on the unseen, and when it was best; or, after a while, since when it has not."""
    run, epoch = _run(snapshot), snapshot.epoch
    best, lately = run.best_unseen(epoch), trend(run, UNSEEN_ACCURACY, epoch)
    if best is None or lately is None or epoch < 2 * SINCE:
        return ""
    if not lately.real:
        return say("lately.since", at=best[0]) if epoch - best[0] >= 2 * SINCE else ""
    before = say("lately.best", at=best[0]) if best[0] < epoch else ""
    return say(f"lately.{lately.direction}", since=lately.since) + before


RULES: tuple[Rule, ...] = (
    *(nothing_yet, what_if, without_figures, too_large_steps, verdict),
    *(silent, by_heart, plateau, gradients, result),
)


def _level(snapshot: Snapshot) -> tuple[str, dict[str, object]]:
    """Which words say how the run does, and their figures: in counts where they fit its own accuracy.

    Counts that do not are not told: a card shows the accuracy, and the screen would contradict itself.
    """
    figures: dict[str, object] = {
        "accuracy": percent(snapshot.accuracy or 0.0),
        "loss": _loss(snapshot),
        "kind": _kind(snapshot),
    }
    accuracy = snapshot.validation_accuracy
    if accuracy is None:
        return "simulated" if snapshot.source == "simulated" else "seen", figures
    right, of = (0, 0)
    if snapshot.state is not None:
        counts = snapshot.state.confusion
        right, of = int(counts.trace()), int(counts.sum())
    if not of or round(accuracy * of / 100) != right:
        return "unseen", {**figures, "accuracy": percent(accuracy)}
    return "all" if right == of else "counts", {**figures, "right": right, "of": of}


def _kind(snapshot: Snapshot) -> str:
    """What the samples are called."""
    network = _run(snapshot).network
    if network is None:
        return say("rows")
    return say(TASKS.get(network.dataset, "points" if network.flat else "rows"))


def _loss(snapshot: Snapshot) -> str:
    return "" if snapshot.loss is None else significant(snapshot.loss, digits=3)


def _run(snapshot: Snapshot) -> TrainingRun:
    """The run of a snapshot that has one."""
    assert snapshot.run is not None
    return snapshot.run
