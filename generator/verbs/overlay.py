"""Labels drawn on the frames that they belong to: one film per label, to be laid out side by side."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Collection, Iterator
from itertools import product

import cv2
import numpy as np

from ..base.errors import UserError, nearest
from ..base.ranges import MOST_PEOPLE
from ..skeletons import COCO17_EDGES, JOINT, PARTS, SMPLX_PARENTS, SURFACES
from ..values import Array, Clip, Labels
from ..video.read import fitted

LEAST_PX = 256
"""Frames are brought to this width at least before anything is drawn on them."""

_HANDS_FROM = JOINT["left_index1"]
"""Joints from here on are fingers, drawn smaller."""

_SEEN, _HIDDEN = (70, 230, 90), (255, 150, 40)
"""Colour of a joint that is visible, and of one that is hidden."""

_FAR_PX = 30_000
"""OpenCV draws no further out."""

Draw = Callable[[Array, Labels, int], Array]
"""Frames (T, H, W, 3) uint8, labels, pixels of these frames to one of the labels' -> frames with a label drawn on them."""


def overlays(frames: Array, labels: Labels, names: Collection[str]) -> dict[str, Array]:
    """Label -> frames (T, H, W, 3) uint8 that show it, in the order of LABELS; `names` are some of LABELS, or "all" there are.

    UserError for a name that is none, or whose label the clip was rendered without.
    """
    scale = max(1, -(-LEAST_PX // frames.shape[2]))
    large = _large(frames, scale)
    return {name: LABELS[name](large, labels, scale) for name in drawable(labels, names)}


def drawable(labels: Labels, names: Collection[str]) -> tuple[str, ...]:
    """The labels meant by `names` that a clip has, in the order of LABELS. UserError as `overlays` raises it."""
    _check_names(names)
    there = [name for name in LABELS if name not in DENSE or name in labels.dense]
    lacking = [name for name in names if name in DENSE and name not in there]
    if lacking:
        raise UserError(f"the clip has no label '{lacking[0]}': render with --labels {','.join(lacking)}")
    return tuple(name for name in there if "all" in names or name in names)


def wanted(text: str) -> tuple[str, ...]:
    """Names of labels from "joints,mask" or "all", in capitals or not. UserError for an unknown one, and where none is named."""
    names = tuple(dict.fromkeys(word.strip().lower() for word in text.split(",") if word.strip()))
    if not names:
        raise UserError(f"--labels names no label: write all, or some of {','.join(LABELS)}")
    _check_names(names)
    return names


def passes(names: Collection[str]) -> tuple[str, ...]:
    """The labels per pixel that drawing `names` takes."""
    return tuple(name for name in LABELS if name in DENSE and ("all" in names or name in names))


def titled(clip: Clip, names: Collection[str], width_px: int, title: str = "") -> Iterator[tuple[str, Array]]:
    """For each label a title and the frames that show it, no wider than `width_px`; one at a time, as they are large."""
    for name in drawable(clip.labels, names):
        film = overlays(clip.frames, clip.labels, (name,))[name]
        narrow = film if film.shape[2] <= width_px else np.stack([fitted(picture, width_px) for picture in film])
        yield f"{title or clip.spec.name}: {name}", narrow


def _check_names(names: Collection[str]) -> None:
    for name in names:
        if name not in (*LABELS, "all"):
            raise UserError(f"unknown label '{name}': {nearest(name, (*LABELS, 'all'))}")


def _joints(frames: Array, labels: Labels, scale: int) -> Array:
    """SMPL-X's joints with their bones and COCO's key points: green where visible, orange where hidden, nothing outside."""
    drawn = frames.copy()
    for person, (t, picture) in product(labels.people, enumerate(drawn)):
        points, seen = person.joints_px[t] * scale, person.joints_visible[t]
        for joint, parent in enumerate(SMPLX_PARENTS):
            if parent >= 0 and seen[joint] and seen[parent]:
                cv2.line(picture, _at(points[parent]), _at(points[joint]), (255, 255, 255), 1, cv2.LINE_AA)
        for joint in np.flatnonzero(seen):
            radius = 1 if joint >= _HANDS_FROM else 3
            cv2.circle(picture, _at(points[joint]), radius, _SEEN if seen[joint] == 2 else _HIDDEN, -1, cv2.LINE_AA)
    return drawn


def _coco(frames: Array, labels: Labels, scale: int) -> Array:
    """COCO's seventeen key points, limb by limb in colours."""
    drawn = frames.copy()
    for person, (t, picture) in product(labels.people, enumerate(drawn)):
        points, seen = person.coco_px[t] * scale, person.coco_visible[t]
        for k, (a, b) in enumerate(COCO17_EDGES):
            if seen[a] and seen[b]:
                cv2.line(picture, _at(points[a]), _at(points[b]), _hue(k / len(COCO17_EDGES)), 2, cv2.LINE_AA)
        for k in np.flatnonzero(seen):
            cv2.circle(picture, _at(points[k]), 3, _SEEN if seen[k] == 2 else _HIDDEN, -1, cv2.LINE_AA)
    return drawn


def _box(frames: Array, labels: Labels, scale: int) -> Array:
    """The box round each person's visible pixels, with their role; grey round those who don't act."""
    drawn = frames.copy()
    for person in labels.people:
        colour = (255, 220, 0) if person.acting else (160, 160, 160)
        for picture, box in zip(drawn, person.box_px, strict=True):
            if np.isfinite(box).all():
                cv2.rectangle(picture, _at(box[:2] * scale), _at(box[2:] * scale - 1), colour, 2)
                cv2.putText(
                    picture, person.role, _at(box[:2] * scale + (4, 16)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, colour, 1, cv2.LINE_AA
                )
    return drawn


def _phase(frames: Array, labels: Labels, scale: int) -> Array:
    """The name of the phase in a corner, and a bar that fills up with the clip."""
    drawn = frames.copy()
    names = [segment.name for segment in labels.segments]
    for t, (picture, phase) in enumerate(zip(drawn, labels.phase, strict=True)):
        word, colour = (names[phase], _hue(phase / len(names))) if 0 <= phase < len(names) else ("-", (160, 160, 160))
        cv2.putText(picture, word, (6, 20), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (0, 0, 0), 3, cv2.LINE_AA)
        cv2.putText(picture, word, (6, 20), cv2.FONT_HERSHEY_SIMPLEX, 0.55, colour, 1, cv2.LINE_AA)
        picture[-6:, : round(picture.shape[1] * (t + 1) / len(drawn))] = colour
    return drawn


def _mask(frames: Array, labels: Labels, scale: int) -> Array:
    return _tinted(frames, labels.dense["mask"], len(SURFACES), scale)


def _part(frames: Array, labels: Labels, scale: int) -> Array:
    return _tinted(frames, labels.dense["part"], len(PARTS), scale)


def _people(frames: Array, labels: Labels, scale: int) -> Array:
    return _tinted(frames, labels.dense["person"], MOST_PEOPLE + 1, scale)


def _depth(frames: Array, labels: Labels, scale: int) -> Array:
    """Near is yellow, far is violet, on one scale for the whole clip; the sky is black."""
    depth = labels.dense["depth"]
    known = np.isfinite(depth)
    near, far = np.percentile(depth[known], (1, 99)) if known.any() else (0.0, 1.0)
    nearness = 1.0 - np.clip((np.where(known, depth, far) - near) / max(far - near, 1e-6), 0.0, 1.0)
    grey = (255 * nearness).astype(np.uint8)
    colours = np.stack([cv2.applyColorMap(picture, cv2.COLORMAP_VIRIDIS)[..., ::-1] for picture in grey])
    return _large(np.where(known[..., None], colours, 0).astype(np.uint8), scale)


def _normal(frames: Array, labels: Labels, scale: int) -> Array:
    """World axes as colours: x red, y green, z (up) blue."""
    normal = np.nan_to_num(labels.dense["normal"].astype(np.float32))
    return _large((127.5 * (np.clip(normal, -1.0, 1.0) + 1.0)).astype(np.uint8), scale)


def _flow(frames: Array, labels: Labels, scale: int) -> Array:
    """Direction as hue and speed as brightness, on one scale for the clip; the last frame, which has none, is black."""
    flow = np.nan_to_num(labels.dense["flow"])
    speed = np.linalg.norm(flow, axis=-1)
    most = max(float(np.percentile(speed, 99.5)) if speed.size else 0.0, 1e-6)
    hue = (np.arctan2(flow[..., 1], flow[..., 0]) / (2 * np.pi) % 1.0 * 179).astype(np.uint8)
    value = (255 * np.clip(speed / most, 0.0, 1.0)).astype(np.uint8)
    hsv = np.stack([hue, np.full_like(hue, 220), value], axis=-1)
    colours = [cv2.cvtColor(picture, cv2.COLOR_HSV2RGB) for picture in hsv]
    return _large(np.stack([*colours, np.zeros((*flow.shape[1:3], 3), np.uint8)]), scale)


LABELS: dict[str, Draw] = {
    "joints": _joints, "coco": _coco, "box": _box, "phase": _phase, "mask": _mask, "part": _part, "person": _people,
    "depth": _depth, "normal": _normal, "flow": _flow,
}  # fmt: skip
"""What can be drawn, in the order of a sheet's rows."""

DENSE = frozenset(("mask", "part", "person", "depth", "normal", "flow"))
"""Those that a clip has only if it was rendered with them."""


def _tinted(frames: Array, ids: Array, n: int, scale: int) -> Array:
    """Every id but 0 in a colour of its own, half see-through; the rest is darkened."""
    palette = np.array([(0, 0, 0), *(_hue(k * 0.381966) for k in range(1, n))], np.uint8)
    colours = palette[np.minimum(ids, n - 1)]  # files are anybody's, and may hold any number
    return np.where(_large(ids[..., None] > 0, scale), frames // 2 + _large(colours, scale) // 2, frames // 3)


def _large(pictures: Array, scale: int) -> Array:
    """Pictures (T, H, W, C) with every pixel `scale` x `scale`."""
    return np.repeat(np.repeat(pictures, scale, axis=1), scale, axis=2)


def _hue(turn: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(turn % 1.0, 0.75, 1.0)
    return round(255 * red), round(255 * green), round(255 * blue)


def _at(point: Array) -> tuple[int, int]:
    """Pixel that a point lies in; outside the picture where a file says something that is no place."""
    x, y = np.floor(np.nan_to_num(point, nan=-_FAR_PX)).clip(-_FAR_PX, _FAR_PX)
    return int(x), int(y)
