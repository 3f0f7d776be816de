"""A slider's value can be typed: what fits is taken, what does not is said."""

from __future__ import annotations

import pytest

from engine.flat.controls import Ui
from engine.flat.ranges import Range, Unfit
from engine.input import Key
from engine.window import Window

Rated = tuple[Ui, list[float], list[str]]


@pytest.fixture
def rated(window: Window) -> Rated:
    """A focused slider from 0.001 to 1, the values it was set to, and what was said."""
    ui, taken, said = Ui((400, 200)), list[float](), list[str]()
    ui.slider("rate", Range(0.001, 1.0, 0.001, log=True), 0.01, taken.append)
    ui.place((400, 200), {"rate": (0, 40, 120, 20)})
    ui.show("rate", visible=True, enabled=True)
    ui.complain = said.append
    ui.handle(Key("tab"))
    return ui, taken, said


def typed(ui: Ui, *names: str) -> None:
    for name in names:
        ui.handle(Key(name))


def test_a_typed_value_is_taken_on_enter_and_not_before(rated: Rated) -> None:
    ui, taken, said = rated
    typed(ui, "0", ".", "2", "[5]")
    assert (taken, ui.controls["rate"].typed) == ([], "0.25")
    typed(ui, "return")
    assert (taken, said, ui.controls["rate"].typed) == ([0.25], [], "")


def test_backspace_takes_the_last_one_back_and_escape_all(rated: Rated) -> None:
    ui, taken, _ = rated
    typed(ui, "0", ".", "3", "backspace", "4", "return")
    typed(ui, "0", ".", "9", "escape", "return")
    assert taken == [0.4]


@pytest.mark.parametrize("text", ["7", "0", "..", "0.0001", "."])
def test_what_does_not_fit_changes_nothing_and_is_said(rated: Rated, text: str) -> None:
    ui, taken, said = rated
    typed(ui, *text, "return")
    assert (taken, said) == ([], [Unfit(text, 0.001, 1.0)])


@pytest.mark.parametrize("text", ["0.0255", "0.9999"])
def test_what_lies_between_two_steps_is_not_rounded_but_said(rated: Rated, text: str) -> None:
    ui, taken, said = rated
    typed(ui, *text, "return")
    assert (taken, said) == ([], [Unfit(text, 0.001, 1.0, 0.001)])


def test_an_arrow_leaves_what_was_typed_and_moves(rated: Rated) -> None:
    ui, taken, _ = rated
    typed(ui, "0", ".", "5", "right")
    assert len(taken) == 1 and taken[0] != 0.5 and ui.controls["rate"].typed == ""


def test_leaving_the_slider_forgets_what_was_typed(rated: Rated) -> None:
    ui, taken, _ = rated
    typed(ui, "0", ".", "5", "tab", "return")
    assert (taken, ui.controls["rate"].typed) == ([], "")
