"""Numbers of a file, looked at before they are used: what they are, how many, and that they can be reckoned with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..base.errors import UserError
from ..base.shown import shown
from ..values import Array

MOST_FRAMES = 100_000
"""Of one person: a quarter of an hour at 120 frames/s."""

MOST_ARRAY = 1 << 28
"""Bytes of one person's array as float64."""

FARTHEST = 1e5
"""No angle, and no coordinate in the smallest unit, is larger."""

LEAST_FPS, MOST_FPS, USUAL_FPS = 1.0, 1000.0, 30.0


def floats(value: Any, what: str) -> Array:
    """An array of a file (or a list of lists) as finite float64. UserError, which calls it `what`, for one that is none."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf" or array.size * 8 > MOST_ARRAY:
            raise ValueError
        array = array.astype(np.float64)
    except (ValueError, OverflowError, TypeError) as error:
        raise UserError(f"{what} holds no numbers, or too many: wanted an array of at most {MOST_ARRAY:,} bytes") from error
    with np.errstate(invalid="ignore"):
        bad = ~(np.abs(array) <= FARTHEST)
    if bad.any():
        place = [int(k) for k in np.argwhere(bad)[0]]
        raise UserError(f"{what} has {array[tuple(place)]:g} at {place}: wanted finite numbers up to {FARTHEST:g}, mend the file")
    return array


def frames(count: int, what: str) -> int:
    """A count of frames that makes a motion. UserError else."""
    if not 2 <= count <= MOST_FRAMES:
        raise UserError(f"{what} has {count:,} frames: wanted 2 to {MOST_FRAMES:,}, give a motion or a part of it")
    return count


def rate(table: Mapping[str, Any], names: tuple[str, ...], what: str) -> float | None:
    """Frames/s under the first of these names that the file has; None where it has none. UserError for one out of range."""
    for name in names:
        if name in table:
            value = floats(table[name], f"{what}: '{name}'")
            if value.size != 1 or not LEAST_FPS <= float(value.reshape(-1)[0]) <= MOST_FPS:
                raise UserError(f"{what}: '{name}' is {shown(table[name])[:40]}: wanted {LEAST_FPS:g} to {MOST_FPS:g} frames/s")
            return float(value.reshape(-1)[0])
    return None


def text(value: Any) -> str:
    """A word that a file may hold as text, bytes, or an array of one of either; "" for anything else."""
    if isinstance(value, np.ndarray | list) and np.size(value) == 1:
        value = np.asarray(value).reshape(-1)[0]
    if isinstance(value, bytes | np.bytes_):
        value = value.decode("utf-8", "replace")
    return shown(value)[:500] if isinstance(value, str) else ""
