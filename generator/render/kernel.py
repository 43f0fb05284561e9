"""How the inner loops are compiled: to machine code kept between runs, the same bits whatever the number of threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

from ..base.jit import njit

F = TypeVar("F", bound=Callable[..., object])

_COMMON: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
_UNCOUNTED: dict[str, Any] = {**_COMMON, "_nrt": False}
"""With numba's run time, which makes arrays and counts references to them, left out."""


def kernel(function: F) -> F:
    """Compile a function of numbers and arrays with numba, without Python's checks on division.

    No fast-math and no parallel loops: their results could differ from machine to machine. References to arrays aren't
    counted, which inner loops would spend most of their time on; so it can't make arrays.
    """
    return cast(F, njit(**_UNCOUNTED)(function))


def making_arrays(function: F) -> F:
    """The same for a function that makes arrays."""
    return cast(F, njit(**_COMMON)(function))


def inlined(function: F) -> F:
    """The same for a part of a kernel: set into its callers, so that arrays aren't handed over for every pixel."""
    return cast(F, njit(**_UNCOUNTED, forceinline=True)(function))


@inlined
def index(number: int | np.integer[Any]) -> int:
    """A number that is never negative, to look up by: others are asked at every look whether they count from the end."""
    return np.uint32(number)  # type: ignore[return-value]  # numba's kind of int
