"""The shipped data sets and the split: the same for the same seed, balanced, and as they are described."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation_server.training.datasets import CLOUD_NAMES, HIDDEN_LAYERS, Dataset, cloud, digits
from simulation_server.training.points import FEATURES
from simulation_server.training.split import split


def made(name: str, *, seed: int = 0, noise: float = 0.0, count: int = 500) -> Dataset:
    return cloud(name, generator=np.random.default_rng(seed), noise=noise, count=count)


@given(name=st.sampled_from(CLOUD_NAMES), seed=st.integers(0, 2**32 - 1), noise=st.floats(0.0, 0.5))
def test_equal_seeds_give_equal_points(name: str, seed: int, noise: float) -> None:
    once, again = (made(name, seed=seed, noise=noise) for _ in range(2))
    np.testing.assert_array_equal(once.values, again.values)
    np.testing.assert_array_equal(once.inputs, again.inputs)
    np.testing.assert_array_equal(once.labels, again.labels)


@pytest.mark.parametrize("name", CLOUD_NAMES)
def test_clouds_have_two_classes_of_equal_size_and_lie_on_the_map(name: str) -> None:
    dataset = made(name)
    assert np.bincount(dataset.labels).tolist() == [250, 250]
    assert np.abs(dataset.values).max() < 6.0


@pytest.mark.parametrize("name", CLOUD_NAMES)
def test_another_seed_or_more_noise_moves_the_points(name: str) -> None:
    assert np.any(made(name, noise=0.1).values != made(name, noise=0.1, seed=1).values)
    assert np.any(made(name).values != made(name, noise=0.5).values)


def test_circle_and_exclusive_or_are_what_they_are_called() -> None:
    circle, crossed = made("circle"), made("exclusive-or")
    radius = np.hypot(*circle.values.T)
    assert radius[circle.labels == 0].max() < radius[circle.labels == 1].min()
    np.testing.assert_array_equal(crossed.values.prod(axis=1) < 0.0, crossed.labels == 1)


def test_the_spiral_has_two_arms_half_a_turn_apart() -> None:
    dataset = made("spiral")
    np.testing.assert_allclose(dataset.values[dataset.labels == 0], -dataset.values[dataset.labels == 1], atol=1e-12)


def test_all_seven_features_can_be_chosen_in_any_order() -> None:
    names = tuple(reversed(FEATURES))
    dataset = cloud("circle", generator=np.random.default_rng(0), features=names)
    x, y = dataset.values.T
    expected = {"x": x, "y": y, "x²": x**2, "y²": y**2, "xy": x * y, "sin x": np.sin(x), "sin y": np.sin(y)}
    np.testing.assert_allclose(dataset.inputs, np.column_stack([expected[name] for name in names]))


def test_the_digits_are_complete_and_scaled() -> None:
    dataset = digits()
    assert dataset.inputs.shape == (1797, 64)
    assert (dataset.inputs.min(), dataset.inputs.max()) == (0.0, 1.0)
    assert np.bincount(dataset.labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


@pytest.mark.parametrize("fraction", [0.5, 0.8, 0.9])
def test_the_split_keeps_every_row_once_and_the_share_of_every_class(fraction: float) -> None:
    dataset = digits()
    parts = split(dataset, fraction=fraction, generator=np.random.default_rng(3))
    together = np.concatenate([parts.training_rows, parts.validation_rows])
    np.testing.assert_array_equal(np.sort(together), np.arange(1797))
    learned = np.bincount(parts.training.labels) / np.bincount(dataset.labels)
    np.testing.assert_allclose(learned, fraction, atol=0.005)


def test_scaling_comes_from_the_training_rows_alone() -> None:
    parts = split(made("spiral"), fraction=0.8, generator=np.random.default_rng(3))
    np.testing.assert_allclose(parts.training.inputs.mean(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(parts.training.inputs.std(axis=1), 1.0)
    assert np.abs(parts.validation.inputs.mean(axis=1)).max() > 1e-6


def table(labels: list[int], values: list[float]) -> Dataset:
    column = np.array(values)[:, None]
    classes = tuple(str(label) for label in range(max(labels) + 1))
    return Dataset("csv", column, column, np.array(labels), ("column 1",), classes, HIDDEN_LAYERS)


def test_a_class_of_two_rows_is_on_both_sides_and_a_class_of_one_is_learned() -> None:
    parts = split(table([0, 0, 1, 1, 2], [1.0, 2.0, 3.0, 4.0, 5.0]), fraction=0.9, generator=np.random.default_rng(0))
    assert sorted(parts.training.labels) == [0, 1, 2]
    assert sorted(parts.validation.labels) == [0, 1]


def test_a_split_without_a_row_to_check_with_is_refused() -> None:
    with pytest.raises(ValueError, match="No row is left to check with"):
        split(table([0, 1], [1.0, 2.0]), fraction=0.5, generator=np.random.default_rng(0))


def test_a_constant_column_and_a_far_outlier_stay_finite() -> None:
    parts = split(table([0, 0, 1, 1], [0.0, 1e-160, 0.0, 1e15]), fraction=0.5, generator=np.random.default_rng(1))
    same = split(table([0, 0, 1, 1], [7.0] * 4), fraction=0.5, generator=np.random.default_rng(1))
    for part in (parts.training, parts.validation, same.training, same.validation):
        assert np.isfinite(part.inputs).all()
        assert np.abs(part.inputs).max() <= 1000.0
