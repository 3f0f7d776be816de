"""The stack of scenes: the top one lives, those below rest."""

import pytest

from engine.input import Event, Quit, Resize
from engine.scene import Scene, SceneStack


class Noted(Scene):
    """Writes down what is done to it."""

    def __init__(self, name: str, notes: list[str], *, covers: bool = True) -> None:
        self.name = name
        self.notes = notes
        self.covers = covers

    def handle(self, event: Event) -> bool:
        self.notes.append(f"{self.name} heard")
        return True

    def tick(self, dt: float) -> None:
        self.notes.append(f"{self.name} ticked {dt}")


def test_every_scene_ticks_and_the_top_one_listens() -> None:
    notes: list[str] = []
    stack = SceneStack(Noted("below", notes), Noted("above", notes))
    stack.tick(0.5)
    assert stack.handle(Quit())
    assert notes == ["below ticked 0.5", "above ticked 0.5", "above heard"]


def test_below_a_scene_that_halts_nothing_ticks() -> None:
    notes: list[str] = []
    above = Noted("above", notes)
    above.halts = True
    stack = SceneStack(Noted("below", notes), above, Noted("over", notes))
    stack.tick(0.5)
    assert notes == ["above ticked 0.5", "over ticked 0.5"]


def test_another_size_is_told_to_all_that_are_drawn() -> None:
    notes: list[str] = []
    stack = SceneStack(Noted("hidden", notes), Noted("below", notes), Noted("over", notes, covers=False))
    assert stack.handle(Resize((10, 10)))
    assert notes == ["below heard", "over heard"]


def test_the_scene_below_a_popped_one_goes_on() -> None:
    notes: list[str] = []
    below, above = Noted("below", notes), Noted("above", notes)
    stack = SceneStack(below, above)
    assert stack.pop() is above
    assert stack.top is below
    stack.handle(Quit())
    assert notes == ["below heard"]


def test_a_scene_that_is_shown_again_comes_to_the_top_from_where_it_lies() -> None:
    notes: list[str] = []
    one, other = Noted("one", notes), Noted("other", notes)
    stack = SceneStack(one, other)
    stack.show(one)
    assert (stack.top, list(stack)) == (one, [other, one])
    stack.show(Noted("new", notes))
    assert len(stack) == 3


def test_clearing_and_popping_the_last_scene_empty_the_stack() -> None:
    stack = SceneStack(Noted("below", []), Noted("above", []))
    stack.clear()
    assert len(stack) == 0 and not stack
    stack.push(Noted("only", []))
    stack.pop()
    assert not stack


def test_an_empty_stack_takes_ticks_and_events_in_silence() -> None:
    stack = SceneStack()
    stack.tick(0.5)
    assert not stack.handle(Quit())
    assert list(stack.visible()) == []
    with pytest.raises(IndexError):
        _ = stack.top


@pytest.mark.parametrize(
    ("covering", "seen"),
    [
        ((True, True, True), [2]),
        ((True, True, False), [1, 2]),
        ((True, False, False), [0, 1, 2]),
        ((False, False, False), [0, 1, 2]),
        ((False, True, False), [1, 2]),
    ],
)
def test_what_lies_below_a_covering_scene_is_not_drawn(covering: tuple[bool, ...], seen: list[int]) -> None:
    scenes = [Noted(str(index), [], covers=covers) for index, covers in enumerate(covering)]
    assert list(SceneStack(*scenes).visible()) == [scenes[index] for index in seen]


def test_a_plain_scene_covers_and_uses_no_event() -> None:
    scene = Scene()
    assert scene.covers
    assert not scene.handle(Quit())
