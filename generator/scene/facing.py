"""The side from which the act is seen: of the azimuths that were drawn, the first from which the body doesn't hide what acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..motion.apart import CLOTH_M, spheres
from ..motion.kinematics import joint_transforms
from ..skeletons import JOINT
from ..values import Array, Camera, CameraSpec, Performance, Performer

ENOUGH = 0.9
"""Share of the acting joints, over the action's time, that is to be seen by the camera which stays."""

LOOKED_AT = 10
"""So many frames are looked at."""

GRAZED = 0.85
"""A line of sight that comes no nearer to a sphere's centre than this share of its radius passes: flesh is narrower between."""

_ALONG = (("shoulder", "elbow", 0.5), ("shoulder", "elbow", 1.0), ("elbow", "wrist", 0.5))
ARM = tuple((f"{side}_{joint}", f"{side}_{end}", share) for side in ("left", "right") for joint, end, share in _ALONG)
"""Places along the arms that hide what is behind them: from a joint so far to the next."""

BESIDE_M = 0.12
"""Flesh whose middle is this near to a joint is its own."""

Telling = Mapping[str, Sequence[int]]
"""Role -> the joints that tell the action; roles whose whole body does are left out."""


def facing(spec: CameraSpec, performance: Performance, telling: Telling, film: Callable[[CameraSpec], Camera]) -> CameraSpec:
    """The spec at its own azimuth, or at the first of `other_azimuths_rad` that sees ENOUGH, or at the best of all of them."""
    if not spec.other_azimuths_rad or not any(telling.values()):
        return spec
    bodies = [_body(performer) for performer in performance.performers]
    frames = _during(performance)
    best, most = spec, -1.0
    for azimuth_rad in (spec.azimuth_rad, *spec.other_azimuths_rad):
        turned = replace(spec, azimuth_rad=azimuth_rad)
        share = _seen(film(turned), performance, telling, bodies, frames)
        if share > most + 1e-9:
            best, most = turned, share
        if most >= ENOUGH:
            break
    return best


def _body(performer: Performer) -> tuple[Array, Array, Array]:
    """Joints (T, 55, 3), and centres (T, N, 3) and radii (N,) of the flesh."""
    joints, offsets, radii = spheres(performer.skeleton)
    transforms = joint_transforms(performer)
    fleshy = transforms[:, joints]
    centers = np.einsum("tnij,nj->tni", fleshy[..., :3, :3], offsets) + fleshy[..., :3, 3]
    places = transforms[..., :3, 3]
    start, end = (places[:, [JOINT[row[k]] for row in ARM]] for k in (0, 1))
    share = np.array([row[2] for row in ARM])[:, None]
    thickness = performer.skeleton.radius_m[[JOINT["left_elbow"]] * len(ARM)] + CLOTH_M
    return places, np.concatenate([centers, start + share * (end - start)], axis=1), np.concatenate([radii, thickness])


def _during(performance: Performance) -> Array:
    """Frames of the action, without the pauses round it."""
    if not performance.segments:
        return np.unique(np.linspace(0, performance.n_frames - 1, LOOKED_AT).round().astype(int))
    start, end = performance.segments[0].start_s, performance.segments[-1].end_s
    last = performance.n_frames - 1
    return np.unique(np.clip(np.linspace(start, end, LOOKED_AT) * performance.fps, 0, last).round().astype(int))


def _seen(camera: Camera, performance: Performance, telling: Telling, bodies: Sequence[tuple[Array, Array, Array]],
          frames: Array) -> float:  # fmt: skip
    """Share of what tells that no flesh hides, of the performer of whom least is seen."""
    turn, shift = camera.T_camera_world[frames, :3, :3], camera.T_camera_world[frames, :3, 3]
    eyes = -np.einsum("tji,tj->ti", turn, shift)
    centers = np.concatenate([centers[frames] for _, centers, _ in bodies], axis=1)
    radii = np.concatenate([radii for _, _, radii in bodies])
    shares = [
        1.0 - _hidden(eyes, joints[frames][:, list(telling[performer.role])], centers, radii).mean()
        for performer, (joints, _, _) in zip(performance.performers, bodies, strict=True)
        if telling.get(performer.role)
    ]
    return float(min(shares, default=1.0))


def _hidden(eyes: Array, points: Array, centers: Array, radii: Array) -> Array:
    """Which points (T, K, 3) flesh (T, N, 3) stands before, seen from eyes (T, 3): a line of sight comes near to a centre
    before it ends."""
    way = points - eyes[:, None]
    to_center = (centers - eyes[:, None])[:, None]
    along = (to_center * way[:, :, None]).sum(axis=-1) / np.maximum((way * way).sum(axis=-1), 1e-9)[:, :, None]
    nearest = np.clip(along, 0.0, 1.0)[..., None] * way[:, :, None]
    gap = np.linalg.norm(to_center - nearest, axis=-1)
    apart = np.linalg.norm(centers[:, None] - points[:, :, None], axis=-1) > BESIDE_M
    return np.asarray(((gap < GRAZED * radii) & (along < 1.0) & apart).any(axis=-1))
