"""Whatever a person does, the recording gives the same ticks again; whatever the backend does, the same states."""

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.input import FocusLost, Key, Pinch, Resize, Scroll


def act(visitor: Any, what: tuple[str, Any]) -> None:
    """One random thing that a person can do."""
    kind, value = what
    if kind == "rest":
        visitor.rest(value)
    elif kind == "click":
        visitor.move(*value)
        visitor.press()
        visitor.rest(2)
        visitor.release()
    elif kind == "drag":
        visitor.press()
        for x, y in value:
            visitor.move(x, y)
            visitor.rest(1)
        visitor.release()
    elif kind == "down":
        visitor.press() if not visitor.held else visitor.release()
    elif kind == "lost":
        visitor.held = False
        visitor.tell(FocusLost())
    elif kind == "move":
        visitor.move(*value)
    else:
        visitor.tell(
            {"key": Key, "scroll": lambda by: Scroll(visitor.at, by), "pinch": lambda by: Pinch(visitor.at, by)}[kind](
                value
            )
            if kind != "size"
            else Resize(value)
        )


POINT = st.tuples(st.integers(0, 1279), st.integers(0, 719)).map(lambda at: (float(at[0]), float(at[1])))
CHARTS = st.tuples(st.integers(1000, 1260), st.integers(80, 700)).map(lambda at: (float(at[0]), float(at[1])))
CONTROL = st.sampled_from([(84, 690), (240, 690), (1220, 42), (60, 180), (60, 240), (100, 300), (200, 360), (150, 420)])
KEYS = [*"sstclkvm.,5]é", "space", "space", "f1", "tab", "right", "return", "[1]"]
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("rest"), st.integers(0, 40)),
        st.tuples(st.just("click"), st.one_of(POINT, CONTROL.map(lambda at: (float(at[0]), float(at[1]))))),
        st.tuples(st.just("drag"), st.lists(POINT, max_size=4)),
        st.tuples(st.just("move"), st.one_of(POINT, CHARTS)),
        st.tuples(st.sampled_from(["down", "lost"]), st.none()),
        st.tuples(st.just("key"), st.sampled_from(KEYS)),
        st.tuples(st.just("scroll"), st.floats(-4, 4)),
        st.tuples(st.just("pinch"), st.floats(0.2, 3)),
        st.tuples(st.just("size"), st.sampled_from([(900, 700), (1280, 720), (640, 400)])),
    ),
    max_size=25,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
def test_any_sequence_of_input_gives_the_same_ticks_again(studio: Any, acts: list[tuple[str, Any]]) -> None:
    def visit(visitor: Any) -> None:
        for each in acts:
            act(visitor, each)
        visitor.rest(len(acts) + 30)

    studio.visit(visit)


RESTS = st.tuples(st.just("rest"), st.integers(0, 90))
SMALL = st.one_of(  # three of them fit into a scripted answer, and none says what fades after some seconds
    st.tuples(st.just("click"), st.sampled_from([(1220.0, 42.0), (640.0, 300.0)])),
    st.tuples(st.just("key"), st.sampled_from(["t", "]", "tab", "c"])),
    st.tuples(st.just("drag"), st.lists(POINT, max_size=3)),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    meanwhile=st.lists(st.tuples(SMALL, RESTS), max_size=3),
    after=st.lists(st.one_of(SMALL, RESTS, st.just(("key", "space"))), max_size=8),
    late=st.sampled_from(["0.05", "1", "4"]),
    stop=st.booleans(),
)
@example([(("drag", [(495.0, 0.0)]), ("rest", 0))], [("click", (640.0, 300.0))], "0.05", False)  # on a neuron, or not
@example([(("click", (640.0, 300.0)), ("rest", 6))], [], "0.05", False)
def test_however_late_the_backend_was_the_states_and_the_epochs_are_the_same(
    studio: Any, meanwhile: list[Any], after: list[Any], late: str, stop: bool
) -> None:
    def visit(visitor: Any) -> None:
        act(visitor, ("key", "space"))
        for each, rest in meanwhile:
            act(visitor, each)
            act(visitor, rest)
        act(visitor, ("key", "s")) if stop else visitor.pilot.until("epoch>=2")
        for each in after:
            if not stop or each != ("key", "space"):
                act(visitor, each)
        visitor.move(2.0, 2.0)  # off the field: which neuron lies under a hand depends on how long the camera swayed
        visitor.rest(60)

    studio.visit(visit, late=late)
