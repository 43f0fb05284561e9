"""The camera: stands where the whole performance fills the wanted share of the frame, and moves as the spec says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..base.errors import UserError, nearest
from ..base.exact import arctan2
from ..values import Array, Camera, CameraSpec
from .framing import Subject, extents, ground_track, turning_track

SENSOR_WIDTH_MM = 36.0
"""The frame's width in terms of which focal lengths are given (35 mm film)."""

LOWEST_M = 0.15
"""No camera is nearer to the ground than this."""

NEAREST_M = 0.9
"""No part of the subject is nearer to the lens: closer, feet towards a wide lens hide the rest of a body that lies."""

SMALLEST = 0.45
"""A person who goes far towards a camera or away is shown no smaller than this share of their largest: by a longer lens, from
further away, which evens sizes out. The lens that was drawn would show a dot at one end of a run."""

LONGEST_MM = 135.0
LONGER_LENSES = 3
"""How often the lens is changed: a distance that fits the one follows the other but nearly. It is changed too where a wide one
would have to come nearer than NEAREST_M to fill the frame: seen from above, who telephones would be a third of it."""

N_STEPS = 60
CLOSE = 2e-3
"""The distance's solution ends when extent and centre are right to this share of the frame (8 steps or so)."""

SWAY_HZ = (0.23, 0.61, 1.37, 2.9)
"""Frequencies of a hand-held sway; amplitudes fall with frequency."""


@dataclass(frozen=True)
class Rig:
    """Path of a camera before its distance is known, per frame (T, ...).

    anchor (T, 3) m is what it looks at, base (T, 3) m what it keeps its distance from, direction (T, 3) leads from
    there to the camera; sway_m (T, 3) and sway_rad (T, 3) are small displacements in camera axes; roll_rad.
    """

    anchor: Array
    base: Array
    direction: Array
    sway_m: Array
    sway_rad: Array
    roll_rad: float


Mover = Callable[[CameraSpec, Subject], tuple[Array, Array, Array]]
"""Gives anchor, base (T, 3) and azimuth offset (T,) of one kind of movement."""


def camera(spec: CameraSpec, subject: Subject, width_px: int, height_px: int) -> Camera:
    """Pinhole per frame. Raises UserError for an unknown movement or a fill outside (0.05, 1.2)."""
    if spec.movement not in MOVEMENTS:
        raise UserError(f"unknown camera movement '{spec.movement}': {nearest(spec.movement, MOVEMENTS)}")
    if not 0.05 <= spec.fill <= 1.2:
        raise UserError(f"camera fill is {spec.fill}; use a share of the frame between 0.05 and 1.2")
    focal = spec.focal_mm / SENSOR_WIDTH_MM
    aspect = height_px / width_px
    rig = _rig(spec, subject)
    transforms = _solved(rig, spec, subject, focal, aspect)
    for _ in range(LONGER_LENSES):
        longer = _longer(transforms, spec, subject, focal, aspect)
        if longer == 1.0:
            break
        focal *= min(longer, LONGEST_MM / SENSOR_WIDTH_MM / focal)
        transforms = _solved(rig, spec, subject, focal, aspect)
    K = np.array([[focal * width_px, 0.0, width_px / 2], [0.0, focal * width_px, height_px / 2], [0.0, 0.0, 1.0]])
    return Camera(width_px, height_px, np.tile(K, (len(transforms), 1, 1)), transforms)


# ---------------------------------------------------------------- movements


def _still(spec: CameraSpec, subject: Subject) -> tuple[Array, Array, Array]:
    """On a tripod; it turns after a person who goes far."""
    anchor = turning_track(subject)
    middle = 0.5 * (anchor.min(axis=0) + anchor.max(axis=0))
    middle[2] += 0.25 * np.ptp(anchor[:, 2])  # who falls far is seen from higher up, or the edge they leave would hide them
    base = np.broadcast_to(middle, anchor.shape)
    return anchor, base, np.zeros(len(anchor))


def _orbit(spec: CameraSpec, subject: Subject) -> tuple[Array, Array, Array]:
    """Round the stage by `sweep_rad` over the clip, starting and ending gently."""
    anchor, base, _ = _still(spec, subject)
    s = np.linspace(0.0, 1.0, len(anchor))
    ease = 0.6 * s + 0.4 * s * s * (3 - 2 * s)
    return anchor, base, spec.movement_params.get("sweep_rad", 0.7) * ease


def _follow(spec: CameraSpec, subject: Subject) -> tuple[Array, Array, Array]:
    """Along with the person, late by `lag_s`."""
    track = ground_track(subject, spec.movement_params.get("lag_s", 0.4))
    return track, track, np.zeros(len(track))


MOVEMENTS: dict[str, Mover] = {"static": _still, "handheld": _still, "orbit": _orbit, "follow": _follow}
"""Movement -> its path. Any of them sways by `sway_m` and `sway_rad` of the movement's parameters."""


def _rig(spec: CameraSpec, subject: Subject) -> Rig:
    anchor, base, turned = MOVEMENTS[spec.movement](spec, subject)
    azimuth = arctan2(subject.front[1], subject.front[0]) + spec.azimuth_rad + turned
    level, rise = np.cos(spec.elevation_rad), np.sin(spec.elevation_rad)
    direction = np.stack([level * np.cos(azimuth), level * np.sin(azimuth), np.full_like(azimuth, rise)], -1)
    sways = _sway(spec, len(anchor), subject.fps)
    sway_m = spec.movement_params.get("sway_m", 0.0) * sways[:, :3]
    sway_rad = spec.movement_params.get("sway_rad", 0.0) * sways[:, 3:]
    return Rig(anchor, base, direction, sway_m, sway_rad, spec.roll_rad)


