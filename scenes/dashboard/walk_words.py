"""What the card of a walk says of each step: a heading, a sentence or two, and the numbers as rows of a table."""

from dataclasses import dataclass

import numpy as np

from scenes.kit.neuron_choice import name_of
from scenes.kit.run_words import both, short
from scenes.kit.walk_pad import COLOUR, NOTHING, PICTURE, POINT, kind_of
from scenes.training.inference import FEATURES
from scenes.training.neuron import SQUARED, Place
from scenes.training.sample_walk import FORWARD, LOSS, SAMPLE, UPDATE, SampleWalk, Step

ACTIVATION = {"tanh": "tanh", "relu": "max(0, sum)", "sigmoid": "1/(1+e^-sum)", "linear": "the sum itself"}


ASKED = {POINT: "Press the map for a point of your own.", PICTURE: "Draw in the square.", COLOUR: "Press a colour."}


@dataclass(frozen=True)
class Row:
    """A name, what is reckoned, and what it comes to. `sign`: of a bar's ink; `share`: how long its bar is, 0 to 1."""

    name: str
    middle: str = ""
    right: str = ""
    share: float | None = None
    sign: int = 1
    label: int | None = None  # the class that it stands for


@dataclass(frozen=True)
class Told:
    """All words of one step. Rows may be cut where they have no room; feet never."""

    heading: str
    lines: tuple[str, ...]
    heads: tuple[str, str, str]
    rows: tuple[Row, ...]
    feet: tuple[Row, ...] = ()


def told(walk: SampleWalk, step: Step, focus: int, *, own: bool = False, said: bool = False) -> Told:
    """What is said of a step; `focus` is the neuron of its layer that it is told of.

    Of a row of the visitor's `own` nobody knows the class but the visitor, who may have `said` it.
    """
    network, last = walk.network, len(walk.network.shape) - 1
    answers, place = step.layer == last, (step.layer, focus)
    if step.kind == SAMPLE:
        return _of_sample(walk, own=own, said=said)
    if step.kind == LOSS:
        return _of_loss(walk, own=own)
    if step.kind == UPDATE:
        return _of_update(walk)
    layer = "the answers" if answers else f"hidden {step.layer}"
    if step.kind == FORWARD:
        bent = (
            "added up; the sums become shares of 100%." if answers else f"added up, then through {network.activation}."
        )
        lines = (f"Output × weight of each link, {bent}",)
        heads = (f"into {name_of(network, place)}", "output × weight", "product")
        return Told(f"Forward to {layer}", lines, heads, *_forward(walk, place))
    what = f"what comes back × slope of {network.activation}"
    if answers:
        what = "2 (sum − target) / classes" if walk.loss_name == SQUARED else "how far the share is off"
    lines = (f"delta: {what}. Gradient of a weight: delta × output.",)
    heads = (f"into {name_of(network, place)}", "delta × output", "gradient")
    return Told(f"Back to {layer}", lines, heads, *_backward(walk, place))


def _of_sample(walk: SampleWalk, *, own: bool, said: bool) -> Told:
    network = walk.network
    truth, answer = network.classes[walk.label], network.classes[walk.answer]
    verdict = "right" if answer == truth else "wrong"
    lines: tuple[str, ...] = (f"It is {truth}; the answer will be {answer}: {verdict}.",)
    if own:
        lines = (f"The answer will be {answer}: {100 * walk.output((len(network.shape) - 1, walk.answer)):.1f}%.",)
    if kind_of(network) != NOTHING:
        lines += (ASKED[kind_of(network)],)
    names = network.features if len(network.features) == network.shape[0] else ()
    plain = walk.row
    if network.flat:
        x, y = walk.row[:, None]
        plain = np.concatenate([FEATURES[name](x, y) for name in network.features])
    rows = tuple(Row(name, short(float(plain[k])), short(walk.output((0, k)))) for k, name in enumerate(names))
    if network.side or own:  # it is seen; what is answered to it is of more use than its numbers
        shares = walk.sent.outputs[-1][:, 0]
        answers = tuple(
            Row(
                network.classes[k],
                "you say so" if said and k == walk.label else "",
                f"{100 * float(shares[k]):.1f}%",
                float(shares[k]),
                label=k,
            )
            for k in np.argsort(-shares, kind="stable").tolist()
        )
        return Told("The input", lines, ("press what it is" if own else "what it will say", "", "share"), answers)
    return Told("The input", lines, ("input", "as it is", "scaled"), rows)


