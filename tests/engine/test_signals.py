"""Signals that would be lost in C are held back, and answered once it is done."""

import signal
import threading

import pytest

from engine.signals import ENDING, undisturbed


@pytest.mark.parametrize("number", ENDING)
def test_what_comes_meanwhile_is_answered_afterwards(number: int) -> None:
    heard: list[str] = []
    before = signal.signal(number, lambda *_: heard.append("answered"))
    try:
        with undisturbed():
            signal.raise_signal(number)
            heard.append("done")
        assert heard == ["done", "answered"]
        signal.raise_signal(number)
        assert heard == ["done", "answered", "answered"], "from then on as before"
    finally:
        signal.signal(number, before)


def test_an_exception_leaves_everything_as_it_was() -> None:
    before = [signal.getsignal(number) for number in ENDING]
    with pytest.raises(ValueError, match="broken"), undisturbed():
        raise ValueError("broken")
    assert [signal.getsignal(number) for number in ENDING] == before


def test_on_another_thread_nothing_is_changed() -> None:
    seen: list[object] = []
    before = [signal.getsignal(number) for number in ENDING]

    def look() -> None:
        with undisturbed():
            seen.extend(signal.getsignal(number) for number in ENDING)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == before
