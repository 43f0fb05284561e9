"""The free labels of clips of ours, and of moving shapes, at the sampled frames, and how they follow a crop and a mirror.

Of people those count who act, in the performance's order, which is the same in every frame: who passes by is nobody's label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...generator.base.errors import UserError, nearest
from ...generator.dataset import DENSE
from ..values import Array, Item
from .label_arrays import ACTING, arrays_of, file_of, read_arrays

if TYPE_CHECKING:
    from ...generator.stream import Clip

PEOPLE = 2
"""P: of so many who act the joints are told; places of those who aren't there hold joints that aren't seen."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "joints": ("coco_px", "coco_visible"),
    "person": ("person",),
    "part": ("part",),
    "depth": ("depth",),
    "flow": ("flow",),
}
"""What can be asked for -> the arrays of our labels that it is made from."""

INSTEAD: Mapping[str, str] = {"person": "mask"}
"""Array -> what will do where there is none: then everybody to be seen counts as acting."""

BOX = "box"
"""The box round all who act, made from box_px: asked for to crop round it, not to learn from."""

COCO_MIRROR = np.array([0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15])
"""COCO's key points with left and right exchanged."""

UNKNOWN = 255
"""Person and part where a clip has no labels."""

PART_MIRROR = np.array([0, 1, 2, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, *range(15, UNKNOWN + 1)], np.uint8)
"""Parts of the body likewise (names in docs/format.md)."""

PROP = 10
"""First index of the surfaces mask that is no longer the person: props, ground, backdrop."""


@dataclass(frozen=True)
class Window:
    """What of the picture is seen: a box in shares of its width and height, and whether it is mirrored."""

    x0: float = 0.0
    y0: float = 0.0
    x1: float = 1.0
    y1: float = 1.0
    mirrored: bool = False


def check_names(names: Sequence[str]) -> None:
    """UserError for a label that can't be asked for."""
    for name in names:
        if name not in NEEDS:
            raise UserError(f"unknown auxiliary label '{name}': {nearest(name, NEEDS)}")


def read_extras(item: Item, frames: Array, names: Sequence[str], width_px: int, height_px: int) -> dict[str, Array]:
    """Labels `names` of a clip at these frame numbers, `unknown` for a video of others.

    UserError where a dataset of ours lacks them.
    """
    if item.labels is None:
        return {name: unknown(name, len(frames)) for name in names}
    needed = [need for name in names for need in _needs(name)]
    needed = [INSTEAD[need] if need in INSTEAD and not file_of(item.labels, need).is_file() else need for need in needed]
    return pick(read_arrays(item.labels, needed), frames, names, width_px, height_px, item.path)


def clip_extras(clip: Clip, frames: Array, names: Sequence[str]) -> dict[str, Array]:
    """The same of a clip that was just rendered."""
    height, width = clip.frames.shape[1:3]
    return pick(arrays_of(clip.labels), frames, names, width, height, Path(clip.spec.name))


def pick(
    arrays: Mapping[str, Array], frames: Array, names: Sequence[str], width_px: int, height_px: int, where: Path
) -> dict[str, Array]:
    """joints (T, P, 17, 3): x and y in shares of the picture, visibility; person, part, depth (T, h, w); flow (T, h, w, 2).

    `arrays` are those of `read_arrays`. The box is (4,): x0, y0, x1, y1 around all who act in all of the frames, in shares, NaN
    where nobody is seen. Flow is where a pixel goes until the next frame of the video, in shares of the picture; the last frame
    has the one before's.
    """
    _check_there(arrays, frames, names, where)
    out: dict[str, Array] = {}
    for name in names:
        if name == "joints":
            xy = arrays["coco_px"][frames] / np.array([width_px, height_px])
            out[name] = padded(np.concatenate([xy, arrays["coco_visible"][frames][..., None]], -1).astype(np.float32))
        elif name == BOX:
            out[name] = around(arrays["box_px"][frames].reshape(-1, 4) / np.array([width_px, height_px] * 2))
        elif name == "person":
            out[name] = _acting(arrays, frames)
        elif name == "flow":
            flow = arrays["flow"]
            out[name] = (flow[np.minimum(frames, len(flow) - 1)] / np.array([width_px, height_px])).astype(np.float32)
        else:
            out[name] = arrays[name][frames]
    return out