def _forward(walk: SampleWalk, place: Place) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    network, (layer, index) = walk.network, place
    terms = walk.terms(place)
    most = max((abs(term.product) for term in terms), default=0.0) or 1.0
    rows = tuple(
        Row(
            name_of(network, (layer - 1, term.source)),
            f"{short(term.output)} × {short(term.weight)}",
            short(term.product),
            abs(term.product) / most,
            1 if term.product >= 0 else -1,
        )
        for term in terms
    )
    total = float(walk.sent.sums[layer - 1][index, 0])
    last = layer == len(network.shape) - 1
    out = f"{100 * walk.output(place):.2f}%" if last else short(walk.output(place))
    how = "share of all" if last else ACTIVATION[network.activation]
    feet = (
        Row("bias", "", short(float(walk.before.biases[layer - 1][index]))),
        Row("sum", "", short(total)),
        Row("puts out", how, out),
    )
    return rows, feet


def _of_loss(walk: SampleWalk, *, own: bool) -> Told:
    network, squared = walk.network, walk.loss_name == SQUARED
    outputs, sums = walk.sent.outputs[-1][:, 0], walk.sent.sums[-1][:, 0]
    rows = tuple(
        Row(
            name,
            f"{short(float(sums[k]))} for {int(k == walk.label)}" if squared else f"target {int(k == walk.label)}",
            f"{100 * float(outputs[k]):.2f}%",
            float(outputs[k]),
            label=k,
        )
        for k, name in enumerate(network.classes)
    )
    what = "the mean square of sum − target" if squared else "−ln of the right class's share"
    how = "mean of squares" if squared else f"−ln {float(outputs[walk.label]):.4f}"
    lines = (f"How wrong it is: {what}.", *(["Press what it is."] if own else []))
    order = tuple(sorted(rows, key=lambda row: (row.label != walk.label, -(row.share or 0.0))))
    heads = ("answer", "sum and target" if squared else "", "share")
    return Told("The loss", lines, heads, order, (Row("loss", how, short(walk.loss)),))


def _backward(walk: SampleWalk, place: Place) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    network, (layer, index) = walk.network, place
    terms = walk.terms(place, back=True)
    most = max((abs(term.gradient) for term in terms), default=0.0) or 1.0
    rows = tuple(
        Row(
            name_of(network, (layer - 1, term.source)),
            f"{short(term.delta)} × {short(term.output)}",
            short(term.gradient),
            abs(term.gradient) / most,
            1 if term.gradient >= 0 else -1,
        )
        for term in terms
    )
    delta = walk.delta(place)
    if layer == len(network.shape) - 1:
        target = int(index == walk.label)
        value = float(walk.sent.sums[-1][index, 0]) if walk.loss_name == SQUARED else walk.output(place)
        how = f"{short(value)} − {target}"
    else:
        how = f"{short(walk.comes_back(place))} × {short(walk.slope(place))}"
    feet = (Row("delta", how, short(delta)),)
    return rows, feet


def _of_update(walk: SampleWalk) -> Told:
    network, label = walk.network, walk.label
    rows = tuple(
        Row(
            f"{name_of(network, (term.target[0] - 1, term.source))} → {name_of(network, term.target)}",
            *both(term.weight, term.after),
            sign=1 if term.after >= term.weight else -1,
        )
        for term in walk.moved()
    )
    before, after = (100 * float(sent.outputs[-1][label, 0]) for sent in (walk.sent, walk.after))
    then, now = both(before, after, least=1, most=4)
    feet = (
        Row("loss", *both(walk.loss, walk.loss_after)),
        Row(f"share of {network.classes[label]}", f"{then}%", f"{now}%"),
    )
    lines = (f"Each weight − {walk.rate:g} × its gradient: what this sample alone would change.",)
    return Told("The update", lines, ("most moved", "before", "after"), rows, feet)
