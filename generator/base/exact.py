"""An arctangent that gives the same bits every time.

numpy's vectorised arctan2 (and arctan, exp, log and their kin) falls back to another algorithm for strided arrays whenever
memory happens to lie in its way, and the two differ in the last bit: with numpy 1.26 and AVX-512 the same call gave two
answers in one process. Clips must be the same bit for bit, so strided slices are made contiguous first; the others are fed the
results of arithmetic here, which are contiguous anyway.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def arctan2(y: Any, x: Any) -> Any:
    """Angle (rad) of the points (x, y), element by element, for arrays that broadcast or plain numbers."""
    if np.ndim(y) == 0 and np.ndim(x) == 0:
        return np.arctan2(y, x)
    return np.arctan2(*(np.ascontiguousarray(side) for side in np.broadcast_arrays(y, x)))
