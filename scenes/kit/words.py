"""What is said of a run: one table a language. A word that is not in it is said by nobody.

A key with ".short" is the same for a narrow place. What stands in braces is a named field with Python's own format;
another language may leave it out, or put it elsewhere. No pixels, no numbers of its own.
"""

from collections.abc import Mapping

SHORT = ".short"

ENGLISH: Mapping[str, str] = {
    # what the samples of a data set are
    "points": "points",
    "digits": "digits",
    "rows": "rows",
    "colours": "colours",
    "animals": "animals",
    # a visitor's minute: what is asked, what that means, what can be pressed
    "visit.data": "What shall it learn?",
    "visit.data.means": "This network knows nothing yet. You decide what it looks at.",
    "visit.digits": "Digits",
    "visit.digits.means": "read what hands have written",
    "visit.colours": "Colours",
    "visit.colours.means": "black or white words on them?",
    "visit.spiral": "A spiral",
    "visit.spiral.means": "tell blue from orange points",
    "visit.rate": "How fast shall it learn?",
    "visit.rate.means": "After every few examples it corrects itself. How far each time?",
    "visit.careful": "Carefully",
    "visit.careful.means": "small steps: 0.01",
    "visit.well": "Boldly",
    "visit.well.means": "larger ones: 0.1",
    "visit.reckless": "Recklessly",
    "visit.reckless.means": "very large ones: 1",
    "visit.start": "Start",
    "visit.start.means": "it looks at all examples, sixty times over",
    "visit.start.asked": "Ready?",
    "visit.learning": "It learns: watch the balls.",
    "visit.own.digits": "Your turn: draw a digit.",
    "visit.own.colours": "Your turn: press a colour.",
    "visit.own.spiral": "Your turn: press anywhere on the map.",
    "visit.own.means": "The balls that glow are those that speak up for the answer.",
    "visit.draw": "Draw here: 0 to 9",
    "visit.again": "Once more",
    "visit.again.means": "teach it something else",
    "visit.back": "Back",
    "visit.task": "What there is to learn",
    "visit.answers": "What it answers",
    "visit.yours": "Yours",
    # before a run: what it will be about
    "task.points": "Press Start: it will learn to tell the blue points from the orange ones.",
    "task.points.short": "Press Start: it learns blue from orange points.",
    "task.digits": "Press Start: it will learn to read handwritten digits, 0 to 9.",
    "task.digits.short": "Press Start: it learns to read digits.",
    "task.rows": "Press Start: it will learn the last column of your own rows from the others.",
    "task.rows.short": "Press Start: it learns from your own rows.",
    "task.column": "Press Start: it will learn the column “{column}” of your own rows from the others.",
    "task.column.short": "Press Start: it learns “{column}”.",
    "task.colours": "Press Start: it will learn whether black or white text is easier to read on a colour.",
    "task.colours.short": "Press Start: it learns which text suits a colour.",
    "task.animals": "Press Start: it will learn which animals are dangerous to a mouse.",
    "task.animals.short": "Press Start: it learns what mice have to fear.",
    "task.simulated": "Press Start: a made-up curve is played. No network is trained.",
    "task.simulated.short": "Press Start: a made-up curve, no network.",
    "task.file": "Press Play: a run that was recorded before is shown again.",
    "task.file.short": "Press Play: a run recorded before.",
    # while there is nothing to see yet, or no more
    "asking": "Fetching the run.",
    "reading": "Reading the file.",
    "next_try": "No answer yet: try {number} of {of} begins in {wait:.1f} s.",
    "next_try.short": "Try {number} of {of} in {wait:.1f} s.",
    "this_try": "No answer yet: try {number} of {of} is under way.",
    "this_try.short": "Try {number} of {of} is under way.",
    "first_epoch": "Waiting for the first epoch.",
    "no_run": "There is no run to show.",
    "bare": "Epoch {so_far}.",
    # which epoch is shown, and in which state; then what is told of it
    "now": "Epoch {epoch:,}: {told}.",
    "held": "Held at epoch {epoch:,}: {told}.",
    "held.short": "Epoch {epoch:,}: {told}.",
    "again": "Back at epoch {epoch:,}: {told}.",
    "again.short": "Epoch {epoch:,}: {told}.",
    "stopped": "Stopped at epoch {so_far}: {told}.",
    "stopped.short": "Epoch {so_far}: {told}.",
    "cut": "The file ends at epoch {so_far}: {told}.",
    "cut.short": "Epoch {so_far}: {told}.",
    "broken": "Broken off at epoch {so_far}: {told}.",
    "broken.short": "Epoch {so_far}: {told}.",
    # where some neurons are silent
    "what_if": "With {who} silent: {level}, instead of {was}.",
    "what_if.short": "Without {few}: {level}, not {was}.",
    "few.one": "{layer}·{number}",
    "few.many": "{count}",
    "who.hidden": "neuron {number} of hidden layer {layer}",
    "who.other": "one neuron",
    "who.many": "{count} neurons",
    "so_far": "{epoch:,}",
    "so_far.of": "{epoch:,} of {epochs:,}",
    # how it does: in counts, on what is unseen, on what is seen, or as somebody made it up
    "level.counts": "{right:,} of {of:,} unseen {kind} right",
    "level.counts.short": "{right:,} of {of:,} unseen right",
    "level.all": "all {of:,} unseen {kind} right",
    "level.all.short": "all {of:,} unseen right",
    "level.unseen": "{accuracy} of the unseen {kind} right",
    "level.unseen.short": "{accuracy} of the unseen right",
    "level.seen": "{accuracy} right",
    "level.simulated": "a made-up {accuracy} right",
    "result.counts": "it gets {level}{lately}",
    "result.counts.short": "{level}",
    "result.all": "it gets {level}{lately}",
    "result.all.short": "{level}",
    "result.unseen": "it gets {level}{lately}",
    "result.unseen.short": "{level}",
    "result.seen": "it gets {level}, with a loss of {loss}",
    "result.seen.short": "{level}, loss {loss}",
    "result.simulated": "no network, a made-up curve: {accuracy} right, a loss of {loss}",
    "result.simulated.short": "{level}, loss {loss}",
    # whether the last epochs helped; nothing where noise is all there is to see
    "lately.better": ", better than around epoch {since:,}",
    "lately.worse": ", worse than around epoch {since:,}",
    "lately.best": ", best at epoch {at:,}",
    "lately.since": ", no better than at epoch {at:,}",
    # what there is to say first
    "dead": "in hidden layer {layer}, {dead} of {of} neurons gave 0 for every row measured",
    "dead.short": "layer {layer}: {dead} of {of} neurons stay 0",
    "by_heart": "it learns by heart: its loss on unseen {kind} is {times} times that of epoch {lowest:,}",
    "by_heart.short": "learns by heart since epoch {lowest:,}",
    "plateau": "it stands still at {level}: {span} epochs moved the loss by {change}%",
    "plateau.short": "stands still, {level}",
    "vanish": "layer {layer} gets almost no correction: its gradient is {norm}, below {limit:g}",
    "vanish.short": "layer {layer} gets no correction",
    "explode": "layer {layer} gets huge corrections: its gradient is {norm}, above {limit:g}",
    "explode.short": "layer {layer} gets huge corrections",
    # the end: which epoch is on the screen, which was best, and what that means
    "best.counts": "{best:,}",
    "best.percent": "{best}",
    "verdict.best": "Epoch {epoch:,}, the last: {level}, its best.",
    "verdict.best.short": "Epoch {epoch:,}: {level}, its best.",
    "verdict.near": "Epoch {epoch:,}, the last: {level}. Its best was epoch {at:,} with {best}: about as good.",
    "verdict.near.short": "Epoch {epoch:,}: {level}, best {best} at {at:,}.",
    "verdict.late": (
        "Epoch {epoch:,}, the last: {level}. Its best was epoch {at:,} with {best}: the last steps did not help."
    ),
    "verdict.late.short": "Epoch {epoch:,}: {level}, best {best} at {at:,}.",
    "verdict.by_heart": (
        "Epoch {epoch:,}, the last: {level}. Its best was epoch {at:,} with {best}: then it learned by heart."
    ),
    "verdict.by_heart.short": "Epoch {epoch:,}: {level}, best {best} at {at:,}.",
    "diverged.rose": "Stopped at epoch {epoch:,}: the loss rose to {loss}.",
    "diverged.stood": "Stopped at epoch {epoch:,} with a loss of {loss}: its numbers grew too large.",
    "diverged.stood.short": "Stopped at epoch {epoch:,} with a loss of {loss}.",
    "diverged.rose.try": (
        "Stopped at epoch {epoch:,}: the loss rose to {loss}. "
        "A learning rate of {rate:g} makes each correction too large: try {smaller:g}."
    ),
    "diverged.rose.try.short": "Loss up to {loss} by epoch {epoch:,}: try rate {smaller:g}.",
    "diverged.stood.try": (
        "Stopped at epoch {epoch:,} with a loss of {loss}. "
        "A learning rate of {rate:g} makes each correction too large: try {smaller:g}."
    ),
    "diverged.stood.try.short": "Loss {loss} at epoch {epoch:,}: try rate {smaller:g}.",
    # where a run comes from
    "origin.trained": "computed live, nothing is filmed",
    "origin.simulated": "made up: nothing is computed",
    "origin.what_if": "{count} neurons are silent",
    "origin.what_if.one": "a neuron is silent",
    "origin.replay": "the same run, shown again",
    # playing a finished run again: from the first epoch, or on from the one that is looked at
    "replay": "Play again",
    "replay.on": "Play on",
    # what is chosen for the next run, beside what the one on the screen has
    "next": "next: {value}",
    # why the settings cannot be moved
    "fixed": "press Stop to change these",
    "fixed.short": "fixed till Stop",
    "fixed.loading": "press Cancel to change these",
    "fixed.loading.short": "fixed for now",
    "fixed.replay": "fixed while it plays",
    "fixed.replay.short": "fixed",
    "fixed.file": "recorded",
    # what a figure does
    "trend.since": "{arrow} {size} since epoch {since:,}",
    "trend.then": "{arrow} {size} since {since:,}",
    "trend.size": "{arrow} {size}",
    "trend.number": "{arrow} {number}",
    "size.points": "{number} in 100",
    "size.plain": "{number}",
    "steady": "steady",
    # one word for a state, and what stands beside it
    "label.idle": "Ready",
    "label.loading": "Loading",
    "label.training": "Training",
    "label.paused": "Paused",
    "label.complete": "Complete",
    "label.error": "Error",
    "label.replay": "Looking back",
    "label.again": "Playing again",
    "label.diverged": "Diverged",
    "label.stopped": "Stopped early",
    "label.ended": "Ended",
    "label.playing": "Playing",
    "kept": "every {ordinal} is kept",
    "ordinal": "{number:,}th",
    "ordinal.2": "{number:,}nd",
    "remaining.hours": "~{hours:,}h {minutes}m remaining",
    "remaining.minutes": "~{minutes}m {seconds}s remaining",
    "remaining.seconds": "~{seconds}s remaining",
}


def say(key: str, *, short: bool = False, **fields: object) -> str:
    """What stands under `key`, its fields filled in; the short form where one is asked for and there is one.

    Raises KeyError for a key, or a field of its words, that is not there.
    """
    words = ENGLISH.get(key + SHORT) if short else None
    return (words or ENGLISH[key]).format(**fields)
