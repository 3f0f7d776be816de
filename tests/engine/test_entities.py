"""Rows of like things: columns by name, packed for one write."""

import numpy as np
import pytest

from engine.entities import Entities


def test_columns_are_float32_and_read_as_attributes() -> None:
    rows = Entities(at=[[1, 2], [3, 4], [5, 6]], size=[7, 8, 9])
    assert rows.count == 3
    assert rows.at.dtype == rows.size.dtype == np.float32
    assert rows.at.shape == (3, 2)


def test_packed_columns_lie_side_by_side_in_the_order_asked_for() -> None:
    rows = Entities(at=[[1, 2], [3, 4]], size=[7, 8])
    packed = rows.pack("size", "at")
    assert packed.dtype == np.float32
    assert packed.tolist() == [[7, 1, 2], [8, 3, 4]]


def test_assigning_writes_through_to_the_same_array() -> None:
    rows = Entities(size=[1, 2, 3])
    held = rows.size
    rows.size = 5
    assert held.tolist() == [5, 5, 5]
    rows.size = [1, 2, 3]
    assert held.tolist() == [1, 2, 3]
    rows.size[1] = 9
    assert rows.pack("size").tolist() == [[1], [9], [3]]


def test_what_went_in_is_not_changed_by_writing() -> None:
    given = np.zeros(2, dtype=np.float32)
    rows = Entities(size=given)
    rows.size = 4
    assert given.tolist() == [0, 0]


def test_columns_of_different_lengths_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"differ in length.*'at': 2.*'size': 3"):
        Entities(at=[1, 2], size=[1, 2, 3])


def test_a_value_of_the_wrong_shape_is_refused() -> None:
    rows = Entities(size=[1, 2, 3])
    with pytest.raises(ValueError):
        rows.size = [1, 2]
    assert rows.size.tolist() == [1, 2, 3]


def test_an_unknown_column_is_named() -> None:
    rows = Entities(size=[1])
    with pytest.raises(AttributeError, match="no such column: colour"):
        _ = rows.colour
    with pytest.raises(AttributeError, match="colour"):
        rows.pack("size", "colour")


def test_no_rows_are_rows_too() -> None:
    rows = Entities(at=np.zeros((0, 2)), size=[])
    assert rows.count == 0
    assert rows.pack("at", "size").shape == (0, 3)
