"""From a written score to a Motion: root, trunk, feet, head, hands, fingers, in that order, on one body."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from ..skeletons import JOINT, SMPLX_PARENTS
from ..values import Array, Skeleton
from .arms import Arm, solve_arm
from .balance import anticipated, center_of_mass, outside_support
from .fingers import finger_axes, finger_rotations
from .floor import Underside
from .frames import Frames
from .legs import Leg, solve_leg
from .rotations import BODY_AXES, about, tilt
from .score import Score
from .secondary import living
from .trunk import solve_head, solve_trunk

STANDING_HEIGHT = 0.998
"""Height of a standing pelvis as a share of its height with straight legs: knees are never locked."""

STANDING_AHEAD = 0.016
"""How far ahead of the ankles the pelvis stands, in body heights, so that the weight is over mid-foot."""


@dataclass
class Posed:
    """One solved body in choreography axes: rotations rest -> world and positions per joint.

    Of each foot: how far it stands (T,), and its ankle (T, 3) as its targets have it.
    """

    rotations: dict[int, Array] = field(default_factory=dict)
    positions: dict[int, Array] = field(default_factory=dict)
    standing: dict[str, Array] = field(default_factory=dict)
    wanted_ankle: dict[str, Array] = field(default_factory=dict)
    frames: Frames | None = None

    def stacked(self) -> tuple[Array, Array]:
        """Rotations (T, 55, 3, 3) and positions (T, 55, 3)."""
        order = range(len(SMPLX_PARENTS))
        return np.stack([self.rotations[j] for j in order], axis=1), np.stack([self.positions[j] for j in order], axis=1)


class Solver:
    """Solves one score on one skeleton at given times. Channels are read once; `pose` may run several times."""

    def __init__(self, score: Score, skeleton: Skeleton, times_s: Array, score_times: Array,
                 held: dict[str, dict[str, tuple[Array, Array]]], statics: dict[str, tuple[Array, Array]]) -> None:  # fmt: skip
        self.score, self.skeleton, self.times, self.fps = score, skeleton, score_times, 1.0 / (times_s[1] - times_s[0])
        self.held, self.statics = held, statics
        self.arms = {side: Arm(skeleton, side) for side in ("right", "left")}
        self.legs = {side: Leg(skeleton, side) for side in ("left", "right")}
        self.fingers = {
            side: finger_rotations(finger_axes(skeleton, side), hand.flexion(score_times))
            for side, hand in (("right", score.right), ("left", score.left))
        }
        self.underside = Underside(skeleton)
        self.groups = {
            name: group.at(score_times)
            for name, group in (("pelvis", score.pelvis), ("travel", score.travel), ("trunk", score.trunk),
                                ("head", score.head), ("mode", score.mode))
        }  # fmt: skip
        vigour = {"energetic": 0.8, "tired": 0.2, "old": 0.3}.get(score.spec.style, 0.4)
        mode = self.groups["mode"]
        self.floor = mode["floor"] * np.clip(mode["ground"], 0.0, 1.0)
        quiet = 1.0 - 0.85 * np.clip(np.maximum(mode["ground"], mode["seated"]), 0.0, 1.0)
        for name, offset in living(times_s, score.spec.phases_rad, vigour).items():
            group, channel = name.split(".")
            self.groups[group][channel] = self.groups[group][channel] + offset * (quiet if group == "pelvis" else 1.0)

    def solve(self) -> Posed:
        """Pose, then move the pelvis until the feet are in reach, the weight is over them and nothing is in the floor."""
        n = len(self.times)
        shift, stoop, sink = np.zeros((n, 2)), np.zeros(n), np.zeros(n)
        weight = np.clip(self.groups["mode"]["balance"], 0.0, 1.0)[:, None]
        for _ in range(4):
            posed = self.pose(shift, stoop + sink)
            rotations, positions = posed.stacked()
            stoop = self._stooped(posed, stoop)
            sink = self._grounded(rotations, positions, sink)
            soles = [posed.positions[self.legs[side].ankle] for side in ("left", "right")]
            axes = [posed.frames.axes[f"{side}_foot"] for side in ("left", "right")]  # type: ignore[union-attr]
            standing = [posed.standing[side] for side in ("left", "right")]
            miss = outside_support(center_of_mass(positions), soles, standing, axes, self.score.body.foot_m)
            shift = shift + anticipated(weight * miss, self.fps)
        return self.pose(shift, stoop + sink)

    def pose(self, shift: Array, drop: Array) -> Posed:
        """Solve every joint once, with the pelvis moved by `shift` (T, 2) and lowered by `drop` (T,)."""
        posed = Posed()
        frames = Frames(self.skeleton, {}, {})
        posed.frames = frames
        rotations, positions = posed.rotations, posed.positions
        self._root(frames, rotations, positions, shift, drop)
        solve_trunk(self.skeleton, self.groups["trunk"], frames, rotations, positions)
        for side, leg in self.legs.items():
            foot = self.score.left_foot if side == "left" else self.score.right_foot
            solved = solve_leg(leg, foot, self.times, frames, rotations, positions, self.floor)
            posed.standing[side], posed.wanted_ankle[side] = solved
        gaze = np.clip(self.groups["mode"]["gaze"], 0.0, 1.0)
        solve_head(self.score, self.times, self.skeleton, self.groups["head"], gaze, frames, rotations, positions)
        self._jaw(rotations, positions)
        for side, hand in (("right", self.score.right), ("left", self.score.left)):
            shrug = self.groups["mode"]["shrug"]
            solve_arm(self.arms[side], hand, self.times, frames, rotations, positions, self.held[side], shrug, self.floor)
            self._fingers(side, rotations, positions)
        return posed

    def _root(self, frames: Frames, rotations: dict[int, Array], positions: dict[int, Array], shift: Array, drop: Array) -> None:
        travel, pelvis = self.groups["travel"], self.groups["pelvis"]
        n = len(self.times)
        identity, zero = np.tile(np.eye(3), (n, 1, 1)), np.zeros(n)
        heading = about("z", travel["yaw"])
        floor = np.stack([travel["right"], travel["forward"], zero], axis=-1)
        frames.set("world", identity, np.zeros((n, 3)))
        frames.set("travel", heading, floor)
        for name, (axes, origin) in self.statics.items():
            frames.set(name, np.tile(axes, (n, 1, 1)), np.tile(origin, (n, 1)))
        offset = np.stack([pelvis["right"], pelvis["forward"] + STANDING_AHEAD * self.score.body.height_m,
                           pelvis["up"] + STANDING_HEIGHT * self.score.body.pelvis_height_m], axis=-1)  # fmt: skip
        origin = floor + (heading @ offset[..., None])[..., 0]
        origin[:, :2] += shift
        origin[:, 2] -= drop
        axes = heading @ tilt(pelvis["yaw"], pelvis["pitch"], pelvis["roll"])
        rotations[0], positions[0] = axes @ BODY_AXES, origin
        frames.set("pelvis", axes, origin)

    def _stooped(self, posed: Posed, stoop: Array) -> Array:
        """How far (T,) knees must bend for standing feet to be in reach: max-filtered, so that the pelvis comes down in time."""
        need = np.zeros(len(self.times))
        for side, leg in self.legs.items():
            hip, ankle = posed.positions[leg.hip], posed.wanted_ankle[side]
            level = np.linalg.norm((ankle - hip)[:, :2], axis=-1)
            room = np.sqrt(np.maximum((0.996 * leg.bones.length_m) ** 2 - level**2, 0.0))
            miss = hip[:, 2] + stoop - ankle[:, 2] - room
            need = np.maximum(need, miss * np.clip(posed.standing[side], 0.0, 1.0))
        wide = max(int(0.2 * self.fps), 1)
        smooth = gaussian_filter1d(maximum_filter1d(need, 2 * wide + 1), 0.5 * wide, mode="nearest")
        return smooth * np.clip(self.groups["mode"]["reach"], 0.0, 1.0)

    def _grounded(self, rotations: Array, positions: Array, drop: Array) -> Array:
        """Where the body lies (mode `ground`), put its lowest flesh on the floor; and never let it sink in on the way there."""
        ground = np.clip(self.groups["mode"]["ground"], 0.0, 1.0)
        if ground.max() == 0.0:
            return drop
        lowest = self.underside.lowest(rotations, positions) - self.floor
        weight = np.where(lowest < 0.0, 1.0, ground)
        return drop + gaussian_filter1d(weight * lowest, 0.05 * self.fps, mode="nearest")

    def _jaw(self, rotations: dict[int, Array], positions: dict[int, Array]) -> None:
        skull, jaw = JOINT["head"], JOINT["jaw"]
        joints = self.skeleton.joints_m
        positions[jaw] = positions[skull] + rotations[skull] @ (joints[jaw] - joints[skull])
        opened = about("x", np.clip(self.groups["mode"]["jaw"], 0.0, 0.5))
        rotations[jaw] = rotations[skull] @ opened

    def _fingers(self, side: str, rotations: dict[int, Array], positions: dict[int, Array]) -> None:
        local, first, joints = self.fingers[side], JOINT[f"{side}_index1"], self.skeleton.joints_m
        for k in range(15):
            index, parent = first + k, SMPLX_PARENTS[first + k]
            rotations[index] = rotations[parent] @ local[:, k]
            positions[index] = positions[parent] + rotations[parent] @ (joints[index] - joints[parent])
