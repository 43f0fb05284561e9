"""Arms: collar, shoulder, elbow and wrist solved so that a palm, a fingertip or a held thing gets where it shall be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..skeletons import JOINT
from ..values import Array, Skeleton
from .apart import Flesh
from .fingers import finger_tips
from .floor import WRIST_CLEAR_M, clearance, kept_above
from .ik import Bones, raised_pole, reach, steady_pole, steady_turn
from .limbs import Hand
from .outside import Way
from .posed import Placed, Posed, place
from .rotations import (
    BODY_AXES,
    about,
    about_vector,
    arc,
    cross,
    dot,
    frame_from,
    length,
    limited,
    mix,
    turned,
    twist_about,
    unit,
    unturned,
)
from .target import LimbTarget
from .timing import minimum_jerk

MAX_WRIST_RAD, MAX_TWIST_RAD = np.radians(72.0), np.radians(105.0)
SWIVELS_RAD = np.radians(np.linspace(-75.0, 75.0, 13))


class Arm:
    """One arm of one skeleton at rest: its bones, its palm frame, and where effectors lie in that frame."""

    def __init__(self, skeleton: Skeleton, side: str) -> None:
        self.side, self.sign, self.skeleton = side, (1.0 if side == "right" else -1.0), skeleton
        joints = skeleton.joints_m
        self.collar, self.shoulder, self.elbow, self.wrist = (
            JOINT[f"{side}_{name}"] for name in ("collar", "shoulder", "elbow", "wrist")
        )
        self.bones = Bones(
            joints[self.elbow] - joints[self.shoulder],
            joints[self.wrist] - joints[self.elbow],
            np.array([0.0, self.sign, 0.0]),
            folded=0.25,
        )
        self.palm_rest = palm_frame(skeleton, side)
        self.forearm_axis = unit(self.bones.lower)
        self.neutral_twist = about_vector(self.forearm_axis, np.array([self.sign * np.radians(-20.0)]))[0]
        self.knuckle = self.effector("knuckles") * np.array([1.0, 1.0, 0.0])
        self.under: Array | None = None

    def underside(self, hand: Hand, times: Array) -> Array:
        """Points (T, 7, 3) of the hand that meet the floor first, from the wrist in the palm frame: palm, knuckle, fingertips.

        Worked out once: an arm is solved several times over with the same fingers.
        """
        if self.under is None:
            tips = finger_tips(self.skeleton, self.side, hand.flexion(times)) @ self.palm_rest
            fixed = np.broadcast_to(np.stack([self.effector("palm"), self.knuckle]), (len(times), 2, 3))
            self.under = np.concatenate([fixed, tips], axis=1)
        return self.under

    def effector(self, name: str) -> Array:
        """Offset (3,) of an effector from the wrist, in the palm frame; fingers counted straight."""
        if name == "wrist":
            return np.zeros(3)
        mark = self.skeleton.landmarks[f"{self.side}_{name}"]
        joints = self.skeleton.joints_m
        return self.palm_rest.T @ (joints[mark.joint] + mark.offset_m - joints[self.wrist])


def palm_frame(skeleton: Skeleton, side: str) -> Array:
    """Palm axes at rest (3, 3) in rest axes: y along the fingers, z out of the palm, x = y cross z (thumb side if right)."""
    joints = skeleton.joints_m
    wrist, index, pinky, middle = (joints[JOINT[f"{side}_{name}"]] for name in ("wrist", "index1", "pinky1", "middle1"))
    along = unit(middle - wrist)
    across = (index - pinky) * (1.0 if side == "right" else -1.0)
    frame = frame_from(along, cross(across, along))
    return np.stack([frame[:, 2], frame[:, 0], frame[:, 1]], axis=-1)


def solve_arm(arm: Arm, hand: Hand, times: Array, posed: Posed, held: dict[str, tuple[Array, Array]], shrug_rad: Array,
              around: Sequence[Flesh] = (), floor: Array | None = None, way: Way | None = None) -> None:  # fmt: skip
    """Solve one arm for all frames: its four joints, and the frame of its hand. It goes round the flesh that is `around`.

    `held`: "prop:frame" -> (prop frame's axes in the palm's, transposed (3, 3); the frame's origin from the wrist (3,)).
    `way`: how far wrist and elbow are led aside.
    """
    moves = hand.sorted_moves()
    rotations, positions = posed.rotations, posed.positions
    chest_axes, chest = posed.axes["chest"], rotations[JOINT["spine3"]]
    joints = arm.skeleton.joints_m
    collar_at = positions[JOINT["spine3"]] + chest @ (joints[arm.collar] - joints[JOINT["spine3"]])
    rest_shoulder = collar_at + chest @ (joints[arm.shoulder] - joints[arm.collar])
    posed.set(f"{arm.side}_shoulder", chest_axes, rest_shoulder)
    placed = [
        _hanging(arm, posed, target) if target.unit == "rest" else place(target, arm.side, posed, arm.bones.length_m)
        for _, target in moves
    ]
    weights = [move.weight(times) for move, _ in moves]

    natural, shoulder_at = None, rest_shoulder
    least = None if floor is None else floor + arm.skeleton.radius_m[arm.elbow]
    underside = arm.underside(hand, times)
    turned: Array | None = None
    for _ in range(3):  # the wrist depends on the palm's turn and the natural palm on the wrist: a few rounds settle it
        wrist, palm, stated, pole = _mixed(arm, placed, weights, shoulder_at, chest_axes, natural, held)
        wrist = kept_above(wrist, floor, clearance(palm if turned is None else turned, underside, WRIST_CLEAR_M))
        for flesh in around:
            wrist = flesh.outside(wrist, WRIST_CLEAR_M)
        wrist = wrist if way is None else wrist + way.wrist
        collar_rotation = chest @ _collar(arm, chest_axes, rest_shoulder, wrist, shrug_rad)
        shoulder_at = collar_at + collar_rotation @ (joints[arm.shoulder] - joints[arm.collar])
        pole = _comfortable(arm, shoulder_at, wrist, pole, palm, stated)
        for flesh in around:
            pole = _clear_of(arm, shoulder_at, wrist, pole, flesh)
        if way is not None and way.elbow.any():
            pole = reach(arm.bones, shoulder_at, wrist, pole)[2] + way.elbow - shoulder_at
        pole = raised_pole(arm.bones, shoulder_at, wrist, pole, least)
        pole = steady_pole(shoulder_at, wrist, pole, float(times[1] - times[0]))
        upper, lower, elbow_at, wrist_at = reach(arm.bones, shoulder_at, wrist, pole)
        natural = lower @ arm.neutral_twist @ arm.palm_rest
        forearm, hand_rotation = _forearm(arm, lower, palm @ arm.palm_rest.T, float(times[1] - times[0]))
        turned = hand_rotation @ arm.palm_rest
    for index, rotation, position in (
        (arm.collar, collar_rotation, collar_at), (arm.shoulder, upper, shoulder_at),
        (arm.elbow, forearm, elbow_at), (arm.wrist, hand_rotation, wrist_at),
    ):  # fmt: skip
        rotations[index], positions[index] = rotation, position
    assert turned is not None
    posed.set(f"{arm.side}_hand", turned, wrist_at + turned @ arm.effector("palm"))


def _hanging(arm: Arm, posed: Posed, target: LimbTarget) -> Placed:
    """The arm at rest: down by gravity where the trunk is upright or there is room below, else along the trunk."""
    axes = posed.axes["chest"]
    root = posed.origins[f"{arm.side}_shoulder"]
    joints, radius = arm.skeleton.joints_m, arm.skeleton.radius_m
    hip = JOINT[f"{arm.side}_hip"]
    clear = abs(joints[hip, 0]) + radius[hip] + 0.05 - abs(joints[arm.shoulder, 0])
    out = float(np.clip(clear, 0.03, 0.30))
    length = 0.99 * arm.bones.length_m
    room = minimum_jerk((root[:, 2] / length - 0.75) / 0.3)
    upright = np.maximum(minimum_jerk((axes[:, 2, 2] - 0.1) / 0.5), room)[:, None]
    down = upright * np.array([0.0, 0.0, -1.0]) - (1.0 - upright) * axes[:, :, 2]
    point = root + length * unit(down + axes[:, :, 0] * (arm.sign * out / length) + 0.05 * axes[:, :, 1])
    point[:, 2] = np.maximum(point[:, 2], room * (np.linalg.norm(arm.effector("middle_tip")) + 0.02))
    return Placed(point, None, None, None, target)


def _mixed(arm: Arm, placed: list[Placed], weights: list[Array], shoulder: Array, chest_axes: Array, natural: Array | None,
           held: dict[str, tuple[Array, Array]]) -> tuple[Array, Array, Array, Array]:  # fmt: skip
    """Blend all targets in order: wrist (T, 3), palm axes (T, 3, 3), how far these are stated (T,), pole (T, 3)."""
    n = shoulder.shape[0]
    wrist: Array = np.zeros((n, 3))
    axes: Array = np.tile(np.eye(3), (n, 1, 1))
    stated, pole, most = np.zeros(n), np.zeros((n, 3)), np.zeros(n)
    for k, (goal, weight) in enumerate(zip(placed, weights, strict=True)):
        goal_axes = _palm_axes(arm, goal, shoulder, natural)
        offset = arm.effector("wrist" if goal.target.unit == "rest" else goal.target.effector)
        if goal.target.prop_frame is not None:
            palm_from_prop, offset = held[":".join(goal.target.prop_frame)]
            goal_axes = goal_axes @ palm_from_prop
        goal_wrist: Array = goal.point - goal_axes @ offset
        goal_stated = float(goal.y_axis is not None or goal.z_axis is not None)
        goal_pole = goal.pole if goal.pole is not None else _natural_pole(arm, goal_wrist - shoulder, chest_axes)
        if k == 0:
            wrist, axes, stated, pole = goal_wrist, goal_axes, np.full(n, goal_stated), goal_pole
            most = np.full(n, goal.target.stretch)
            continue
        wrist = shoulder + arc(wrist - shoulder, goal_wrist - shoulder, weight)
        axes = mix(axes, goal_axes, weight)
        stated = stated + (goal_stated - stated) * weight
        pole = pole + (goal_pole - pole) * weight[:, None]
        most = most + (goal.target.stretch - most) * weight
    return _within_stretch(shoulder, wrist, most, arm.bones.length_m), axes, stated, pole


def _within_stretch(shoulder: Array, wrist: Array, most: Array, length_m: float) -> Array:
    """Wrists (T, 3) drawn in where they are further from the shoulder than `most` (T,) of the arm; 1 leaves them alone."""
    if most.min() >= 1.0:
        return wrist
    away = wrist - shoulder
    distance = length(away)
    ease = 0.05 * length_m
    least = most * length_m - ease * np.logaddexp(0.0, (most * length_m - distance) / ease)
    drawn = np.where(most < 1.0, least, distance)
    return shoulder + away * (drawn / np.maximum(distance, 1e-9))[:, None]


def _palm_axes(arm: Arm, goal: Placed, shoulder: Array, palm: Array | None) -> Array:
    """Axes (T, 3, 3) of the effector: as stated, and where not stated as the forearm would have them (`palm`)."""
    if palm is None:  # first round: no forearm yet
        along = unit(goal.point - shoulder)
        inward = np.broadcast_to(np.array([-arm.sign, 0.0, 0.0]), along.shape)
        palm = _yz(along, inward + 1e-3)
    if goal.y_axis is None and goal.z_axis is None:
        return palm
    if goal.z_axis is None:
        return _yz(goal.y_axis, palm[:, :, 2])  # type: ignore[arg-type]
    if goal.y_axis is None:
        frame = frame_from(goal.z_axis, palm[:, :, 1])
        return np.stack([cross(frame[..., 1], frame[..., 0]), frame[..., 1], frame[..., 0]], axis=-1)
    return _yz(goal.y_axis, goal.z_axis)


def _yz(y_axis: Array, z_axis: Array) -> Array:
    """Axes (T, 3, 3) with this y, z as near as may be, x = y cross z."""
    frame = frame_from(y_axis, z_axis)
    return np.stack([frame[..., 2], frame[..., 0], frame[..., 1]], axis=-1)


def _natural_pole(arm: Arm, to_wrist: Array, chest_axes: Array) -> Array:
    """Where an elbow likes to point: down and back with the hand low, out with the hand high."""
    local = unturned(chest_axes, unit(to_wrist)) * np.array([arm.sign, 1.0, 1.0])
    high = minimum_jerk((local[:, 2] + 0.15) / 0.9)[:, None]
    across = np.clip(-local[:, :1], 0.0, 1.0)
    low_pole = np.array([0.32, -0.62, -0.72]) + across * np.array([0.35, 0.55, 0.0])
    pole = (1.0 - high) * low_pole + high * np.array([0.85, 0.10, -0.52])
    return turned(chest_axes, pole * np.array([arm.sign, 1.0, 1.0]))


def _collar(arm: Arm, chest_axes: Array, shoulder: Array, wrist: Array, shrug_rad: Array) -> Array:
    """Local rotation (T, 3, 3) of the collar: it rises with a raised arm and comes forward with a far or crossing reach."""
    local = unturned(chest_axes, wrist - shoulder) * np.array([arm.sign, 1.0, 1.0])
    stretch = np.clip(length(local) / arm.bones.length_m, 0.0, 1.1)
    direction = unit(local)
    rise = 0.42 * np.maximum(direction[:, 2] + 0.15, 0.0) * stretch - 0.06 + shrug_rad
    forward = 0.22 * np.clip(direction[:, 1], -0.6, 1.0) * stretch**2 + 0.18 * np.clip(-direction[:, 0], 0.0, 1.0)
    rotation = about("z", arm.sign * forward) @ about("y", -arm.sign * rise)
    return BODY_AXES.T @ rotation @ BODY_AXES


def _comfortable(arm: Arm, shoulder: Array, wrist: Array, pole: Array, palm: Array, stated: Array) -> Array:
    """Turn the elbow about the line from shoulder to wrist so that the wrist need not bend and twist beyond comfort.

    The swivel (T,) is a softmin over a few candidates, smoothed over time; it acts only where the hand's turn is stated.
    """
    if stated.max() == 0.0:
        return pole
    direction = unit(wrist - shoulder)
    hand = palm @ arm.palm_rest.T
    n, k = len(wrist), len(SWIVELS_RAD)
    angles = np.repeat(SWIVELS_RAD, n)
    many = [np.tile(vectors, (k, 1)) for vectors in (shoulder, wrist, pole, direction)]
    swung = turned(about_vector(many[3], angles), many[2])
    _, lower, _, _ = reach(arm.bones, many[0], many[1], swung)
    relative = np.swapaxes(lower, -1, -2) @ np.tile(hand, (k, 1, 1))
    twist = twist_about(arm.forearm_axis, relative)
    bend = np.arccos(np.clip(dot(turned(relative, arm.forearm_axis), arm.forearm_axis), -1.0, 1.0))
    costs = ((bend / 0.9) ** 2 + (twist / 1.2) ** 4 + 0.45 * (angles / 0.8) ** 2).reshape(k, n)
    share = np.exp(-(costs - costs.min(axis=0)) / 0.12)
    swivel = (share * SWIVELS_RAD[:, None]).sum(axis=0) / share.sum(axis=0) * np.clip(stated, 0.0, 1.0)
    swivel = gaussian_filter1d(swivel, 1.5, mode="nearest")
    return turned(about_vector(direction, swivel), pole)


def _clear_of(arm: Arm, shoulder: Array, wrist: Array, pole: Array, flesh: Flesh) -> Array:
    """Turn the elbow about the line from shoulder to wrist so that elbow and forearm go round somebody else's body."""
    direction = unit(wrist - shoulder)
    bad = _in_the_way(arm, shoulder, wrist, pole, flesh, slice(None)) > 0.0
    if not bad.any():
        return pole
    rows = np.flatnonzero(bad)
    costs = np.empty((len(SWIVELS_RAD), len(rows)))
    for row, angle in enumerate(SWIVELS_RAD):
        swung = turned(about_vector(direction[rows], np.full(len(rows), angle)), pole[rows])
        depth = _in_the_way(arm, shoulder[rows], wrist[rows], swung, flesh, rows)
        costs[row] = (depth / 0.02) ** 2 + 0.45 * (angle / 0.8) ** 2
    share = np.exp(-(costs - costs.min(axis=0)) / 0.12)
    swivel = np.zeros(len(wrist))
    swivel[rows] = (share * SWIVELS_RAD[:, None]).sum(axis=0) / share.sum(axis=0)
    return turned(about_vector(direction, gaussian_filter1d(swivel, 1.5, mode="nearest")), pole)


def _in_the_way(arm: Arm, shoulder: Array, wrist: Array, pole: Array, flesh: Flesh, frames: slice | Array) -> Array:
    """How deep (T,) elbow, forearm and half of the upper arm are in somebody's flesh at some frames, in all."""
    _, _, elbow, end = reach(arm.bones, shoulder, wrist, pole)
    points = np.stack([elbow, 0.5 * (elbow + end), 0.5 * (elbow + shoulder)], axis=1)
    return flesh.depth(points, frames) @ np.array([1.0, 1.0, 0.5])


def _forearm(arm: Arm, lower: Array, hand: Array, dt_s: float) -> tuple[Array, Array]:
    """Share the hand's twist between forearm and wrist, and keep the wrist within its limits; returns both rotations."""
    relative = np.swapaxes(lower, -1, -2) @ hand
    twist = np.unwrap(twist_about(arm.forearm_axis, relative))
    twist = np.clip(twist - 2.0 * np.pi * np.round(np.median(twist) / (2.0 * np.pi)), -MAX_TWIST_RAD, MAX_TWIST_RAD)
    lower = lower @ about_vector(arm.forearm_axis, 0.5 * twist)
    return lower, lower @ steady_turn(limited(np.swapaxes(lower, -1, -2) @ hand, MAX_WRIST_RAD + 0.4), dt_s)
