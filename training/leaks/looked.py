"""What is looked at of one clip: a frame without its people, the colours round them, its length, and where its people are."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...generator.dataset import ClipSpec
from ..bias import descriptors, plates
from ..bias.views import MOMENTS, see
from ..data.label_arrays import read_arrays
from ..values import Array, Item

FRAME, COLOURS, LENGTH = "single frame, people taken out", "colours of the background", "length of the clip"

BOXES = ("box height", "box width", "box x", "box y")
"""Of the box round all who act, in shares of the picture; medians over the frames."""


@dataclass(frozen=True)
class Looked:
    """`vectors`: view -> (D,); `factors`: name -> value; `people_out`: "masks" or "boxes", "" where nobody knows who is where."""

    vectors: dict[str, Array]
    factors: dict[str, Any]
    people_out: str


def look_at(item: Item) -> Looked:
    """Decode and describe a clip. UserError for a file that cannot be read."""
    seen = see(item)
    n = seen.shape["frames"]
    vectors = {LENGTH: np.array([n, np.log(max(n, 1.0))])}
    if seen.person is None:
        return Looked(vectors, _boxes(item, seen.shape), "")
    shown = (~seen.person).astype(np.float32)
    vectors[COLOURS] = np.mean([descriptors.colours(f, w) for f, w in zip(seen.frames, shown, strict=True)], 0)
    middle = slice(MOMENTS // 2, MOMENTS // 2 + 1)
    hidden = seen.person[middle]
    empty, _ = plates.emptied(seen.frames[middle], hidden, still_camera=False)
    # places are forgotten: a hole's place and size would tell where somebody is
    vectors[FRAME] = descriptors.describe(empty[0], (~hidden[0]).astype(np.float32), False)
    return Looked(vectors, _boxes(item, seen.shape), "boxes" if seen.mask is None else "masks")


def _boxes(item: Item, shape: dict[str, float]) -> dict[str, float]:
    """The BOXES of a clip with labels; one that shows nobody has none."""
    found = read_arrays(item.labels, ("box_px",)).get("box_px") if item.labels else None
    if found is None or not np.isfinite(found).any():
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # frames in which nobody is seen
        low, high = np.nanmin(found[..., :2], 1), np.nanmax(found[..., 2:], 1)
        size = np.array([shape["width_px"], shape["height_px"]])
        (width, height), (x, y) = np.nanmedian((high - low) / size, 0), np.nanmedian((low + high) / 2 / size, 0)
    return dict(zip(BOXES, map(float, (height, width, x, y)), strict=True))


def drawn_of(spec: ClipSpec) -> dict[str, float]:
    """Factors that the index has no column for."""
    light, camera = spec.light, spec.camera
    return {
        "bystanders, how many": float(len(spec.bystanders)), "light_yaw_rad": light.yaw_rad,
        "sun_azimuth_rad": light.sun_azimuth_rad, "sun_elevation_rad": light.sun_elevation_rad,
        "camera_roll_rad": camera.roll_rad,
    }  # fmt: skip
