"""A model of the user's in place of the fixed descriptors: what it sees in stills."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..asking import open_asked
from ..values import Array
from .views import Describe


def model_features(folder: Path) -> tuple[Describe, int]:
    """(describe, size in pixels) of the model in a folder: each frame is shown as a clip that stands still, answers are averaged.

    Weights and places are not used: what was taken out of a frame has been painted over. UserError where there is no model.
    """
    asked = open_asked(folder, needs_classes=False)

    def describe(frames: Array, weight: Array | None, places: bool) -> Array:
        still = [np.repeat(frame[None], asked.data.frames, 0) for frame in frames]
        found: Array = asked.features(still, fps=asked.data.frames / asked.data.window_s).mean(0)
        return found

    return describe, asked.data.size_px
