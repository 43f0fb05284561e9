"""What a camera must keep in view: the points of the performance, the track it may follow, their extent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..motion.kinematics import joint_transforms
from ..skeletons import JOINT
from ..values import Array, Performance, Performer, Skeleton

SEEN_JOINTS = tuple(
    JOINT[name]
    for name in (
        "pelvis", "spine2", "neck", "head", *(f"{side}_{part}" for side in ("left", "right") for part in
        ("hip", "knee", "ankle", "foot", "shoulder", "elbow", "wrist", "middle1", "middle3", "thumb3", "pinky3")),
    )
)  # fmt: skip
"""Joints whose hull holds the whole body: one finger stands for its neighbours."""

SKIN_M = 0.04
"""Hair, sleeves and soles stand out this far over the flesh."""

STILL_TRAVEL_M = 1.5
"""How far a person may go before a camera on a tripod turns after them instead of stepping back further."""

FALL_M = 1.2
"""How far up and down a person may go before a camera follows that too: it would show who dives from a tower as a dot."""

FALL_LAG_S = 0.10
"""How late a camera follows a fall."""

UNDER_M = 0.3
"""What is further under the ground than this (in water) is not seen, and need not be in the frame."""


@dataclass(frozen=True)
class Subject:
    """points (T, N, 3) m and their radii (N,) m of all who act; middle (T, 3) m: of their pelvises; front (2,): horizontal unit
    vector at the start."""

    points: Array
    radii: Array
    middle: Array
    front: Array
    fps: float


WITHIN_REACH_M = 0.75
"""A thing further from every joint than this (a ball in flight) isn't framed: it would make the person tiny."""


def subject_of(performance: Performance, prop_corners: Array) -> Subject:
    """Those who act, and the corners (T, M, 3) of props where these are within reach."""
    bodies = [_body_points(performer) for performer in performance.acting]
    joints = np.concatenate([points[:, : len(SEEN_JOINTS)] for points, _ in bodies], axis=1)
    corners = _within_reach(prop_corners, joints)
    points = np.concatenate([*(points for points, _ in bodies), corners], axis=1)
    radii = np.concatenate([*(radii for _, radii in bodies), np.zeros(corners.shape[1])])
    middle = _over(np.mean([performer.pelvis_m for performer in performance.acting], axis=0), 0.0)
    return Subject(_over(points, -UNDER_M), radii, middle, _front(performance.acting[0]), performance.fps)


def _over(points: Array, least_m: float) -> Array:
    """Points (..., 3) raised to a height where they are lower."""
    return np.concatenate([points[..., :2], np.maximum(points[..., 2:], least_m)], axis=-1)


def nearby(performance: Performance) -> Array:
    """(T, N, 3) points of those who don't act: nothing is to stand in them, but the camera pays them no heed."""
    beside = [_body_points(performer)[0] for performer in performance.performers if not performer.acting]
    return np.concatenate([np.zeros((performance.n_frames, 0, 3)), *beside], axis=1)


def _body_points(performer: Performer) -> tuple[Array, Array]:
    """(T, N + 1, 3) a body's seen joints and crown, and the radii (N + 1,) around them."""
    transforms = joint_transforms(performer)
    joints = transforms[..., :3, 3][:, list(SEEN_JOINTS)]
    points = np.concatenate([joints, _crown(performer.skeleton, transforms)[:, None]], axis=1)
    return points, np.append(performer.skeleton.radius_m[list(SEEN_JOINTS)], 0.0) + SKIN_M


def _within_reach(corners: Array, joints: Array) -> Array:
    """(T, M, 3) corners, those far from all joints (T, N, 3) put at the pelvis, where they don't matter."""
    if corners.shape[1] == 0:
        return corners
    gap = np.linalg.norm(corners[:, :, None] - joints[:, None], axis=-1).min(axis=2)
    return np.where((gap <= WITHIN_REACH_M)[..., None], corners, joints[:, :1])


def _crown(skeleton: Skeleton, transforms: Array) -> Array:
    """(T, 3) top of the head; 0.2 m over the head joint for a skeleton without that landmark."""
    mark = skeleton.landmarks.get("crown")
    joint, offset = (JOINT["head"], np.array([0.0, 0.2, 0.0])) if mark is None else (mark.joint, mark.offset_m)
    return np.asarray(transforms[:, joint, :3, :3] @ offset + transforms[:, joint, :3, 3])


def _front(performer: Performer) -> Array:
    """Where the person faces at the start, on the ground; for one who lies, where they would rise to."""
    rotation = performer.rotations[0, 0]
    front = rotation[:2, 2]
    if np.linalg.norm(front) < 0.3:
        front = -np.sign(rotation[2, 2]) * rotation[:2, 1]
    norm = float(np.linalg.norm(front))
    return front / norm if norm > 1e-9 else np.array([0.0, -1.0])


def lagged(track: Array, fps: float, lag_s: float) -> Array:
    """(T, D) track smoothed by two first-order lags of `lag_s` / 2 each, started at rest at the first point."""
    out = np.asarray(track, dtype=float)
    keep = float(np.exp(-1.0 / (fps * max(lag_s, 1e-3) * 0.5)))
    for _ in range(2):
        source, out = out, np.empty_like(out)
        state = source[0]
        for k, point in enumerate(source):
            state = keep * state + (1.0 - keep) * point
            out[k] = state
    return out


def ground_track(subject: Subject, lag_s: float) -> Array:
    """(T, 3) lagged path of the pelvis on the ground, at the middle of the body's height; it falls with who falls far."""
    middle = 0.5 * (subject.points[..., 2].min() + subject.points[..., 2].max())
    path = lagged(subject.middle[:, :2], subject.fps, lag_s)
    height = np.full((len(path), 1), middle)
    fall = float(np.ptp(subject.middle[:, 2]))
    if fall > FALL_M:
        own = lagged(subject.middle[:, 2:], subject.fps, FALL_LAG_S)
        height += (1.0 - FALL_M / fall) * (own - 0.5 * (own.min() + own.max()))
    return np.concatenate([path, height], axis=1)


def turning_track(subject: Subject) -> Array:
    """(T, 3) where a camera that stands still looks: one point, drawn along the path only by a long travel."""
    track = ground_track(subject, 0.3)
    center = 0.5 * (track.min(axis=0) + track.max(axis=0))
    travel = float(np.linalg.norm(np.ptp(track[:, :2], axis=0)))
    share = max(0.0, 1.0 - STILL_TRAVEL_M / travel) if travel > 0 else 0.0
    turned = center + share * (track - center)
    turned[:, 2] = track[:, 2]
    return np.asarray(turned)


def extents(seen: Array, radii: Array, focal: float) -> tuple[Array, Array]:
    """Lowest and highest (2,) image coordinates, relative to the principal point, of points (T, N, 3) in camera axes.

    `focal` in the unit wanted (px, or frame widths). All points must lie further than their radii.
    """
    center = seen[..., :2] / seen[..., 2:]
    reach = (radii / (seen[..., 2] - radii))[..., None]
    low, high = center - reach, center + reach
    return focal * low.min(axis=(0, 1)), focal * high.max(axis=(0, 1))
