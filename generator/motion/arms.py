"""Arms: collar, shoulder, elbow and wrist solved so that a palm, a fingertip or a held thing gets where it shall be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Skeleton
from .apart import Flesh
from .elbows import clear_of, comfortable, natural_pole
from .fingers import finger_tips
from .floor import WRIST_CLEAR_M, clearance, kept_above
from .ik import Bones, raised_pole, reach, steady_pole
from .limbs import Hand
from .outside import Way
from .posed import Placed, Posed, place
from .rotations import (
    BODY_AXES,
    about,
    about_vector,
    cross,
    frame_from,
    length,
    mix,
    unit,
    unturned,
)
from .swings import MIDDLE, off_the_shoulder, swung
from .target import LimbTarget
from .timing import Move, minimum_jerk
from .wrists import forearm_and_hand

if TYPE_CHECKING:
    from .recorded.base import Base


MADE_UP_M = 0.2
"""Up to this far a wrist makes up for what a hand misses by that can't be turned as it should; 0.19 m was the most seen."""


ROUNDS, MOST_ROUNDS, SUNK_M = 3, 8, 0.03
"""How many rounds settle an arm, and how many are tried where a finger is this deep in the floor after them."""


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

    def underside(self, fingers: Array) -> Array:
        """Points (T, 7, 3) of the hand that meet the floor first, from the wrist in the palm frame: palm, knuckle, fingertips.

        `fingers` (T, 15, 3, 3): their local rotations. Worked out once: an arm is solved several times over with the same ones.
        """
        if self.under is None:
            tips = finger_tips(self.skeleton, self.side, fingers) @ self.palm_rest
            fixed = np.broadcast_to(np.stack([self.effector("palm"), self.knuckle]), (len(fingers), 2, 3))
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


