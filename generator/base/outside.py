"""Points of a dressed person's surface: what others touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Outside:
    """At rest, some centimetres from each other: points_m and unit normals (N, 3), and the joint (N,) that each goes with."""

    points_m: Array
    normals: Array
    joint: Array
