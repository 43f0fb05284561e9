"""What is looked at of one clip: stills, frames without order, colours, the background alone, the people alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from ..data.label_arrays import read_arrays
from ..data.reading import frames_of, stretch
from ..values import Array, Item
from . import descriptors, plates

MOMENTS = 9
"""Frames that are looked at, evenly spaced from the first to the last."""

MARGIN_SHARE = 1 / 32
"""A person's mask is grown by this share of the picture's side before it is taken out."""

STATIC = ("first frame", "middle frame", "last frame", "frames without order", "colours", "background")
"""Views that every clip has; each forgets the order of time or the person."""

LABELLED = ("background and objects", "person alone")
"""Views of clips with our `mask` label: scene with the action's objects but no person; middle frame, all but the person grey."""

REFERENCE = "motion (reference)"
"""Not static: what optical flow tells, to compare with."""

GREY = 127


@dataclass(frozen=True)
class Seen:
    """A clip as it is looked at: frames (9, S, S, 3) uint8; mask (9, S, S) uint8 of our surfaces, or None.

    person (9, S, S) bool: where people may be, acting or not, from masks or boxes; None where nothing is known.
    `shape`: frames, rate and size of the file.
    """

    frames: Array
    mask: Array | None
    person: Array | None
    shape: dict[str, float]


Describe = Callable[[Array, Array | None, bool], Array]
"""Frames (T, S, S, 3), weights (T, S, S) or None, whether places count -> one vector."""


def see(item: Item, size_px: int = descriptors.SIZE_PX) -> Seen:
    """Decode what is looked at of a clip, at size_px x size_px. UserError for a file that cannot be read."""
    where = stretch(item)
    moments = np.linspace(0, len(where) - 1, MOMENTS).round().astype(int)
    frames = _small(frames_of(item, moments, None), size_px, cv2.INTER_AREA)
    shape = {"frames": float(len(where)), "fps": round(where.fps, 2), "width_px": where.width_px, "height_px": where.height_px}
    margin_px = round(MARGIN_SHARE * size_px)
    mask = _label(item, "mask", moments + where.first)
    if mask is not None:
        mask = _small(mask, size_px, cv2.INTER_NEAREST)
        return Seen(frames, mask, plates.grown(plates.actor_in(mask), margin_px), shape)
    box = _label(item, "box_px", moments + where.first)
    if box is None:
        return Seen(frames, None, None, shape)
    scale = size_px / np.array([where.width_px, where.height_px] * 2)
    inside = np.any([plates.boxes_to_masks(one * scale, size_px, size_px) for one in box.swapaxes(0, 1)], 0)
    return Seen(frames, None, plates.grown(inside, margin_px), shape)


def fixed(frames: Array, weight: Array | None, places: bool) -> Array:
    """The fixed descriptors of every frame, averaged."""
    weights = [None] * len(frames) if weight is None else list(weight)
    return np.mean([descriptors.describe(f, w, places) for f, w in zip(frames, weights, strict=True)], 0)


def views(seen: Seen, describe: Describe = fixed) -> dict[str, Array]:
    """The vector of each view of a clip, by name; those of LABELLED only where the masks are known."""
    frames, middle = seen.frames, MOMENTS // 2
    found = {
        "first frame": describe(frames[:1], None, True),
        "middle frame": describe(frames[middle : middle + 1], None, True),
        "last frame": describe(frames[-1:], None, True),
        "frames without order": describe(frames, None, True),
        "colours": np.mean([descriptors.colours(frame) for frame in frames], 0),
        "background": _background(seen, describe),
    }
    if seen.mask is not None:
        person = plates.person_in(seen.mask)
        out, shown = _without(frames, plates.grown(person, round(MARGIN_SHARE * frames.shape[1])))
        found["background and objects"] = describe(out, shown, False)
        alone = np.where(person[middle, ..., None], frames[middle], GREY).astype(np.uint8)
        found["person alone"] = describe(alone[None], None, True)
    found[REFERENCE] = descriptors.motion(frames)
    return found


def _background(seen: Seen, describe: Describe) -> Array:
    """Frames without the person, places forgotten (a hole's place would tell where somebody is); else the median plate."""
    if seen.person is None:
        return describe(plates.median_plate(seen.frames)[None], None, True)
    return describe(*_without(seen.frames, seen.person), False)


def _without(frames: Array, hidden: Array) -> tuple[Array, Array]:
    """Frames with what is hidden painted over, and weights that count only what was not."""
    painted, _ = plates.emptied(frames, hidden, still_camera=True)
    return painted, (~hidden).astype(np.float32)


def _small(pictures: Array, size_px: int, how: int) -> Array:
    return np.stack([cv2.resize(picture, (size_px, size_px), interpolation=how) for picture in pictures])


def _label(item: Item, name: str, numbers: Array) -> Array | None:
    """An array of a clip's labels at these frames, of everybody; None where there is none."""
    found = read_arrays(item.labels, (name,), everybody=True).get(name) if item.labels else None
    return None if found is None else found[np.minimum(numbers, len(found) - 1)]
