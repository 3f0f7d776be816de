"""What may be chosen, and what each refusal names."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.flat.ranges import Range
from scenes.training.parameters import LEARNING_RATE_STEP, LEARNING_RATES, Parameters

CONTROL = Range(*LEARNING_RATES, LEARNING_RATE_STEP, log=True)  # as the dashboard's


def test_the_defaults_are_the_web_apps() -> None:
    assert Parameters() == Parameters(learning_rate=0.01, batch_size=32, epochs=50)


@pytest.mark.parametrize(
    "values",
    [{"learning_rate": 0.001}, {"learning_rate": 1.0}, {"epochs": 1}, {"epochs": 200}]
    + [{"batch_size": size} for size in (16, 32, 64, 128, 256)],
)
def test_the_bounds_themselves_are_allowed(values: dict[str, Any]) -> None:
    assert {name: getattr(Parameters(**values), name) for name in values} == values


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("learning_rate", value) for value in (0.0, 0.0009, 1.001, -1.0, float("nan"), float("inf"))],
        *[("batch_size", value) for value in (0, 15, 33, 512, -32)],
        *[("epochs", value) for value in (0, 201, -1)],
    ],
)
def test_what_lies_outside_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{field} "):
        Parameters(**{field: value})


@given(st.floats(min_value=-10, max_value=10))
def test_a_snapped_rate_is_a_step_of_the_control_and_may_be_chosen(rate: float) -> None:
    chosen = CONTROL.snapped(rate)
    assert chosen == round(chosen, 3)
    assert Parameters(learning_rate=chosen).learning_rate == chosen
    if 0.001 <= rate <= 1:
        assert abs(chosen - rate) <= 0.0005 + 1e-12


@given(st.floats(min_value=0.001, max_value=1))
def test_snapping_twice_changes_nothing_more(rate: float) -> None:
    assert CONTROL.snapped(CONTROL.snapped(rate)) == CONTROL.snapped(rate)
