"""A recording and who follows it, one over the other from the same camera: to see at a glance what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ..labels.label import project_points
from ..motion.recorded.error import alongside
from ..motion.track import Track
from ..render import find_backend
from ..skeletons import JOINT, SMPLX_PARENTS
from ..values import Array, Camera, Scene

_LEFT, _RIGHT, _MIDDLE, _PAPER = (200, 60, 40), (40, 90, 200), (60, 60, 60), 245


_BEFORE = {"crown": "head", "toe": "side_foot", "ball": "side_ankle", "heel": "side_ankle",
           **{f"{finger}_tip": f"side_{finger}3" for finger in ("index", "middle", "thumb")}}  # fmt: skip
"""Landmark of a side -> the joint that it is next to."""


def side_by_side(scene: Scene, tracks: Sequence[Track], frames: Array, *, columns: int = 10, mirrored: bool = False) -> Array:
    """(2 H, columns W, 3) uint8: sticks of the tracks above, the scene below, at moments spread evenly over the clip.

    frames (T,): which frame of the tracks each frame of the scene shows. Limbs of the left are red, of the right blue.
    """
    pick = np.linspace(0, scene.n_frames - 1, columns).round().astype(int)
    seen = find_backend("raster").render(_thinned(scene, pick), "draft")
    camera = _pinhole(scene.camera, pick)
    drawn = np.full_like(seen, _PAPER)
    for performer, track in zip(scene.performance.acting, tracks, strict=True):
        _draw(drawn, camera, {name: at[pick] for name, at in alongside(performer, track, frames, mirrored=mirrored).items()})
    return np.concatenate([np.concatenate(list(row), axis=1) for row in (drawn, seen)], axis=0)


def _thinned(scene: Scene, pick: Array) -> Scene:
    """The scene at some of its frames."""
    meshes = tuple(m if len(m.transforms) == 1 else replace(m, transforms=m.transforms[pick]) for m in scene.meshes)
    performers = tuple(replace(p, rotations=p.rotations[pick], pelvis_m=p.pelvis_m[pick]) for p in scene.performance.performers)
    props = {name: path[pick] for name, path in scene.performance.props.items()}
    performance = replace(scene.performance, performers=performers, props=props)
    return replace(scene, meshes=meshes, camera=_pinhole(scene.camera, pick), performance=performance)


def _pinhole(camera: Camera, pick: Array) -> Camera:
    """What a renderer draws, at some frames: moments apart have no rows to roll, and the lens' bend is left out of both."""
    return replace(camera, K_px=camera.K_px[pick], T_camera_world=camera.T_camera_world[pick], lens=None)


def _draw(pictures: Array, camera: Camera, at: dict[str, Array]) -> None:
    """Draw a skeleton's points (T, 3) and the lines between neighbours on pictures (T, H, W, 3)."""
    names = list(at)
    pixels, _ = project_points(camera, np.stack([at[name] for name in names], axis=1))
    for t, picture in enumerate(pictures):
        for k, name in enumerate(names):
            above = _above(name, at)
            ends = pixels[t, [k, names.index(above) if above else k]]
            if np.isfinite(ends).all() and np.abs(ends).max() < 1e5:
                ink = _LEFT if name.startswith("left") else _RIGHT if name.startswith("right") else _MIDDLE
                a, b = (tuple(int(x) for x in end.round()) for end in ends)
                cv2.line(picture, a, b, ink, max(picture.shape[0] // 90, 1), cv2.LINE_AA)


def _above(name: str, at: dict[str, Array]) -> str:
    """The nearest point that is there, on the way from a point to the pelvis; "" above the pelvis."""
    if name not in JOINT:
        name = _BEFORE.get(name.partition("_")[2] or name, "head").replace("side", name.partition("_")[0])
        if name in at:
            return name
    joint = JOINT.get(name, 0)
    while joint > 0:
        joint = SMPLX_PARENTS[joint]
        above = next(other for other, index in JOINT.items() if index == joint)
        if above in at:
            return above
    return ""
