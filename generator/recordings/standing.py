"""A rest pose that stands, for files whose own doesn't: bones along one axis, or a pose of no meaning."""

from __future__ import annotations

import numpy as np

from ..motion.rotations import between, frame_from, unit
from ..skeletons import JOINT, LANDMARKS, SMPLX_JOINTS, SMPLX_PARENTS
from ..values import Array

TRUNK = ("spine1", "spine2", "spine3", "neck", "head")


def standing_rest(names: tuple[str, ...], rest: Array, positions: Array, rotations: Array) -> tuple[Array, Array]:
    """A rest pose (J, 3) that stands, and the rotations (T, J, 3, 3) that go with it; all in the world's axes, z up.

    Made from the frame in which the body is nearest to standing with hanging arms: each bone of it is swung to where it would
    be then, and all beyond it with it. The swings are the smallest, so that elbows and knees are straightened about their own
    hinges, and twists stay as they were.
    """
    parents = parents_of(names)
    beyond = [_other_end(names, parents, j) for j in range(len(names))]
    frame = _calmest(names, beyond, rest, rotations)
    across = positions[frame, names.index("left_hip")] - positions[frame, names.index("right_hip")]
    level = across * np.array([1.0, 1.0, 0.0])
    up = np.array([0.0, 0.0, 1.0])
    body = frame_from(unit(level), up) if np.linalg.norm(level) > 1e-9 else frame_from(np.array([1.0, 0.0, 0.0]), up)
    swung, stood = np.empty_like(rotations[frame]), np.zeros_like(rest)
    for j, parent in enumerate(parents):
        if parent >= 0:
            stood[j] = stood[parent] + swung[parent] @ rotations[frame, parent] @ (rest[j] - rest[parent])
        swung[j] = swung[parent] if parent >= 0 else np.eye(3)
        wanted, end = _direction(names[j]), beyond[j]
        if names[j].endswith("_ankle") and end is not None:
            wanted = _flat(positions[:, j], positions[:, end])
        if wanted is not None and end is not None:
            bone = swung[j] @ rotations[frame, j] @ (rest[end] - rest[j])
            if np.linalg.norm(bone) > 1e-9:
                swung[j] = between(unit(bone), body @ np.array(wanted)) @ swung[j]
    return stood, rotations @ np.swapaxes(swung @ rotations[frame], -1, -2)


def parents_of(names: tuple[str, ...]) -> list[int]:
    """For each joint or landmark the index of the nearest joint above it that is there, too; -1 for the pelvis."""
    parents = []
    for name in names:
        up = _joint_of(name) if name in LANDMARKS and name not in SMPLX_JOINTS else SMPLX_PARENTS[JOINT[name]]
        while up >= 0 and SMPLX_JOINTS[up] not in names:
            up = SMPLX_PARENTS[up]
        parents.append(names.index(SMPLX_JOINTS[up]) if up >= 0 else -1)
    return parents


def _joint_of(landmark: str) -> int:
    """The joint whose bone ends at a landmark that readers give."""
    if landmark == "crown":
        return JOINT["head"]
    side, _, part = landmark.partition("_")
    return JOINT[
        f"{side}_{'foot' if part in ('toe', 'ball') else 'ankle' if part == 'heel' else part.removesuffix('_tip') + '3'}"
    ]


def _direction(joint: str) -> tuple[float, float, float] | None:
    """Where the bone from this joint points when a body stands with hanging arms, as (left, up, front)."""
    if joint.endswith(("_hip", "_knee", "_shoulder", "_elbow")):
        return (0.0, -1.0, 0.0)
    if joint.endswith("_collar"):
        return (1.0, 0.0, 0.0) if joint.startswith("left") else (-1.0, 0.0, 0.0)
    return (0.0, 1.0, 0.0) if joint in ("pelvis", *TRUNK[:-1]) else None


def _flat(ankle: Array, ball: Array) -> tuple[float, float, float]:
    """Where the foot's bone points when its sole is on the floor, as it is when the ankle is lowest; (left, up, front)."""
    frame = int(ankle[:, 2].argmin())
    down = float(unit(ball[frame] - ankle[frame])[2])
    return 0.0, down, float(np.sqrt(max(1.0 - down * down, 0.0)))


def _other_end(names: tuple[str, ...], parents: list[int], j: int) -> int | None:
    """The joint at the other end of the bone; of the trunk's bones the next of the trunk."""
    below = [k for k, parent in enumerate(parents) if parent == j]
    if names[j] == "pelvis" or names[j] in TRUNK:
        below = [k for k in below if names[k] in TRUNK]
    return below[0] if below else None


def _calmest(names: tuple[str, ...], beyond: list[int | None], rest: Array, rotations: Array) -> int:
    """The frame in which the bones are nearest to where they are when a body stands."""
    score = np.zeros(len(rotations))
    for j, end in enumerate(beyond):
        wanted = _direction(names[j])
        if wanted is not None and end is not None and wanted[1]:
            score += unit(rotations[:, j] @ (rest[end] - rest[j]))[:, 2] * wanted[1]
    return int(score.argmax())
