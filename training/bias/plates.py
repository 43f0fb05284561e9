"""People taken out of frames: by exact masks or boxes where there are labels, by a temporal median where there are none."""

from __future__ import annotations

import cv2
import numpy as np

from ..values import Array

PERSON = range(1, 10)
"""Values of our `mask` label that are the person: skin, eyes, hair, clothes, shoes, hat (`SURFACES` in the generator)."""

PROP = 10
"""Value of our `mask` label for objects that the action needs."""


def person_in(mask: Array) -> Array:
    """Where the person is, bool, from a `mask` label of any shape."""
    return (mask >= PERSON.start) & (mask < PERSON.stop)


def actor_in(mask: Array) -> Array:
    """Where the person or an object of the action is, bool, from a `mask` label of any shape."""
    return (mask >= PERSON.start) & (mask <= PROP)


def boxes_to_masks(box_px: Array, height_px: int, width_px: int) -> Array:
    """Boxes (T, 4) xyxy as bool masks (T, H, W); a box of NaN (nobody to be seen) is empty."""
    x = np.arange(width_px)[None, None, :] + 0.5
    y = np.arange(height_px)[None, :, None] + 0.5
    x0, y0, x1, y1 = (box_px[:, k, None, None] for k in range(4))
    return (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)


def grown(mask: Array, margin_px: int) -> Array:
    """Masks (T, H, W) bool, grown by a margin: what shines over an edge (blur, video codec) belongs to it."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * margin_px + 1, 2 * margin_px + 1))
    return np.stack([cv2.dilate(m.astype(np.uint8), kernel).astype(bool) for m in mask])


def median_plate(frames: Array) -> Array:
    """Frames (T, H, W, 3) to the one picture (H, W, 3) of what stays: the median over time.

    The background where the camera stands still and the person does not; whoever stays in place stays in the picture.
    """
    plate: Array = np.median(frames, axis=0).astype(np.uint8)
    return plate


def emptied(frames: Array, mask: Array, still_camera: bool) -> tuple[Array, float]:
    """Frames (T, H, W, 3) without what `mask` (T, H, W) covers, and the share of all pixels that had to be invented.

    Before a still camera, a covered pixel shows what the nearest frame in time shows there uncovered; what never is uncovered
    (and, before a moving camera, every covered pixel) is painted in from its surroundings (Telea 2004, by OpenCV).
    """
    out, missing = frames.copy(), mask.copy()
    if still_camera:
        times = np.arange(len(frames))
        for t in range(len(frames)):
            for u in sorted(times[times != t], key=lambda other: abs(int(other) - t)):
                if not missing[t].any():
                    break
                seen = missing[t] & ~mask[u]
                out[t][seen] = frames[u][seen]
                missing[t] &= ~seen
    for t in np.flatnonzero(missing.any((1, 2))):
        out[t] = cv2.inpaint(out[t], missing[t].astype(np.uint8), 3, cv2.INPAINT_TELEA)
    return out, float(missing.mean())