def solve_arm(arm: Arm, hand: Hand, times: Array, posed: Posed, held: dict[str, tuple[Array, Array]], fingers: Array,
              shrug_rad: Array, around: Sequence[Flesh] = (), own: Flesh | None = None, floor: Array | None = None,
              way: Way | None = None, base: Base | None = None) -> None:  # fmt: skip
    """Solve one arm for all frames, and the frame of its hand; it goes round the flesh that is `around`, and its `own`.

    `base`: what the arm does while it is at rest, which is hanging where there is none.
    `held`: "prop:frame" -> (prop frame's axes in the palm's, transposed (3, 3); the frame's origin from the wrist (3,)).
    `way`: how far wrist and elbow are led aside.
    """
    moves, rotations, positions = hand.sorted_moves(), posed.rotations, posed.positions
    chest_axes, chest = posed.axes["chest"], rotations[JOINT["spine3"]]
    joints = arm.skeleton.joints_m
    collar_at = positions[JOINT["spine3"]] + chest @ (joints[arm.collar] - joints[JOINT["spine3"]])
    rest_shoulder = collar_at + chest @ (joints[arm.shoulder] - joints[arm.collar])
    posed.set(f"{arm.side}_shoulder", chest_axes, rest_shoulder)
    weights = [move.weight(times) for move, _ in moves]
    shoulder_at, recorded = rest_shoulder, None
    if base is not None:
        recorded = base.collar(arm, chest_axes)
        if recorded is None:
            recorded = chest @ _collar(arm, chest_axes, rest_shoulder, base.hand(arm, rest_shoulder, posed).point, shrug_rad)
        shoulder_at = collar_at + recorded @ (joints[arm.shoulder] - joints[arm.collar])
    away = _away(moves, weights, len(times))
    resting = None if base is None else base.hand(arm, shoulder_at, posed)
    placed = _placed(arm, moves, posed, resting)
    natural, dt_s = None, float(times[1] - times[0])
    least, underside = None if floor is None else floor + arm.skeleton.radius_m[arm.elbow], arm.underside(fingers)
    turned: Array | None = None
    shortfall, low = np.zeros((len(times), 3)), np.zeros(len(times))
    for done in range(MOST_ROUNDS):  # the wrist depends on the palm's turn and the natural palm on the wrist
        wrist, palm, stated, pole, offset = _mixed(arm, placed, weights, shoulder_at, chest_axes, natural, held)
        under = clearance(palm if turned is None else turned, underside, WRIST_CLEAR_M)
        low = under if done < ROUNDS else np.maximum(low, under)  # what goes to and fro between rounds stays up
        wrist = kept_above(wrist + shortfall, floor, low)
        wrist = _outside(wrist, around, own, way)
        wrist = shoulder_at + off_the_shoulder(wrist - shoulder_at, arm.bones.length_m, _middle(arm, chest_axes))
        collar_rotation = chest @ _collar(arm, chest_axes, rest_shoulder, wrist, shrug_rad)
        if recorded is not None:
            collar_rotation = mix(recorded, collar_rotation, away)
        shoulder_at = collar_at + collar_rotation @ (joints[arm.shoulder] - joints[arm.collar])
        pole = _round(arm, shoulder_at, wrist, comfortable(arm, shoulder_at, wrist, pole, palm, stated), around, own, way)
        pole = raised_pole(arm.bones, shoulder_at, wrist, pole, least)
        pole = steady_pole(shoulder_at, wrist, pole, dt_s)
        upper, lower, elbow_at, wrist_at = reach(arm.bones, shoulder_at, wrist, pole)
        natural = lower @ arm.neutral_twist @ arm.palm_rest
        forearm, hand_rotation, short = forearm_and_hand(arm.forearm_axis, lower, palm @ arm.palm_rest.T, dt_s)
        turned = hand_rotation @ arm.palm_rest
        if done + 1 >= ROUNDS and (floor is None or (wrist_at[:, 2] - floor > clearance(turned, underside, 0.0) - SUNK_M).all()):
            break
        free = short * (1.0 if floor is None else np.clip((wrist_at[:, 2] - floor - 0.15) / 0.2, 0.0, 1.0))
        shortfall = free[:, None] * _made_up(((palm - turned) @ offset[..., None])[..., 0])
    for index, rotation, position in (
        (arm.collar, collar_rotation, collar_at), (arm.shoulder, upper, shoulder_at),
        (arm.elbow, forearm, elbow_at), (arm.wrist, hand_rotation, wrist_at),
    ):  # fmt: skip
        rotations[index], positions[index] = rotation, position
    assert turned is not None
    posed.set(f"{arm.side}_hand", turned, wrist_at + turned @ arm.effector("palm"))


def _placed(arm: Arm, moves: Sequence[tuple[Move, LimbTarget]], posed: Posed, resting: Placed | None) -> list[Placed]:
    """Where each of a hand's targets is; a hand at rest is `resting`, or hangs."""
    return [
        place(target, arm.side, posed, arm.bones.length_m) if target.unit != "rest"
        else _hanging(arm, posed, target) if resting is None else resting
        for _, target in moves
    ]  # fmt: skip


def _made_up(miss: Array) -> Array:
    """How far (T, 3) a wrist goes for an effector that misses by `miss` (T, 3): all of it, or hardly if turned right round."""
    return miss * np.minimum(MADE_UP_M / np.maximum(length(miss), MADE_UP_M), 1.0)[:, None] ** 4


def _outside(wrist: Array, around: Sequence[Flesh], own: Flesh | None, way: Way | None) -> Array:
    """Wrists (T, 3) led out of everybody's flesh, and out of the others' clothes."""
    for flesh in around:
        wrist = flesh.outside(wrist, WRIST_CLEAR_M)
    wrist = wrist if own is None else own.outside(wrist, own.clear_m)
    return wrist if way is None else wrist + way.wrist


def _round(arm: Arm, shoulder: Array, wrist: Array, pole: Array, around: Sequence[Flesh], own: Flesh | None,
           way: Way | None) -> Array:  # fmt: skip
    """The pole (T, 3) with which elbow and forearm go round everybody's flesh, and the elbow out of the others' clothes."""
    for flesh in filter(None, (*around, own)):
        pole = clear_of(arm, shoulder, wrist, pole, flesh)
    if way is None or not way.elbow.any():
        return pole
    return np.asarray(reach(arm.bones, shoulder, wrist, pole)[2] + way.elbow - shoulder)


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


