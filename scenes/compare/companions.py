"""The runs that are compared: which epoch of each is shown, what they share, and what tells them apart. No pixels."""

from dataclasses import dataclass

from scenes.kit.words import say
from scenes.training.changes import Change
from scenes.training.epoch import State
from scenes.training.parameter_words import text_of
from scenes.training.parameters import CHOSEN, Parameters, RunParameters, chosen_value
from scenes.training.run import TrainingRun
from scenes.training.snapshot import Snapshot

SETTINGS = (
    "dataset",
    *(name for name in CHOSEN if name not in ("source", "rows", "dataset")),
)  # that can tell two runs apart
Told = Parameters | RunParameters


@dataclass(frozen=True)
class Companion:
    """One run of the comparison, at the epoch that the timeline stands at."""

    run: TrainingRun
    number: int  # its own for life
    head: int  # epochs of it that have been played
    epoch: int  # the one that is shown, 0 before the first
    played: bool  # whether it is the one that the timeline follows
    fork: int = 0  # epochs that it shares with another one of them, which has them drawn
    differs: tuple[str, ...] = ()  # what tells it from the others, in words

    @property
    def state(self) -> State | None:
        """Of the network at that epoch."""
        return self.run.at(self.run.look(self.epoch)).state if self.epoch else None


def companions(now: Snapshot, *, by_share: bool) -> tuple[Companion, ...]:
    """All runs on the screen, by their numbers; `by_share`, a run of another length is shown as far on its own way."""
    runs = [(each.run, each.number, each.head, False) for each in now.beside]
    if now.run is not None:
        runs.append((now.run, now.number, now.head, True))
    runs.sort(key=lambda each: each[1])
    parameters = [run.parameters for run, *_ in runs]
    names = [
        (
            *([run.called] if run.called else []),
            *words,
            *([say("compare.median", count=run.spread.count)] if run.spread else []),
        )
        for words, (run, *_) in zip(differences(parameters), runs, strict=True)
    ]
    return tuple(
        Companion(run, number, head, _shown(now, run, head, by_share and not played), played, fork, differs)
        for (run, number, head, played), fork, differs in zip(runs, forks(parameters), names, strict=True)
    )


def _shown(now: Snapshot, run: TrainingRun, head: int, by_share: bool) -> int:
    epoch = now.epoch if now.run else head  # where none is played, each stands at its end
    if by_share and now.epochs and run.epochs and epoch:
        epoch = max(1, round(epoch * run.epochs / now.epochs))
    return min(epoch, head)


def forks(parameters: list[Told]) -> list[int]:
    """For each run how many epochs it shares with one that stands before it: equal settings, equal journals so far."""
    return [
        max((_shared(before, own) for before in parameters[:place]), default=0) for place, own in enumerate(parameters)
    ]


def _shared(one: Told, other: Told) -> int:
    if any(chosen_value(name, one) != chosen_value(name, other) for name in SETTINGS if name != "epochs"):
        return 0
    if one.changes == other.changes:
        return min(one.epochs or 0, other.epochs or 0)
    unlike = set(one.changes) ^ set(other.changes)
    return min(change.after_epoch for change in unlike)


def differences(parameters: list[Told]) -> list[tuple[str, ...]]:
    """For each run what is not the same for all: settings, and what was turned when."""
    turned = {name for told in parameters for change in told.changes for name in change.turned}
    apart = [
        name for name in SETTINGS if name in turned or len({repr(chosen_value(name, told)) for told in parameters}) > 1
    ]
    common = set.intersection(*(set(told.changes) for told in parameters)) if parameters else set()
    return [tuple(_told(told, apart, [each for each in told.changes if each not in common])) for told in parameters]


def _told(told: Told, apart: list[str], changes: list[Change]) -> list[str]:
    """What was turned first, the latest before all else: where there is little room, that is what has to be read."""
    later = {name: (change.after_epoch + 1, value) for change in changes for name, value in change.turned.items()}
    said = list[tuple[int, str]]()
    for name in apart:
        value = chosen_value(name, told)
        called, before = say(f"compare.setting.{name}"), _text(name, value)
        if name in later:
            epoch, after = later.pop(name)
            words = say("compare.turned", name=called, value=before, after=_text(name, after), epoch=epoch)
            said.append((epoch, words))
        elif value is not None:
            said.append((0, say("compare.differs", name=called, value=before)))
    said += [(epoch, say("compare.silenced", count=len(places), epoch=epoch)) for epoch, places in later.values()]
    return [words for _, words in sorted(said, key=lambda each: -each[0])]


def _text(name: str, value: object) -> str:
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else text_of(name, value)
