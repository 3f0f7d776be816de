"""Rows of like things as numpy columns. A system is a plain function that writes columns."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Entities:
    """`count` rows with named float32 columns, [count] or [count, width] each, read and written as attributes."""

    def __init__(self, **columns: ArrayLike) -> None:
        """Columns of one length; a scalar column is not possible, since it would not say how many rows there are."""
        arrays = {name: np.array(values, dtype=np.float32) for name, values in columns.items()}
        lengths = {len(values) for values in arrays.values()}
        if len(lengths) != 1:
            raise ValueError(f"columns differ in length: { {name: len(values) for name, values in arrays.items()} }")
        self.count = lengths.pop()
        self._columns = arrays

    def __getattr__(self, name: str) -> NDArray[np.float32]:
        try:
            return self.__dict__["_columns"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"no such column: {name}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        columns = self.__dict__.get("_columns", {})
        if name in columns:
            columns[name][:] = value
        else:
            super().__setattr__(name, value)

    def pack(self, *names: str) -> NDArray[np.float32]:
        """The named columns side by side, float32 [count, total width]: one buffer write."""
        return np.column_stack([self.__getattr__(name) for name in names])
