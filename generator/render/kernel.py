"""How the inner loops are compiled: to machine code kept between runs, the same bits whatever the number of threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile a function of numbers and arrays with numba, without Python's checks on division.

    No fast-math and no parallel loops: their results could differ from machine to machine. References to arrays aren't
    counted, which inner loops would spend most of their time on; so it can't make arrays.
    """
    return cast(F, njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(function))


def making_arrays(function: F) -> F:
    """The same for a function that makes arrays."""
    return cast(F, njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: F) -> F:
    """The same for a part of a kernel: set into its callers, so that arrays aren't handed over for every pixel."""
    return cast(F, njit(cache=True, nogil=True, error_model="numpy", _nrt=False, forceinline=True)(function))