def _away(moves: Sequence[tuple[Move, LimbTarget]], weights: Sequence[Array], n: int) -> Array:
    """How far (n,) an arm is at a target, rather than at rest."""
    away = np.zeros(n)
    for (_, target), weight in zip(moves, weights, strict=True):
        away += (float(target.unit != "rest") - away) * weight
    return away


def _mixed(arm: Arm, placed: list[Placed], weights: list[Array], shoulder: Array, chest_axes: Array, natural: Array | None,
           held: dict[str, tuple[Array, Array]]) -> tuple[Array, Array, Array, Array, Array]:  # fmt: skip
    """Blend all targets in order: wrist (T, 3), palm axes (T, 3, 3), how far these are stated (T,), pole (T, 3), and where in the
    palm's axes the effector is (T, 3)."""
    n = shoulder.shape[0]
    wrist: Array = np.zeros((n, 3))
    axes: Array = np.tile(np.eye(3), (n, 1, 1))
    stated, pole, most, reaching = np.zeros(n), np.zeros((n, 3)), np.zeros(n), np.zeros((n, 3))
    middle = _middle(arm, chest_axes)
    for k, (goal, weight) in enumerate(zip(placed, weights, strict=True)):
        goal_axes = _palm_axes(arm, goal, shoulder, natural)
        offset = arm.effector("wrist" if goal.target.unit == "rest" else goal.target.effector)
        if goal.target.prop_frame is not None:
            palm_from_prop, offset = held[":".join(goal.target.prop_frame)]
            goal_axes = goal_axes @ palm_from_prop
        goal_wrist: Array = goal.point - goal_axes @ offset
        goal_stated = float(goal.target.unit != "rest" and (goal.y_axis is not None or goal.z_axis is not None))
        goal_pole = goal.pole if goal.pole is not None else natural_pole(arm, goal_wrist - shoulder, chest_axes)
        if k == 0:
            wrist, axes, stated, pole = goal_wrist, goal_axes, np.full(n, goal_stated), goal_pole
            most, reaching = np.full(n, goal.target.stretch), np.tile(offset, (n, 1))
            continue
        wrist = shoulder + swung(wrist - shoulder, goal_wrist - shoulder, weight, middle)
        axes = mix(axes, goal_axes, weight)
        stated = stated + (goal_stated - stated) * weight
        pole = pole + (goal_pole - pole) * weight[:, None]
        most = most + (goal.target.stretch - most) * weight
        reaching = reaching + (offset - reaching) * weight[:, None]
    return _within_stretch(shoulder, wrist, most, arm.bones.length_m), axes, stated, pole, reaching


def _middle(arm: Arm, chest_axes: Array) -> Array:
    """Unit vectors (T, 3) of the middle of an arm's range."""
    return unit(chest_axes @ (np.array([arm.sign, 1.0, 1.0]) * MIDDLE))


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


def _collar(arm: Arm, chest_axes: Array, shoulder: Array, wrist: Array, shrug_rad: Array) -> Array:
    """Local rotation (T, 3, 3) of the collar: it rises with a raised arm and comes forward with a far or crossing reach."""
    local = unturned(chest_axes, wrist - shoulder) * np.array([arm.sign, 1.0, 1.0])
    stretch = np.clip(length(local) / arm.bones.length_m, 0.0, 1.1)
    direction = unit(local)
    rise = 0.42 * np.maximum(direction[:, 2] + 0.15, 0.0) * stretch - 0.06 + shrug_rad
    forward = 0.22 * np.clip(direction[:, 1], -0.6, 1.0) * stretch**2 + 0.18 * np.clip(-direction[:, 0], 0.0, 1.0)
    rotation = about("z", arm.sign * forward) @ about("y", -arm.sign * rise)
    return BODY_AXES.T @ rotation @ BODY_AXES