def padded(joints: Array) -> Array:
    """Joints (T, people, 17, 3) of the first P people, (T, P, 17, 3): unseen where there are fewer."""
    room = np.zeros((len(joints), PEOPLE, *joints.shape[2:]), joints.dtype)
    room[:, : joints.shape[1]] = joints[:, :PEOPLE]
    return room


def _acting(arrays: Mapping[str, Array], frames: Array) -> Array:
    """(T, h, w) uint8, 1 where somebody is who acts."""
    if "person" not in arrays:
        surface = arrays["mask"][frames]
        return ((surface > 0) & (surface < PROP)).astype(np.uint8)
    table = np.zeros(256, np.uint8)
    table[arrays[ACTING]] = 1
    return table[arrays["person"][frames]]


def _check_there(arrays: Mapping[str, Array], frames: Array, names: Sequence[str], where: Path) -> None:
    """UserError for a label that isn't there, or not of all these frames."""
    for name in names:
        for need in _needs(name):
            there = need if need in arrays else INSTEAD.get(need, need)
            if there not in arrays and need in DENSE:
                raise UserError(f"{where} has no '{need}' labels: render with --labels {need}")
            if there not in arrays:
                raise UserError(f"{where} has no labels '{need}': train without '{name}', or from a dataset of `synapt render`")
            if need != "flow" and len(arrays[there]) <= np.max(frames, initial=0):
                raise UserError(f"{where} has more frames than labels '{there}' ({len(arrays[there])}): make the clip again")


def unknown(name: str, n_frames: int) -> Array:
    """What `pick` would give for a clip of which nothing is known: joints not seen, UNKNOWN, depth 0, flow and box NaN."""
    shape = (n_frames, 1, 1)  # one pixel, which becomes as many as the window has
    if name == "joints":
        return np.zeros((n_frames, PEOPLE, 17, 3), np.float32)
    if name == BOX:
        return np.full(4, np.nan)
    if name == "depth":
        return np.zeros(shape, np.float32)
    if name == "flow":
        return np.full((*shape, 2), np.nan, np.float32)
    return np.full(shape, UNKNOWN, np.uint8)


def _needs(name: str) -> tuple[str, ...]:
    return ("box_px",) if name == BOX else NEEDS[name]


def around(boxes: Array) -> Array:
    """The box (4,) around boxes (T, 4), NaN rows left out; NaN when all are."""
    boxes = boxes[~np.isnan(boxes).any(1)]
    return np.concatenate([boxes[:, :2].min(0), boxes[:, 2:].max(0)]) if len(boxes) else np.full(4, np.nan)


def follow(extras: Mapping[str, Array], window: Window, size_px: int) -> dict[str, Array]:
    """Labels as seen through the window: maps become (T, size_px, size_px[, 2]) by the nearest pixel, joints shares of it.

    Joints outside get visibility 0. Flow comes out in pixels of the window.
    """
    return {name: _SEEN.get(name, _map)(array, window, size_px) for name, array in extras.items()}


def _joints(joints: Array, window: Window, size_px: int) -> Array:
    out = joints.copy()
    out[..., 0] = (joints[..., 0] - window.x0) / (window.x1 - window.x0)
    out[..., 1] = (joints[..., 1] - window.y0) / (window.y1 - window.y0)
    if window.mirrored:
        out[..., 0] = 1 - out[..., 0]
        out = out[..., COCO_MIRROR, :]
    inside = ((out[..., :2] >= 0) & (out[..., :2] < 1)).all(-1)
    out[..., 2] *= inside
    return out


def _map(array: Array, window: Window, size_px: int) -> Array:
    height, width = array.shape[1:3]
    steps = (np.arange(size_px) + 0.5) / size_px
    rows = ((window.y0 + steps * (window.y1 - window.y0)) * height).astype(np.int64).clip(0, height - 1)
    columns = ((window.x0 + steps * (window.x1 - window.x0)) * width).astype(np.int64).clip(0, width - 1)
    return array[:, rows][:, :, columns[::-1] if window.mirrored else columns]


def _part(part: Array, window: Window, size_px: int) -> Array:
    seen = _map(part, window, size_px)
    return PART_MIRROR[seen] if window.mirrored else seen


def _flow(flow: Array, window: Window, size_px: int) -> Array:
    scale = size_px / np.array([window.x1 - window.x0, window.y1 - window.y0])
    if window.mirrored:
        scale[0] = -scale[0]
    return (_map(flow, window, size_px) * scale).astype(np.float32)


_SEEN = {"joints": _joints, "part": _part, "flow": _flow}
