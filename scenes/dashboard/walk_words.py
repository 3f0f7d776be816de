"""What the card of a walk says of each step: a heading, a sentence or two, and the numbers as rows of a table."""

from dataclasses import dataclass

import numpy as np

from scenes.kit.neuron_choice import called, called_at
from scenes.kit.run_words import both, short
from scenes.kit.walk_pad import NOTHING, kind_of
from scenes.kit.words import say, say_or
from scenes.training.inference import FEATURES
from scenes.training.neuron import SQUARED, Place
from scenes.training.sample_walk import FORWARD, LOSS, SAMPLE, UPDATE, SampleWalk, Step


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
    into, to = say("walk.into", name=called_at(network, place)), ".answers" if answers else ""
    if step.kind == FORWARD:
        lines = (say("walk.sums" if answers else "walk.bent", activation=network.activation),)
        heads = (into, say("walk.output_weight"), say("walk.product"))
        return Told(say(f"walk.forward{to}", layer=step.layer), lines, heads, *_forward(walk, place))
    of_answers = "squared" if walk.loss_name == SQUARED else "share"
    lines = (say(f"walk.delta.{of_answers if answers else 'hidden'}", activation=network.activation),)
    heads = (into, say("walk.delta_output"), say("walk.gradient"))
    return Told(say(f"walk.back{to}", layer=step.layer), lines, heads, *_backward(walk, place))


def _of_sample(walk: SampleWalk, *, own: bool, said: bool) -> Told:
    network = walk.network
    truth, answer = (called(network, network.classes[k]) for k in (walk.label, walk.answer))
    verdict = "right" if answer == truth else "wrong"
    lines: tuple[str, ...] = (say(f"walk.{verdict}", truth=truth, answer=answer),)
    if own:
        share = 100 * walk.output((len(network.shape) - 1, walk.answer))
        lines = (say("walk.answered", answer=answer, share=share),)
    if kind_of(network) != NOTHING:
        lines += (say(f"walk.ask.{kind_of(network)}"),)
    names = network.features if len(network.features) == network.shape[0] else ()
    plain = walk.row
    if network.flat:
        x, y = walk.row[:, None]
        plain = np.concatenate([FEATURES[name](x, y) for name in network.features])
    rows = tuple(
        Row(called(network, name), short(float(plain[k])), short(walk.output((0, k)))) for k, name in enumerate(names)
    )
    if network.side or own:  # it is seen; what is answered to it is of more use than its numbers
        shares = walk.sent.outputs[-1][:, 0]
        answers = tuple(
            Row(
                called(network, network.classes[k]),
                say("walk.you_say") if said and k == walk.label else "",
                f"{100 * float(shares[k]):.1f}%",
                float(shares[k]),
                label=k,
            )
            for k in np.argsort(-shares, kind="stable").tolist()
        )
        return Told(
            say("walk.input"), lines, (say("walk.press" if own else "walk.will_say"), "", say("walk.share")), answers
        )
    return Told(say("walk.input"), lines, (say("walk.name"), say("walk.as_it_is"), say("walk.scaled")), rows)


def _forward(walk: SampleWalk, place: Place) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    network, (layer, index) = walk.network, place
    terms = walk.terms(place)
    most = max((abs(term.product) for term in terms), default=0.0) or 1.0
    rows = tuple(
        Row(
            called_at(network, (layer - 1, term.source)),
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
    activation = network.activation
    how = say("walk.share_of_all") if last else say_or(f"walk.makes.{activation}", activation)
    feet = (
        Row(say("walk.bias"), "", short(float(walk.before.biases[layer - 1][index]))),
        Row(say("walk.sum"), "", short(total)),
        Row(say("walk.puts_out"), how, out),
    )
    return rows, feet


def _of_loss(walk: SampleWalk, *, own: bool) -> Told:
    network, squared = walk.network, walk.loss_name == SQUARED
    outputs, sums = walk.sent.outputs[-1][:, 0], walk.sent.sums[-1][:, 0]
    rows = tuple(
        Row(
            called(network, name),
            say("walk.sum_for" if squared else "walk.target", sum=short(float(sums[k])), target=int(k == walk.label)),
            f"{100 * float(outputs[k]):.2f}%",
            float(outputs[k]),
            label=k,
        )
        for k, name in enumerate(network.classes)
    )
    how = say("walk.squares") if squared else f"−ln {float(outputs[walk.label]):.4f}"
    lines = (say(f"walk.loss.{'squared' if squared else 'entropy'}"), *([say("walk.loss.press")] if own else []))
    order = tuple(sorted(rows, key=lambda row: (row.label != walk.label, -(row.share or 0.0))))
    heads = (say("walk.answer"), say("walk.sum_target") if squared else "", say("walk.share"))
    return Told(say("walk.loss"), lines, heads, order, (Row(say("walk.lost"), how, short(walk.loss)),))


def _backward(walk: SampleWalk, place: Place) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    network, (layer, index) = walk.network, place
    terms = walk.terms(place, back=True)
    most = max((abs(term.gradient) for term in terms), default=0.0) or 1.0
    rows = tuple(
        Row(
            called_at(network, (layer - 1, term.source)),
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
    feet = (Row(say("walk.delta"), how, short(delta)),)
    return rows, feet


def _of_update(walk: SampleWalk) -> Told:
    network, label = walk.network, walk.label
    rows = tuple(
        Row(
            f"{called_at(network, (term.target[0] - 1, term.source))} → {called_at(network, term.target)}",
            *both(term.weight, term.after),
            sign=1 if term.after >= term.weight else -1,
        )
        for term in walk.moved()
    )
    before, after = (100 * float(sent.outputs[-1][label, 0]) for sent in (walk.sent, walk.after))
    then, now = both(before, after, least=1, most=4)
    feet = (
        Row(say("walk.lost"), *both(walk.loss, walk.loss_after)),
        Row(say("walk.share_of", name=called(network, network.classes[label])), f"{then}%", f"{now}%"),
    )
    lines = (say("walk.update.means", rate=walk.rate),)
    heads = (say("walk.moved"), say("walk.before"), say("walk.after"))
    return Told(say("walk.update"), lines, heads, rows, feet)
