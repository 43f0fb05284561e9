"""numba, once what it keeps on the disk is whole: some of our functions are loaded from there while their file is imported."""

from __future__ import annotations

from .compiled import heal

heal()

import numba  # noqa: E402

njit = numba.njit

__all__ = ["njit", "numba"]
