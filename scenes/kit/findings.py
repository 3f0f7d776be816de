"""What a run has come to, in a sentence made of its own numbers: one table of rules, the first that holds is told."""

from collections.abc import Callable

from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

KINDS = {"digits": "digits", "csv": "rows"}  # what the samples of a data set are; else points, of those in a plane
RISEN = 1.2  # times its lowest, from which the unseen loss has risen, and is not just noisy
SINCE = 5  # epochs since that lowest one, at least


def finding(snapshot: Snapshot) -> str:
    """The sentence; nothing of a run that does not say how it does on what it has not seen, row by row.

    Nor of one whose counts do not fit its own accuracy: a card shows that, and the screen would contradict itself.
    """
    accuracy = snapshot.validation_accuracy
    if snapshot.run is None or snapshot.run.network is None or snapshot.state is None or accuracy is None:
        return ""
    right, of, _ = unseen(snapshot)
    if not of or round(accuracy * of / 100) != right:
        return ""
    return next(told for told in (rule(snapshot) for rule in RULES) if told)


def unseen(snapshot: Snapshot) -> tuple[int, int, str]:
    """How many of the samples that were kept aside are told right, of how many, and what they are called."""
    assert snapshot.state and snapshot.run and snapshot.run.network
    counts, network = snapshot.state.confusion, snapshot.run.network
    kind = KINDS.get(network.dataset, "points" if network.flat else "rows")
    return int(counts.trace()), int(counts.sum()), kind


def by_heart(snapshot: Snapshot) -> str:
    """The unseen loss has risen above its lowest while the other one went on falling."""
    run, epoch = snapshot.run, snapshot.epoch
    assert run
    loss, new = run.loss[:epoch], run.validation_loss[:epoch]
    best = int(new.argmin())
    if epoch - 1 - best < SINCE or new[-1] < RISEN * new[best] or loss[-1] >= loss[best]:
        return ""
    return f"it learns by heart: the unseen loss was lowest at epoch {best + 1:,}"


def verdict(snapshot: Snapshot) -> str:
    """At the end: how it does, and whether it did better before."""
    right, of, kind = unseen(snapshot)
    if snapshot.status is not Status.COMPLETE or snapshot.replay:
        return ""
    assert snapshot.run
    accuracy = snapshot.run.validation_accuracy[: snapshot.epoch]
    best = int(accuracy.argmax())
    most = round(accuracy[best] * of / 100)
    before = f"; its best was {most:,}, at epoch {best + 1:,}" if most > right else ""
    return f"it gets {right:,} of {of:,} unseen {kind} right{before}"


def result(snapshot: Snapshot) -> str:
    """How it does now; always true."""
    right, of, kind = unseen(snapshot)
    return f"it gets {right:,} of {of:,} unseen {kind} right"


RULES: tuple[Callable[[Snapshot], str], ...] = (verdict, by_heart, result)


def sentence(snapshot: Snapshot) -> str:
    """Stand-in."""
    from .run_words import description

    found = finding(snapshot)
    return f"{description(snapshot)}: {found}." if found else description(snapshot)


short_sentence = sentence
