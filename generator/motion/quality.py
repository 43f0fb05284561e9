"""How good a motion is, in numbers: sliding feet, sunken or frozen bodies, broken joints, hands that miss.

Kept with every clip, so that `synapt verify` and a reader of the dataset can tell a fault from a feature.
"""

from __future__ import annotations

import numpy as np

from ..base.exact import arctan2
from ..skeletons import JOINT, SMPLX_PARENTS
from ..values import Array, Contact, Performance, Performer, Skeleton
from .balance import center_of_mass
from .dressed import landmark_over_clothes
from .kinematics import forward

SOLE_MARKS = ("heel", "ball", "toe")
PLANTED_HEIGHT_M = 0.015
"""A sole mark this near the floor counts as planted when it has also stopped coming down."""

SUNK_M = 0.25
"""A sole so far under the floor is in water, not planted."""


def measures(performer: Performer, performance: Performance) -> dict[str, float]:
    """Quality measures of one performer's motion; metres, seconds, radians, rounded to 5 decimals.

    foot_slide_m: mean drift per second of planted sole marks. floor_depth_m: deepest landmark or sole under the floor.
    contact_error_m: mean miss of the contacts recorded with the floor, with a landmark, their own or another's, or with the flesh
    along the bone of another's joint. frozen_share: frames in which nothing moves faster than 1 mm/s. bend_excess_rad: largest
    hyperextension of elbows and knees. peak_speed_mps, peak_accel_mps2 and mean_jerk_mps3 of wrists and ankles. turn_step_rad:
    largest turn of any body joint between two frames. balance_m: mean horizontal distance of the centre of mass from the nearer
    sole while a foot is on the floor.
    """
    skeleton, fps = performer.skeleton, performance.fps
    rotations, positions = forward(skeleton, performer.rotations, performer.pelvis_m)
    soles = sole_points(skeleton, rotations, positions)
    ends = positions[:, [JOINT[f"{side}_{name}"] for side in ("left", "right") for name in ("wrist", "ankle")]]
    speed = _norm(np.diff(ends, axis=0)) * fps
    accel = _norm(np.diff(ends, n=2, axis=0)) * fps**2
    jerk = _norm(np.diff(ends, n=3, axis=0)) * fps**3
    moving = _norm(np.diff(positions, axis=0)).max(axis=1) * fps
    return {
        name: round(float(value), 5)
        for name, value in {
            "foot_slide_m": foot_slide(soles, fps),
            "floor_depth_m": max(0.0, float(-_lowest(skeleton, rotations, positions, soles).min())),
            "contact_error_m": contact_error(performer, performance, rotations, positions),
            "frozen_share": float((moving < 1e-3).mean()) if len(moving) else 0.0,
            "bend_excess_rad": hyperextension(positions, rotations),
            "peak_speed_mps": speed.max(initial=0.0),
            "peak_accel_mps2": accel.max(initial=0.0),
            "mean_jerk_mps3": jerk.mean() if len(jerk) else 0.0,
            "turn_step_rad": _turn_step(performer.rotations),
            "balance_m": _balance(positions, soles),
        }.items()
    }


def foot_slide(soles: Array, fps: float) -> float:
    """Mean horizontal speed (m/s) of sole marks (T, M, 3) in frames where they stay on the floor."""
    height = soles[:, :, 2]
    low = (height < PLANTED_HEIGHT_M) & (height > -SUNK_M)
    planted = low[1:] & low[:-1]
    drift = _norm(np.diff(soles[:, :, :2], axis=0)) * fps
    return float(drift[planted].mean()) if planted.any() else 0.0


def contact_error(performer: Performer, performance: Performance, rotations: Array, positions: Array) -> float:
    """Mean distance (m) between what the performer's contacts say should touch; those with props are not counted here."""
    misses, skeleton = [], performer.skeleton
    touched = {c.target.rpartition(":")[0] for c in performance.contacts if c.role == performer.role}
    others = {one.role: _World(one) for one in performance.performers if one.role in touched}
    for contact in performance.contacts:
        if contact.role != performer.role or contact.landmark not in skeleton.landmarks:
            continue
        frames = _frames_of(contact, performance)
        point = landmark(skeleton, contact.landmark, rotations, positions)[frames]
        role, _, mark = contact.target.rpartition(":")
        if contact.target == "floor":
            sole = skeleton.sole_drop_m if contact.landmark.split("_")[-1] in SOLE_MARKS else 0.0
            misses.append(np.abs(point[:, 2] - sole).mean())
        elif role and contact.end_s * performance.fps < np.ceil(contact.start_s * performance.fps):
            continue  # a blow between two frames: in either of them the fist is elsewhere
        elif role:
            misses.append(_miss(point, others[role], mark, frames).min())
        elif mark in skeleton.landmarks:
            misses.append(_norm(point - landmark(skeleton, mark, rotations, positions)[frames]).min())
    return float(np.mean(misses)) if misses else 0.0


def _frames_of(contact: Contact, performance: Performance) -> slice:
    fps, n = performance.fps, performance.n_frames
    first, last = int(np.ceil(contact.start_s * fps)), int(contact.end_s * fps)
    return slice(min(first, n - 1), min(max(last, first) + 1, n))


