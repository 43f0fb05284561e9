"""How far each joint is turned, in the terms of a goniometer."""

from __future__ import annotations

import numpy as np

from ..motion.quality import bends
from ..skeletons import JOINT
from ..values import Array, Skeleton

SIDES = ("left", "right")


def joint_angles(skeleton: Skeleton, rotations: Array, positions: Array) -> dict[str, float]:
    """Largest angle (rad) that each movement of `limits.RANGES_DEG` comes to, over all frames and both sides; 0 where none.

    rotations (T, 55, 3, 3) and positions (T, 55, 3) in the world. Angles are counted from the rest pose, whose trunk, neck,
    wrists and feet are a standing person's. Turning of shoulders and hips about the limb's own axis is not measured: it depends
    on the way by which the limb came where it is.
    """
    found: dict[str, float] = {}
    for side in SIDES:
        for part in (_arm, _leg):
            for name, value in part(side, skeleton, rotations, positions).items():
                found[name] = max(found.get(name, 0.0), float(np.max(value)))
    bent = {"neck": ("spine3", "head"), "trunk": ("pelvis", "spine3")}
    for name, (base, end) in bent.items():
        found |= _column(name, rotations[:, JOINT[base]], rotations[:, JOINT[end]])
    for joint, bend in bends(positions, rotations).items():
        name = f"{joint.split('_')[1]}_hyperextension"
        found[name] = max(found.get(name, 0.0), float(-bend.min()))
    return found


def _arm(side: str, skeleton: Skeleton, rotations: Array, positions: Array) -> dict[str, Array]:
    shoulder, elbow, wrist = (JOINT[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist"))
    out = 1.0 if side == "left" else -1.0  # x of the rest frame is the body's left
    upper, lower = positions[:, elbow] - positions[:, shoulder], positions[:, wrist] - positions[:, elbow]
    fore = _unit(skeleton.joints_m[wrist] - skeleton.joints_m[elbow])
    seen = _seen_from(rotations[:, wrist], lower)  # the forearm as the hand sees it: whatever turns about itself is out of it
    home = np.swapaxes(rotations[:, shoulder], -1, -2)
    twist = out * _twist_beyond(home @ rotations[:, wrist], fore, (home @ _unit(lower)[..., None])[..., 0])
    x, y, z = np.moveaxis(_seen_from(rotations[:, JOINT["spine3"]], upper), -1, 0)
    raised = (out * x > 0.2) & (y > -0.5)
    return {
        "elbow_flexion": _between(upper, lower),
        "forearm_pronation": twist,
        "forearm_supination": -twist,
        "wrist_flexion": _tilt(seen, fore, 1),  # the back of the hand is y, the thumb's side z
        "wrist_extension": -_tilt(seen, fore, 1),
        "wrist_ulnar": _tilt(seen, fore, 2),
        "wrist_radial": -_tilt(seen, fore, 2),
        "shoulder_extension": np.where(~raised & (y < 0.5), np.arcsin(np.clip(-z, -1.0, 1.0)), 0.0),
        "shoulder_horizontal_extension": np.where(raised, np.arctan2(-z, np.abs(x)), 0.0),
    }


def _leg(side: str, skeleton: Skeleton, rotations: Array, positions: Array) -> dict[str, Array]:
    hip, knee, ankle, foot = (JOINT[f"{side}_{name}"] for name in ("hip", "knee", "ankle", "foot"))
    out = 1.0 if side == "left" else -1.0
    thigh = _seen_from(rotations[:, JOINT["pelvis"]], positions[:, knee] - positions[:, hip])
    aside = np.arcsin(np.clip(out * thigh[:, 0], -1.0, 1.0))
    flexed = np.arctan2(thigh[:, 2], -thigh[:, 1])
    flexed = np.where(flexed < -0.5 * np.pi, flexed + 2.0 * np.pi, flexed)  # knees drawn up beyond the chest
    flexed = np.where(np.hypot(thigh[:, 1], thigh[:, 2]) < 0.5, 0.0, flexed)  # a leg straight out to the side is not flexed
    toes = _seen_from(rotations[:, knee], positions[:, foot] - positions[:, ankle])
    rest = _unit(skeleton.joints_m[foot] - skeleton.joints_m[ankle])
    lifted = np.arctan2(toes[:, 1], toes[:, 2]) - np.arctan2(rest[1], rest[2])
    return {
        "knee_flexion": _between(positions[:, knee] - positions[:, hip], positions[:, ankle] - positions[:, knee]),
        "hip_flexion": flexed,
        "hip_extension": -flexed,
        "hip_abduction": aside,
        "hip_adduction": -aside,
        "ankle_dorsiflexion": lifted,
        "ankle_plantarflexion": -lifted,
    }


def _column(name: str, base: Array, end: Array) -> dict[str, float]:
    """Flexion, extension, bending aside and turning of the upper end of a column of vertebrae against its lower one."""
    turn = np.swapaxes(base, -1, -2) @ end
    up = turn[:, :, 1]
    forward, aside = np.arctan2(up[:, 2], up[:, 1]), np.arcsin(np.clip(up[:, 0], -1.0, 1.0))
    spun = _twist_about(turn, np.array([0.0, 1.0, 0.0]))
    values = {"flexion": forward, "extension": -forward, "lateral": np.abs(aside), "rotation": np.abs(spun)}
    return {f"{name}_{what}": max(0.0, float(value.max())) for what, value in values.items()}


def _twist_beyond(turned: Array, fore: Array, bent: Array) -> Array:
    """How far (rad, T) `turned` spins a hand about the forearm, beyond the turn that leads the forearm from `fore` to `bent`."""
    half = _unit(fore + bent)
    swing = 2.0 * half[:, :, None] * half[:, None, :] - np.eye(3)  # half a turn about the middle ...
    flip = 2.0 * np.outer(fore, fore) - np.eye(3)  # ... after half a turn about the forearm itself: the shortest way
    return _twist_about(np.swapaxes(swing @ flip, -1, -2) @ turned, fore)


def _twist_about(turn: Array, axis: Array) -> Array:
    """The part (rad, T) of rotations (T, 3, 3) that is about an axis."""
    trace = np.trace(turn, axis1=-2, axis2=-1)
    sine = np.stack([turn[:, 2, 1] - turn[:, 1, 2], turn[:, 0, 2] - turn[:, 2, 0], turn[:, 1, 0] - turn[:, 0, 1]], axis=-1)
    return np.asarray(2.0 * np.arctan2(sine @ axis, 1.0 + trace))


def _tilt(direction: Array, rest: Array, axis: int) -> Array:
    """Angle (rad, T) by which a direction leans towards an axis of the frame that it is seen from, as against at rest."""
    return np.asarray(np.arcsin(np.clip(direction[:, axis], -1.0, 1.0)) - np.arcsin(np.clip(rest[axis], -1.0, 1.0)))


def _seen_from(frame: Array, vector: Array) -> Array:
    """Directions (T, 3) in the axes of world rotations (T, 3, 3)."""
    return np.asarray((np.swapaxes(frame, -1, -2) @ _unit(vector)[..., None])[..., 0])


def _between(a: Array, b: Array) -> Array:
    return np.arccos(np.clip(np.sum(_unit(a) * _unit(b), axis=-1), -1.0, 1.0))


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.maximum(np.linalg.norm(vector, axis=-1, keepdims=True), 1e-12))
