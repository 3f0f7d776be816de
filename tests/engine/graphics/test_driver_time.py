"""What the driver takes is counted, and nothing of the counting stays."""

from types import SimpleNamespace

import moderngl
import pytest

from engine.graphics import driver_time as module
from engine.graphics.driver_time import driver_time


def test_only_driver_calls_are_counted(context: moderngl.Context, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([1.0, 1.25, 2.0, 2.5])  # seconds, before and after each counted call
    monkeypatch.setattr(module, "time", SimpleNamespace(thread_time=lambda: next(moments)))
    buffer = context.buffer(reserve=4)
    with driver_time() as spent:
        assert spent() == 0.0
        buffer.write(b"abcd")
        assert spent() == 250.0
        context.finish()
        assert buffer.read() == b"abcd"
        assert spent() == 750.0
    buffer.release()


def test_the_calls_are_as_before_even_after_a_failure(context: moderngl.Context) -> None:
    before = moderngl.Buffer.write
    with pytest.raises(LookupError), driver_time():
        assert moderngl.Buffer.write is not before
        raise LookupError
    assert moderngl.Buffer.write is before


def test_a_call_that_fails_is_counted_and_fails(context: moderngl.Context) -> None:
    buffer = context.buffer(reserve=4)
    with driver_time() as spent, pytest.raises(moderngl.Error):
        buffer.write(b"too long for it")
    assert spent() >= 0.0
    buffer.release()
