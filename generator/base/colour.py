"""The sRGB curve (IEC 61966-2-1): display values to linear light and back."""

from __future__ import annotations

from typing import Any

import numpy as np

Values = np.ndarray[Any, np.dtype[Any]]


def to_linear(srgb: Any) -> Values:
    """Linear light of sRGB values, both in [0, 1], element by element."""
    c = np.asarray(srgb, dtype=np.float64)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def to_srgb(linear: Any) -> Values:
    """sRGB values of linear light, both in [0, 1], element by element."""
    c = np.asarray(linear, dtype=np.float64)
    return np.where(c <= 0.0031308, 12.92 * c, 1.055 * c ** (1 / 2.4) - 0.055)
