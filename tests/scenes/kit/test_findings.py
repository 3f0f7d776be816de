"""What there is to say is told by the first rule that holds, in one sentence of the run's own numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from string import Formatter
from typing import Any

import numpy as np
import pytest

from engine.retry import Attempt
from scenes.kit.findings import DEAD, LATELY, MOSTLY, NEAR, RISEN, RULES, SINCE, finding, sentence, sentences
from scenes.kit.words import ENGLISH, SHORT, say
from scenes.training.epoch import CUT, Ending, Epoch, Network, State
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters, RunParameters
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

UNSEEN = 40  # rows
LONG, SHORTEST = 120, 52  # characters that there is room for
Figures = list[tuple[float, float, int]]


def short_sentence(snapshot: Snapshot) -> str:
    whole, brief, short = sentences(snapshot)
    assert whole == sentence(snapshot) and len(short) <= len(brief) <= len(whole)
    return short


def network(dataset: str, columns: int, activation: str = "tanh") -> Network:
    one, none = np.ones(columns, np.float32), np.zeros(0, np.uint8)
    rows = np.zeros((0, columns), np.float32)
    return Network((columns, 4, 2), dataset, ("f",) * columns, ("a", "b"), one, one, activation, rows, none, none)


def state(shape: tuple[int, ...], right: int, **more: Any) -> State:
    wrong = UNSEEN - right
    told: dict[str, Any] = {
        "weights": tuple(np.zeros(pair, np.float32) for pair in pairwise(shape)),
        "biases": tuple(np.zeros(count, np.float32) for count in shape[1:]),
        "activations": tuple(np.zeros(count, np.float32) for count in shape),
        "gradient_norms": np.ones(2, np.float32),
        "confusion": np.array([[right - right // 2, wrong], [0, right // 2]], np.float32),
    }
    return State(**{**told, **more})


def shown(
    figures: Figures,
    *,
    dataset: str = "spiral",
    columns: int = 2,
    status: Status = Status.TRAINING,
    activation: str = "tanh",
    rate: float = 0.01,
    ending: Ending | None = None,
    seen: float = 50.0,
    inside: dict[str, Any] | None = None,
    **more: Any,
) -> Snapshot:
    """A run whose epochs have these losses, of what is seen and unseen, and so many unseen rows told right."""
    epochs = max(10, len(figures))
    mine = RunParameters(dataset=dataset, epochs=epochs)
    asked = Parameters(epochs=epochs, source="trained", learning_rate=rate)
    run = TrainingRun(mine if dataset == "mine" else asked, network(dataset, columns, activation))
    assert run.network
    for number, (loss, new, right) in enumerate(figures, start=1):
        now = state(run.network.shape, right, **(inside or {}))
        run.append(Epoch(number, loss, seen, new, 100 * right / UNSEEN, now))
    return moment(run, status, ending=ending, **more)


def moment(run: TrainingRun, status: Status, epoch: int = 0, **more: Any) -> Snapshot:
    """A run, at one of its epochs: the last one where none is told."""
    epoch = epoch or run.available
    now = run.at(epoch)
    told = {"loss": now.loss, "accuracy": now.accuracy, "validation_loss": now.validation_loss, "state": now.state}
    told |= {"epoch": epoch, "head": run.available, "epochs": run.epochs, "run": run}
    return Snapshot(status, run.parameters, 200, **{**told, "validation_accuracy": now.validation_accuracy, **more})


def alone(accuracies: list[float], *, simulated: bool = False, **more: Any) -> Snapshot:
    """A run of figures alone, without unseen ones, whose loss halves."""
    run = TrainingRun(Parameters(epochs=50) if simulated else RunParameters(epochs=50))
    for number, accuracy in enumerate(accuracies, start=1):
        run.append(Epoch(number, 0.5**number, accuracy))
    return moment(run, **{"status": Status.TRAINING, **more})


@pytest.mark.parametrize(
    ("dataset", "columns", "kind"),
    [("spiral", 2, "points"), ("digits", 64, "digits"), ("csv", 2, "rows"), ("mine", 7, "rows")],
)
def test_how_it_does_on_what_was_kept_aside_is_told_in_counts(dataset: str, columns: int, kind: str) -> None:
    told = shown([(0.5, 0.6, 31)], dataset=dataset, columns=columns)
    assert sentence(told) == f"Epoch 1: it gets 31 of {UNSEEN} unseen {kind} right."
    assert short_sentence(told) == f"Epoch 1: 31 of {UNSEEN} unseen right."
    assert sentence(shown([(0.5, 0.6, UNSEEN)])) == f"Epoch 1: it gets all {UNSEEN} unseen points right."


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        (Parameters(source="trained"), "Press Start: it will learn to tell the blue points from the orange ones."),
        (
            Parameters(source="trained", dataset="digits"),
            "Press Start: it will learn to read handwritten digits, 0 to 9.",
        ),
        (
            Parameters(source="trained", dataset="csv"),
            "Press Start: it will learn the last column of your own rows from the others.",
        ),
        (Parameters(), "Press Start: a made-up curve is played. No network is trained."),
        (RunParameters(), "Press Play: a run that was recorded before is shown again."),
    ],
)
def test_before_the_start_it_says_what_will_be_learned(parameters: Parameters | RunParameters, told: str) -> None:
    assert sentence(Snapshot(Status.IDLE, parameters, 200)) == told


@pytest.mark.parametrize(
    ("status", "more", "told"),
    [
        (Status.LOADING, {}, "Fetching the run."),
        (Status.LOADING, {"parameters": RunParameters()}, "Reading the file."),
        (
            Status.LOADING,
            {"attempt": Attempt(2, 4, 0.5), "attempt_left": 0.25},
            "No answer yet: try 2 of 4 begins in 0.2 s.",
        ),
        (Status.LOADING, {"attempt": Attempt(2, 4, 0.5)}, "No answer yet: try 2 of 4 is under way."),
        (Status.TRAINING, {}, "Waiting for the first epoch."),
        (Status.PAUSED, {}, "Waiting for the first epoch."),
        (Status.ERROR, {"error": RunError("Broken.", hint="", code="x")}, "There is no run to show."),
    ],
)
def test_before_the_first_epoch_it_says_what_is_waited_for(status: Status, more: dict[str, Any], told: str) -> None:
    assert sentence(Snapshot(**{"status": status, "parameters": Parameters(), "interval": 200, **more})) == told


def test_every_state_of_a_run_says_which_epoch_is_on_the_screen() -> None:
    figures: Figures = [(0.5, 0.6, 20), (0.4, 0.5, 30)]
    right = f"30 of {UNSEEN} unseen points right"
    assert sentence(shown(figures)) == f"Epoch 2: it gets {right}."
    assert sentence(shown(figures, status=Status.PAUSED)) == f"Held at epoch 2: it gets {right}."
    assert sentence(shown(figures, status=Status.ERROR)) == f"Broken off at epoch 2 of 10: it gets {right}."
    for kind, told in ((CUT, "The file ends at"), ("cancelled", "Stopped at")):
        ended = shown(figures, status=Status.COMPLETE, ending=Ending(kind, "…"))
        assert sentence(ended) == f"{told} epoch 2 of 10: it gets {right}."
    run = shown(figures).run
    assert run
    for status in (Status.PAUSED, Status.COMPLETE):
        assert sentence(moment(run, status, 1)) == f"Back at epoch 1: it gets 20 of {UNSEEN} unseen points right."


def test_a_run_without_unseen_rows_tells_its_own_figures() -> None:
    assert sentence(alone([40.0, 60.5])) == "Epoch 2: it gets 60.5% right, with a loss of 0.250."
    assert short_sentence(alone([40.0, 60.5])) == "Epoch 2: 60.5% right, loss 0.250."
    told = sentence(alone([40.0, 60.5], simulated=True))
    assert told == "Epoch 2: no network, a made-up curve: 60.5% right, a loss of 0.250."
    assert sentence(alone([40.0, 60.5], status=Status.COMPLETE)) == "Epoch 2, the last: 60.5% right, its best."
    told = sentence(alone([70.0, 60.5], status=Status.COMPLETE, simulated=True))
    assert told == (
        "Epoch 2, the last: a made-up 60.5% right. Its best was epoch 1 with 70.0%: the last steps did not help."
    )


@pytest.mark.parametrize(
    ("right", "told"),
    [
        ([10] * 9, ""),
        ([10, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20], ""),
        ([10, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20], ", no better than at epoch 2"),
        ([10, 11, 10, 11, 10, 30, 31, 30, 31, 30], ", better than around epoch 5, best at epoch 7"),
        ([10, 11, 10, 11, 10, 30, 31, 30, 31, 32], ", better than around epoch 5"),
        ([31, 30, 31, 30, 31, 10, 11, 10, 11, 10], ", worse than around epoch 5, best at epoch 1"),
    ],
)
def test_a_sentence_says_whether_the_last_epochs_helped_and_nothing_of_noise(right: list[int], told: str) -> None:
    last = len(right)
    figures: Figures = [(1 / (k + 1), 1 / (k + 1), count) for k, count in enumerate(right)]
    assert sentence(shown(figures)) == f"Epoch {last}: it gets {right[-1]} of {UNSEEN} unseen points right{told}."
    assert "better" not in short_sentence(shown(figures))


FALL = 12  # epochs


def heart(times: float, epochs: int) -> Figures:
    """Both losses fall, the unseen one to 1/3; then that is so many times as large, and the seen one falls on."""
    falls: Figures = [(0.5 - 0.01 * k, 1 / 3 + 0.001 * (FALL - k), 30) for k in range(1, FALL + 1)]
    return falls + [(0.3 / k, times / 3, 30) for k in range(1, epochs + 1)]


def test_what_is_learned_by_heart_is_told_with_the_epoch_from_which_it_was() -> None:
    enough = SINCE + MOSTLY - 1
    words = f"it learns by heart: its loss on unseen points is 1.5 times that of epoch {FALL}"
    assert sentence(shown(heart(1.5, enough))) == f"Epoch {FALL + enough}: {words}."
    assert "right" in sentence(shown(heart(1.5, enough - 1))), "a few epochs are noise"
    assert "right" in sentence(shown(heart(RISEN - 0.01, 12))), "so is a little"
    assert "heart" in sentence(shown(heart(RISEN + 0.01, 12)))
    unlearned = [(loss + 2.0 * (k >= FALL), new, right) for k, (loss, new, right) in enumerate(heart(1.5, 12))]
    assert "right" in sentence(shown(unlearned)), "then it unlearns all"
    tiny = [(loss, new / 100, right) for loss, new, right in heart(1.5, 12)]
    assert "right" in sentence(shown(tiny)), "half of next to nothing is nothing"


def test_an_unseen_loss_that_is_only_noisy_is_not_learned_by_heart() -> None:
    noise = np.random.default_rng(7)
    for _ in range(50):
        new = np.abs(noise.normal(0.5, 0.15, 40))
        loss = np.linspace(0.5, 0.2, 40)
        run = shown([(float(a), float(b), 30) for a, b in zip(loss, new, strict=True)]).run
        assert run
        told = [finding(moment(run, Status.TRAINING, epoch)).words for epoch in range(1, 41)]
        assert sum(one != other for one, other in pairwise(told)) <= 6, told


def test_a_rule_that_holds_is_told_for_more_than_a_moment() -> None:
    figures = heart(1.5, 20)
    figures[FALL + 10] = (0.01, 0.34, 30)  # one epoch that did well
    run = shown(figures).run
    assert run and LATELY > MOSTLY
    told = ["heart" in sentence(moment(run, Status.TRAINING, epoch)) for epoch in range(FALL + 1, len(figures) + 1)]
    assert told[SINCE + MOSTLY - 2] and told[-1] and sum(one != other for one, other in pairwise(told)) <= 3


MOVES = f"it gets 20 of {UNSEEN} unseen points right, no better than at epoch 1"


@pytest.mark.parametrize(("step", "still"), [(0.0, True), (0.0019, True), (0.0025, False)])
def test_a_loss_that_moves_by_less_than_a_fiftieth_stands_still(step: float, still: bool) -> None:
    """In ten epochs; the means of the windows lie ten steps apart."""
    losses = [1.0 - step * k for k in range(40)]
    told = sentence(shown([(loss, 0.5, 20) for loss in losses]))
    last = losses[-20:]
    moved = 100 * (1 - sum(last[10:]) / sum(last[:10]))
    still_words = f"it stands still at 20 of {UNSEEN} unseen points right: 10 epochs moved the loss by {moved:.1f}%"
    assert told == f"Epoch 40: {still_words if still else MOVES}."


def test_nothing_stands_still_before_its_twenty_fifth_epoch_or_where_all_is_right() -> None:
    assert "still" not in sentence(shown([(1.0, 0.5, 20)] * 24)) and "still" in sentence(shown([(1.0, 0.5, 20)] * 25))
    assert "still" not in sentence(shown([(1.0, 0.5, UNSEEN)] * 40))


def test_noise_about_one_level_stands_still_and_does_not_flicker() -> None:
    noise = np.random.default_rng(7)
    flips = 0
    for _ in range(20):
        run = shown([(float(loss), 0.5, 20) for loss in noise.normal(1.0, 0.05, 100)]).run
        assert run
        told = [finding(moment(run, Status.TRAINING, epoch)).words for epoch in range(25, 101)]
        flips += sum(one != other for one, other in pairwise(told))
        assert told.count("plateau") > 0.75 * len(told)
    assert flips / 20 < 3, "in 75 epochs"


def test_neurons_that_give_nothing_are_told_where_they_are_a_quarter_of_a_relu_layer() -> None:
    def fires(*means: float) -> dict[str, Any]:
        return {"activations": tuple(np.array(each, np.float32) for each in ((0, 0), means, (0.5, 0.5)))}

    dead = shown([(0.5, 0.6, 31)], activation="relu", inside=fires(0, 0.5, 0.1, 0.2))
    assert DEAD == 0.25
    assert sentence(dead) == "Epoch 1: in hidden layer 1, 1 of 4 neurons gave 0 for every row measured."
    assert "right" in sentence(shown([(0.5, 0.6, 31)], activation="relu", inside=fires(1e-9, 0.5, 0.1, 0.2)))
    assert "right" in sentence(shown([(0.5, 0.6, 31)], activation="tanh", inside=fires(0, 0.5, 0.1, 0.2)))


@pytest.mark.parametrize(
    ("norm", "seen", "told"),
    [
        (5e-5, 50.0, "layer 2 gets almost no correction: its gradient is 5e-5, below 0.0001"),
        (5e-5, 99.5, f"it gets 31 of {UNSEEN} unseen points right"),
        (2e-4, 50.0, f"it gets 31 of {UNSEEN} unseen points right"),
        (40.0, 99.5, "layer 2 gets huge corrections: its gradient is 40, above 30"),
    ],
)
def test_a_gradient_that_vanishes_or_explodes_is_told_with_its_length(norm: float, seen: float, told: str) -> None:
    inside = {"gradient_norms": np.array([1.0, norm], np.float32)}
    assert sentence(shown([(0.5, 0.6, 31)], seen=seen, inside=inside)) == f"Epoch 1: {told}."


def test_the_verdict_at_the_end_says_whether_it_was_better_before() -> None:
    figures: Figures = [(0.5, 0.6, 20), (0.4, 0.5, 35), (0.4, 0.5, 35), (0.3, 0.4, 33)]
    done = shown(figures, status=Status.COMPLETE)
    assert sentence(done) == (
        f"Epoch 4, the last: 33 of {UNSEEN} unseen points right. "
        "Its best was epoch 2 with 35: the last steps did not help."
    )
    assert short_sentence(done) == f"Epoch 4: 33 of {UNSEEN} unseen right, best 35 at 2."
    best = shown(figures[:3], status=Status.COMPLETE)
    assert sentence(best) == f"Epoch 3, the last: 35 of {UNSEEN} unseen points right, its best."
    learned = shown([(1.0, 1.0, 20), (0.5, 0.4, 39), *heart(1.5, 12)[2:]], status=Status.COMPLETE)
    assert sentence(learned).endswith("Its best was epoch 2 with 39: then it learned by heart.")


@pytest.mark.parametrize(("last", "meaning"), [(90.0 - NEAR, "the last steps did not help"), (88.5, "about as good")])
def test_an_end_less_than_two_points_below_the_best_is_about_as_good(last: float, meaning: str) -> None:
    told = sentence(alone([90.0, last], status=Status.COMPLETE))
    assert told == f"Epoch 2, the last: {last:.1f}% right. Its best was epoch 1 with 90.0%: {meaning}."


@pytest.mark.parametrize(
    ("rate", "losses", "told"),
    [
        (
            1.0,
            (0.7, 1.38),
            "Stopped at epoch 2: the loss rose to 1.38. A learning rate of 1 makes each correction too large: try 0.1.",
        ),
        (
            0.005,
            (29.1,),
            "Stopped at epoch 1 with a loss of 29.1. "
            "A learning rate of 0.005 makes each correction too large: try 0.001.",
        ),
        (0.001, (0.7, 1.38), "Stopped at epoch 2: the loss rose to 1.38."),
    ],
)
def test_a_run_that_diverged_says_what_to_try(rate: float, losses: tuple[float, ...], told: str) -> None:
    over = Ending("diverged", "the loss rose to 1.38 at epoch 2")
    gone = shown([(loss, 0.5, 20) for loss in losses], rate=rate, status=Status.COMPLETE, ending=over)
    assert sentence(gone) == told


def test_a_recording_that_diverged_gives_no_advice() -> None:
    over = Ending("diverged", "…")
    gone = shown([(0.7, 0.5, 20), (1.38, 0.5, 20)], dataset="mine", columns=7, status=Status.COMPLETE, ending=over)
    assert sentence(gone) == "Stopped at epoch 2: the loss rose to 1.38."


@pytest.mark.parametrize("accuracy", [0.0, 74.0, 81.0, 100.0])
def test_counts_that_contradict_the_accuracy_on_the_card_are_not_told(accuracy: float) -> None:
    told = f"Epoch 1: it gets 31 of {UNSEEN} unseen points right."
    assert sentence(shown([(0.5, 0.6, 31)])) == told, "31 of 40 are 77.5 %"
    assert sentence(shown([(0.5, 0.6, 31)], validation_accuracy=77.4999)) == told, "figures may be rounded"
    share = f"Epoch 1: it gets {accuracy:.1f}% of the unseen points right."
    assert sentence(shown([(0.5, 0.6, 31)], validation_accuracy=accuracy)) == share


def test_of_no_counted_row_the_accuracy_is_told() -> None:
    before = shown([(0.5, 0.6, 10)])
    assert before.state
    none = replace(before, state=replace(before.state, confusion=np.zeros((2, 2), np.float32)))
    assert sentence(none) == "Epoch 1: it gets 25.0% of the unseen points right."


def test_an_epoch_without_figures_is_told_by_its_number() -> None:
    assert sentence(Snapshot(Status.TRAINING, RunParameters(), 200, epoch=9, head=9, epochs=None)) == "Epoch 9."


def test_looking_back_finds_what_was_found_then() -> None:
    figures = heart(1.5, 30)
    run = shown(figures).run
    assert run
    for epoch in range(1, len(figures) + 1):
        then = finding(shown(figures[:epoch]))
        assert finding(moment(run, Status.PAUSED, epoch)) == then


WHOLE = ("task", "next_try", "this_try", "first_epoch", "no_run", "asking", "reading", "bare", "verdict", "diverged")
CLAUSES = ("result", "dead", "by_heart", "plateau", "vanish", "explode")


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize(
    "key", [key for key in ENGLISH if key.partition(".")[0] in (*WHOLE, *CLAUSES) and not key.endswith(SHORT)]
)
def test_every_rule_can_be_told_within_its_room_and_ends_with_a_full_stop(key: str, short: bool) -> None:
    """With figures as long as those of a run that can be chosen."""
    counts = {
        "epoch": 200,
        "at": 150,
        "lowest": 150,
        "epochs": 200,
        "since": 195,
        "right": 348,
        "of": 359,
        "span": 10,
        "number": 2,
    }
    words = {"best": "350", "kind": "points", "loss": "0.0123", "times": "1.3", "change": "1.6", "norm": "5e-5"}
    words |= {"column": "w" * 16}
    sizes = {"accuracy": "97.2%", "limit": 1e-4, "rate": 0.125, "smaller": 0.0125, "wait": 2.5, "layer": 2, "dead": 12}
    figures: dict[str, Any] = counts | words | sizes
    figures["so_far"] = say("so_far.of", **figures)
    head, _, kind = key.partition(".")
    figures["lately"] = say("lately.worse", **figures) + say("lately.best", **figures)
    level = say(f"level.{kind if head == 'result' else 'counts'}", short=short, **figures)
    told = say(key, short=short, level=level, **figures)
    told = told if head in WHOLE else say("now", epoch=200, told=told)
    assert re.fullmatch(r"[A-Z].*[^.]\.", told) and len(told) <= (SHORTEST if short else LONG), told


def test_all_words_are_in_one_table_with_named_fields() -> None:
    for key, words in ENGLISH.items():
        fields = [name for _, name, _, _ in Formatter().parse(words) if name is not None]
        assert all(name.isidentifier() for name in fields), key
        if key.endswith(SHORT):
            assert key.removesuffix(SHORT) in ENGLISH
    assert len(RULES) == 10
