"""numba, once what it keeps on the disk is whole: it dies of a file that it cannot read."""

from __future__ import annotations

from .compiled import heal

heal()

import numba  # noqa: E402

njit = numba.njit

__all__ = ["njit", "numba"]