def _sway(spec: CameraSpec, n_frames: int, fps: float) -> Array:
    """(T, 6) smooth wandering numbers of root mean square near 1, from the spec's phases."""
    phases = np.resize(np.asarray(spec.phases_rad or (0.0,)), (len(SWAY_HZ), 6))
    # Each channel has its own rhythm, so that it never repeats as one.
    spread = 1.0 + 0.13 * np.arange(6)
    t = np.arange(n_frames) / fps
    angle = 2 * np.pi * np.asarray(SWAY_HZ)[:, None, None] * spread * t[:, None] + phases[:, None]
    weight = 1.0 / np.sqrt(np.asarray(SWAY_HZ))[:, None, None]
    weight = weight / np.sqrt(0.5 * (weight**2).sum())
    return np.asarray((weight * np.sin(angle)).sum(axis=0))


# ---------------------------------------------------------------- distance


def _look(rig: Rig, distance: float, shift: Array) -> Array:
    """T_camera_world (T, 4, 4) of the rig at a distance (m), moved sideways by `shift` (2,) m: right, down."""
    right, down, ahead = _axes(-rig.direction)
    lateral = shift[0] * right + shift[1] * down
    position = rig.base + distance * rig.direction + lateral
    aim = rig.anchor + lateral
    position = position + np.einsum("tk,tkc->tc", rig.sway_m, np.stack([right, down, ahead], axis=1))
    position[:, 2] = np.maximum(position[:, 2], LOWEST_M)
    right, down, ahead = _axes(aim - position)
    c, s = np.cos(rig.roll_rad + rig.sway_rad[:, 2:]), np.sin(rig.roll_rad + rig.sway_rad[:, 2:])
    right, down = c * right + s * down, c * down - s * right
    tilted = ahead + rig.sway_rad[:, :1] * right + rig.sway_rad[:, 1:2] * down
    ahead = tilted / np.linalg.norm(tilted, axis=1, keepdims=True)
    right = right - ahead * np.einsum("tc,tc->t", right, ahead)[:, None]
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    rotation = np.stack([right, np.cross(ahead, right), ahead], axis=1)
    out = np.tile(np.eye(4), (len(position), 1, 1))
    out[:, :3, :3] = rotation
    out[:, :3, 3] = -np.einsum("tij,tj->ti", rotation, position)
    return out


def _axes(ahead: Array) -> tuple[Array, Array, Array]:
    """Right, down and forward unit vectors (T, 3) of level cameras looking along `ahead` (T, 3)."""
    ahead = ahead / np.linalg.norm(ahead, axis=1, keepdims=True)
    right = np.cross(ahead, (0.0, 0.0, 1.0))
    right /= np.maximum(np.linalg.norm(right, axis=1, keepdims=True), 1e-9)
    return right, np.cross(ahead, right), ahead


def _in_camera(transforms: Array, subject: Subject) -> Array:
    """(T, N, 3) the subject's points in camera axes."""
    return np.asarray(np.einsum("tij,tnj->tni", transforms[:, :3, :3], subject.points) + transforms[:, None, :3, 3])


def _longer(transforms: Array, spec: CameraSpec, subject: Subject, focal: float, aspect: float) -> float:
    """By how much a lens should be longer, at least 1: so that sizes are evened out, and the frame is filled from NEAREST_M."""
    near, far = _depths(transforms, subject)
    low, high = extents(_in_camera(transforms, subject), subject.radii, focal)
    filled = float(((high - low) / (1.0, aspect)).max()) / spec.fill
    evening = SMALLEST * (far - near) / (1.0 - SMALLEST) / near if near < 0.95 * SMALLEST * far else 1.0
    return max(evening, 1.0 / filled if filled < 0.95 else 1.0)


def _depths(transforms: Array, subject: Subject) -> tuple[float, float]:
    """Least and greatest distance (m) of the pelvis ahead of the camera."""
    ahead = np.einsum("ti,ti->t", transforms[:, 2, :3], subject.middle) + transforms[:, 2, 3]
    return float(ahead.min()), float(ahead.max())


def _solved(rig: Rig, spec: CameraSpec, subject: Subject, focal: float, aspect: float) -> Array:
    """T_camera_world at the distance where the subject's extent, centred with the spec's offset, fills the frame.

    Newton's steps on the logarithm of the distance (an extent shrinks as 1 / depth of its nearest point), each with
    a correction of the sideways shift that centres the extent. No nearer than NEAREST_M to any point.
    """
    frame = np.array([1.0, aspect])
    distance, least, shift = 4.0, 0.0, np.zeros(2)
    for _ in range(N_STEPS):
        transforms = _look(rig, distance, shift)
        seen = _in_camera(transforms, subject)
        depth = float((seen[..., 2] - subject.radii).min())
        if depth < NEAREST_M:
            distance = least = distance + NEAREST_M - depth + 1e-3
            continue
        low, high = extents(seen, subject.radii, focal)
        shares = (high - low) / frame
        # An offset moves the extent within the room that is left beside it, so it can't push anything out.
        room = np.maximum(1.0 - shares, 0.0) * frame
        miss = 0.5 * (low + high) - np.asarray(spec.offset) * room
        excess = float(shares.max()) / spec.fill
        filled = abs(excess - 1.0) < CLOSE or (excess < 1.0 and distance <= least)
        if filled and float(np.abs(miss).max()) < CLOSE:
            break
        shift = shift + 0.8 * miss * depth / focal
        distance = max(least, distance * float(np.clip(excess, 0.3, 3.0)) ** min(1.0, depth / distance))
    return _look(rig, distance, shift)
