"""Trains the runs of a sweep in processes of their own, and keeps each: what is done stays, whatever ends the rest."""

import os
import random
import signal
import threading
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from datetime import datetime
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from engine.worker import Cancellation
from scenes.embedded import Embedded
from scenes.kept.place import usual_folder
from scenes.kept.store import Store
from scenes.training.epoch import Ending, Epoch
from scenes.training.parameters import Parameters
from scenes.training.sources.http import HttpSource

from .grid import Setting
from .results import Result

LONGEST = 600.0  # seconds that one run may take


class Session:
    """What one process needs to train: a backend of its own, and a folder to keep runs in."""

    def __init__(self, folder: Path) -> None:
        self._backend = Embedded(None)
        self._store = Store(folder, now=datetime.now, chance=random.random, say=lambda line: None)

    def train(self, asked: Parameters) -> Result:
        """Train that run to its end and keep it. Raises RunError."""
        keepers: list[Any] = []

        def keep() -> Any:
            keepers.append(self._store.keeper())
            return keepers[-1]

        source = HttpSource(self._backend.url, embedded=True, deadline=LONGEST, keep=keep)
        epochs: list[Epoch] = []

        def report(told: Any) -> None:
            if isinstance(told, Epoch):
                epochs[:] = [told]

        ending: Ending = source.run(asked, Cancellation(), report)
        source.close()
        last = epochs[0]
        run = keepers[-1].run if keepers else ""
        return Result(asked.seed or 0, ending.status, last.validation_accuracy, last.accuracy, last.loss, run)


@cache
def session(folder: Path) -> Session:
    """The one of this process."""
    return Session(folder)


def train(asked: Parameters, folder: Path) -> Result:
    """What a process of the sweep is asked to do."""
    return session(folder).train(asked)


def trained(
    runs: Mapping[Setting, Sequence[Parameters]], *, processes: int = 0, folder: Path | None = None
) -> Generator[tuple[Setting, Result]]:
    """Each run as it comes to its end, in whatever order, from so many processes at once; 0: as many as cores.

    Close it, and no further one is begun. Raises RunError for a run that cannot be trained.
    """
    folder = folder or usual_folder()
    count = sum(map(len, runs.values()))
    with ProcessPoolExecutor(
        min(processes or os.cpu_count() or 1, count), get_context("spawn"), initializer=_begin
    ) as pool:
        futures: dict[Future[Result], Setting] = {
            pool.submit(train, asked, folder): setting for setting, several in runs.items() for asked in several
        }
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Ctrl+C is for the one that has started us, which lets what is begun come to its end; where it is gone, we go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        threading.Thread(target=_follow, args=(parent,), name="parent", daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    """End with the process that has started us, however that ended: its pipes are held by our sisters, too."""
    parent.join()
    os._exit(0)
