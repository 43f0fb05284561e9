"""What a model is shown of one performance: twins, swapped backgrounds, stills, reversed and shuffled time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from ...generator.base.seeds import draws
from ..bias import plates
from ..values import Array
from .renders import Performance, Person, Version

GREY = 127
MARGIN_PX = 2
"""People's mask is grown by so much before the background behind is made up; not when they are pasted."""


@dataclass(frozen=True)
class Shown:
    """Frames (T, H, W, 3) uint8 and what was done to them.

    `condition`: base, twin, frozen, background, person, reversed, shuffled, swap same or swap other. `factor` and `redraw` say
    which twin. `invented`: share of pixels of a background that had to be painted in.
    """

    condition: str
    frames: Array
    people: tuple[Person, ...]
    factor: str = ""
    redraw: int = 0
    invented: float = 0.0


def shown(performance: Performance, lent: dict[str, tuple[Array, float]]) -> Iterator[Shown]:
    """Every condition of a performance. `lent`: empty backgrounds (frames, invented) named "same" and "other"."""
    base, job = performance.base, performance.job
    frames, who = base.frames, base.people
    if base.mask is None:
        raise ValueError(f"{job.name} was rendered without its mask")
    yield Shown("base", frames, who)
    for factor, versions in performance.twins.items():
        for k, version in enumerate(versions, 1):
            yield Shown("twin", version.frames, version.people, factor, k)
    middle = len(frames) // 2
    yield Shown("frozen", np.repeat(frames[middle : middle + 1], len(frames), 0), who)
    empty, invented = without_actor(base)
    yield Shown("background", empty, who, invented=invented)
    alone = plates.person_in(base.mask)
    yield Shown("person", np.where(alone[..., None], frames, GREY).astype(np.uint8), who)
    yield Shown("reversed", frames[::-1], who)
    order = draws("audit shuffle", job.seed, job.name).permutation(len(frames))
    yield Shown("shuffled", frames[order], who)
    for name, (backdrop, invented) in lent.items():
        yield Shown(f"swap {name}", pasted(base, backdrop), who, invented=invented)


def without_actor(version: Version) -> tuple[Array, float]:
    """Frames without people and objects of the action, and the share of pixels that had to be invented."""
    if version.mask is None:
        raise ValueError("the mask is needed to take somebody out")
    return plates.emptied(version.frames, plates.grown(plates.actor_in(version.mask), MARGIN_PX), version.still_camera)


def pasted(version: Version, backdrop: Array) -> Array:
    """People and objects of a version, by the exact mask, before other frames: stretched in time, cut to size from the middle."""
    if version.mask is None:
        raise ValueError("the mask is needed to paste somebody")
    n, height, width = version.mask.shape
    behind = backdrop[np.linspace(0, len(backdrop) - 1, n).round().astype(int)]
    if behind.shape[1:3] != (height, width):
        behind = np.stack([_filled(frame, height, width) for frame in behind])
    out: Array = np.where(plates.actor_in(version.mask)[..., None], version.frames, behind)
    return out


def _filled(frame: Array, height: int, width: int) -> Array:
    """The middle of a frame at this size, nothing stretched."""
    scale = max(height / frame.shape[0], width / frame.shape[1])
    size = (max(width, round(frame.shape[1] * scale)), max(height, round(frame.shape[0] * scale)))
    large = cv2.resize(frame, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    y, x = (size[1] - height) // 2, (size[0] - width) // 2
    return large[y : y + height, x : x + width]
