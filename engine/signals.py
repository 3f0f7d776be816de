"""Ctrl+C and SIGTERM, held back where an exception would be lost, or worse: in what C calls back into Python."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within the block neither is answered; the first that came is answered after it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {number: signal.signal(number, lambda number, _: held.append(number)) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        if held:
            signal.raise_signal(held[0])


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """Within the block both are heard when what is given is called: where nothing is half done; a second is at once.

    It raises KeyboardInterrupt, or SystemExit with the code that shells expect.
    """
    asked: list[int] = []

    def check() -> None:
        if signal.SIGINT in asked:
            raise KeyboardInterrupt
        if asked:
            raise SystemExit(128 + asked[0])

    def ask(number: int, _: object) -> None:
        check()
        asked.append(number)

    before = {number: signal.signal(number, ask) for number in ENDING}
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
