"""Hand shapes: flexion of the fifteen finger joints, by name."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Skeleton
from .rotations import about_vector, cross, unit


def _shape(index: Array, middle: Array, ring: Array, pinky: Array, thumb: Array) -> Array:
    """(15,) radians in SMPL-X's finger order: index, middle, pinky, ring, thumb, each from knuckle to tip."""
    return np.radians(np.concatenate([index, middle, pinky, ring, thumb]).astype(float))


def _all(mcp: float, pip: float, dip: float, thumb: tuple[float, float, float], curl: float = 4.0) -> Array:
    """The four fingers alike, each a little more bent than its neighbour towards the little finger."""
    rows = [np.array([mcp + curl * k, pip + curl * k, dip]) for k in range(4)]
    return _shape(rows[0], rows[1], rows[2], rows[3], np.array(thumb))


_OPEN, _FIST = np.array([-2.0, 4.0, 2.0]), np.array([78.0, 95.0, 60.0])

SHAPES: dict[str, Array] = {
    "relaxed": _all(16, 24, 14, (12, 14, 10)),
    "flat": _all(-1, 4, 2, (4, 2, 0), curl=0.0),
    "fist": _all(78, 95, 60, (34, 40, 45), curl=1.0),
    "point": _shape(_OPEN, _FIST, _FIST, _FIST, np.array([32.0, 38.0, 40.0])),
    "scissors": _shape(_OPEN, _OPEN, _FIST, _FIST, np.array([32.0, 38.0, 40.0])),
    "grip_wide": _all(34, 36, 22, (28, 14, 14), curl=2.0),
    "grip": _all(52, 58, 34, (34, 22, 20), curl=2.0),
    "grip_thin": _all(66, 78, 48, (34, 34, 30), curl=2.0),
    "pinch": _shape(np.array([48.0, 42.0, 20.0]), np.array([52.0, 46.0, 24.0]), np.array([62.0, 60.0, 34.0]),
                    np.array([66.0, 62.0, 36.0]), np.array([34.0, 22.0, 14.0])),
    "thumb_up": _shape(_FIST, _FIST, _FIST, _FIST, np.array([-24.0, -6.0, -4.0])),
    "ok": _shape(np.array([40.0, 52.0, 50.0]), np.array([24.0, 8.0, 4.0]), np.array([6.0, 6.0, 4.0]), np.array([-12.0, 2.0, 0.0]),
                 np.array([10.0, 20.0, 14.0])),
    "three": _shape(_OPEN, _OPEN, _FIST, _OPEN, np.array([32.0, 38.0, 40.0])),
    "four": _shape(_OPEN, _OPEN, _OPEN, _OPEN, np.array([32.0, 38.0, 40.0])),
    "cup": _all(26, 26, 16, (16, 8, 6), curl=1.0),
    "clasp": _all(4, 24, 20, (-6, 8, 8), curl=3.0),
    "planted": _all(3, 4, 2, (-26, -4, 0), curl=0.0),
    "push": _all(-8, 6, 4, (2, 0, 0), curl=0.0),
}  # fmt: skip
"""Shape name -> (15,) flexion in radians."""


def finger_axes(skeleton: Skeleton, side: str) -> Array:
    """(15, 3) unit axes in rest axes about which positive angles close each finger joint, thumb last.

    Fingers close about the line across the knuckles. The thumb closes towards the palm in front of the little finger.
    """
    joints = skeleton.joints_m
    wrist, index, pinky, middle = (joints[JOINT[f"{side}_{name}"]] for name in ("wrist", "index1", "pinky1", "middle1"))
    across = unit(index - pinky)
    along = unit(middle - wrist)
    palm = unit(cross(across, along)) * (1.0 if side == "right" else -1.0)
    across = unit(across - (across @ along) * along)
    closing = unit(cross(along, palm))
    axes = np.tile(closing, (15, 1))
    for k in range(3):
        start = joints[JOINT[f"{side}_thumb{k + 1}"]]
        end = joints[JOINT[f"{side}_thumb{k + 2}"]] if k < 2 else start + (start - joints[JOINT[f"{side}_thumb2"]])
        towards = 0.55 * palm - 0.75 * across + 0.35 * along
        axes[12 + k] = unit(cross(unit(end - start), towards))
    return axes


def finger_tips(skeleton: Skeleton, side: str, local: Array) -> Array:
    """Fingertips (T, 5, 3) from the wrist, in the rest axes of the hand, for local rotations (T, 15, 3, 3)."""
    joints, first = skeleton.joints_m, JOINT[f"{side}_index1"]
    tips = []
    for k, name in enumerate(("index", "middle", "pinky", "ring", "thumb")):
        at, turn = np.broadcast_to(joints[first + 3 * k] - joints[JOINT[f"{side}_wrist"]], (len(local), 3)), None
        mark = skeleton.landmarks.get(f"{side}_{name}_tip")
        for bone in range(3):
            index = first + 3 * k + bone
            turn = local[:, 3 * k + bone] if turn is None else turn @ local[:, 3 * k + bone]
            if bone < 2:
                end = joints[index + 1] - joints[index]
            else:
                end = np.asarray(mark.offset_m) if mark is not None else joints[index] - joints[index - 1]
            at = at + turn @ end
        tips.append(at)
    return np.stack(tips, axis=1)


def finger_rotations(axes: Array, flexion_rad: Array) -> Array:
    """Local rotations (T, 15, 3, 3) from flexion (T, 15)."""
    return about_vector(axes, flexion_rad)