class _World:
    """A performer's joints in the world."""

    def __init__(self, performer: Performer) -> None:
        self.skeleton = performer.skeleton
        self.rotations, self.positions = forward(performer.skeleton, performer.rotations, performer.pelvis_m)


def _miss(point: Array, other: _World, mark: str, frames: slice) -> Array:
    """Distance (N,) of points (N, 3) from somebody else's landmark; for a joint, from the flesh of its bone."""
    rotations, positions = other.rotations, other.positions
    if mark in other.skeleton.landmarks:
        at = landmark_over_clothes(other.skeleton, mark)
        return _norm(point - (positions[:, at.joint] + rotations[:, at.joint] @ np.asarray(at.offset_m))[frames])
    joint = JOINT[mark]
    ends = [child for child, parent in enumerate(SMPLX_PARENTS) if parent == joint] or [joint]
    start, bone = positions[frames, joint], positions[frames, ends[-1]] - positions[frames, joint]
    along = np.sum((point - start) * bone, axis=-1) / np.maximum(np.sum(bone**2, axis=-1), 1e-9)
    away = _norm(point - start - np.clip(along, 0.0, 1.0)[:, None] * bone)
    return np.asarray(np.maximum(away - other.skeleton.radius_m[joint], 0.0))


def landmark(skeleton: Skeleton, name: str, rotations: Array, positions: Array) -> Array:
    """World positions (T, 3) of a landmark, from world rotations and positions of all joints."""
    mark = skeleton.landmarks[name]
    return positions[:, mark.joint] + rotations[:, mark.joint] @ np.asarray(mark.offset_m)


def hyperextension(positions: Array, rotations: Array) -> float:
    """Largest bend (rad) of an elbow or knee the wrong way round, over all frames; 0 when none does."""
    return max(0.0, *(float(-bend.min()) for bend in bends(positions, rotations).values()))


def bends(positions: Array, rotations: Array) -> dict[str, Array]:
    """Joint -> how far (rad, T) each elbow and knee is bent, negative where the wrong way round."""
    found = {}
    for root, middle, end, hinge in (
        ("left_hip", "left_knee", "left_ankle", (1.0, 0.0, 0.0)),
        ("right_hip", "right_knee", "right_ankle", (1.0, 0.0, 0.0)),
        ("left_shoulder", "left_elbow", "left_wrist", (0.0, -1.0, 0.0)),
        ("right_shoulder", "right_elbow", "right_wrist", (0.0, 1.0, 0.0)),
    ):  # fmt: skip
        upper = positions[:, JOINT[middle]] - positions[:, JOINT[root]]
        lower = positions[:, JOINT[end]] - positions[:, JOINT[middle]]
        axis = rotations[:, JOINT[root]] @ np.array(hinge)
        found[middle] = arctan2(np.sum(np.cross(upper, lower) * axis, axis=-1), np.sum(upper * lower, axis=-1))
    return found


def sole_points(skeleton: Skeleton, rotations: Array, positions: Array) -> Array:
    """(T, 6, 3) undersides of the shoes at heels, balls and toes."""
    drop = np.array([0.0, -skeleton.sole_drop_m, 0.0])
    points = []
    for side in ("left", "right"):
        for name in SOLE_MARKS:
            mark = skeleton.landmarks[f"{side}_{name}"]
            points.append(positions[:, mark.joint] + rotations[:, mark.joint] @ (np.asarray(mark.offset_m) + drop))
    return np.stack(points, axis=1)


def _lowest(skeleton: Skeleton, rotations: Array, positions: Array, soles: Array) -> Array:
    """Height (T,) of the lowest landmark, fingertips and soles included."""
    heights = [
        landmark(skeleton, name, rotations, positions)[:, 2] for name in skeleton.landmarks if "_" not in name or "tip" in name
    ]
    return np.minimum(np.min(heights, axis=0), soles[:, :, 2].min(axis=1))


def _turn_step(rotations: Array) -> float:
    """Largest rotation (rad) of any of the 22 body joints from one frame to the next."""
    body = rotations[:, :22]
    trace = np.einsum("tjab,tjab->tj", body[1:], body[:-1])
    return float(np.arccos(np.clip((trace - 1.0) / 2.0, -1.0, 1.0)).max(initial=0.0))


def _balance(positions: Array, soles: Array) -> float:
    miss = off_balance(positions, soles)
    return float(miss[~np.isnan(miss)].mean()) if not np.isnan(miss).all() else 0.0


def off_balance(positions: Array, soles: Array) -> Array:
    """Horizontal distance (m, T) of the centre of mass from the line between the soles (T, 6, 3); NaN while no foot is down."""
    com = center_of_mass(positions)[:, :2]
    feet = np.stack([soles[:, :3].mean(axis=1), soles[:, 3:].mean(axis=1)], axis=1)
    grounded = soles[:, :, 2].min(axis=1) < 0.03
    span = feet[:, 1, :2] - feet[:, 0, :2]
    along = np.sum((com - feet[:, 0, :2]) * span, axis=-1) / np.maximum(np.sum(span**2, axis=-1), 1e-9)
    nearest = feet[:, 0, :2] + np.clip(along, 0.0, 1.0)[:, None] * span
    return np.where(grounded, _norm(com - nearest), np.nan)


def _norm(vectors: Array) -> Array:
    return np.linalg.norm(vectors, axis=-1)
