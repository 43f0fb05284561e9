"""From written scores to solved bodies: root, trunk, feet, head, hands, fingers, in that order, on each in turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from ..skeletons import JOINT, SMPLX_PARENTS
from ..values import Array, Contact, Skeleton
from .apart import Flesh
from .arms import Arm, solve_arm
from .balance import anticipated, center_of_mass, outside_support
from .fingers import finger_axes, finger_rotations
from .flight import flown
from .floor import Underside
from .legs import Leg, solve_leg
from .limbs import Hand
from .moving import referred, thing_frames
from .objects import held_frames, static_frames, trajectories
from .posed import Posed
from .recorded.based import based
from .recorded.touching import alone
from .rotations import BODY_AXES, about, mix, tilt
from .score import Score
from .secondary import living
from .trunk import solve_head, solve_trunk

STANDING_HEIGHT = 0.998
"""Height of a standing pelvis as a share of its height with straight legs: knees are never locked."""

STANDING_AHEAD = 0.016
"""How far ahead of the ankles the pelvis stands, in body heights, so that the weight is over mid-foot."""


class Solver:
    """Solves one score on one skeleton at given times. Channels are read once; `pose` may run several times.

    Between poses `correct` moves the pelvis: by `shift` (T, 2) over the feet, down by `stoop` and `sink` (T,).
    """

    def __init__(self, score: Score, skeleton: Skeleton, times_s: Array, score_times: Array) -> None:
        self.score, self.skeleton, self.times_s, self.times = score, skeleton, times_s, score_times
        self.fps = 1.0 / (times_s[1] - times_s[0])
        self.shift, self.stoop, self.sink = np.zeros((len(times_s), 2)), np.zeros(len(times_s)), np.zeros(len(times_s))
        self.arms = {side: Arm(skeleton, side) for side in ("right", "left")}
        self.legs = {side: Leg(skeleton, side) for side in ("left", "right")}
        self.base = None if score.take is None else based(score.take, skeleton, score_times, score.amplitude)
        self.fingers = {side: self._bent(side, hand) for side, hand in (("right", score.right), ("left", score.left))}
        self.held = held_frames(score.props, self.arms)
        self.T_world_stage = np.linalg.inv(score.T_stage_world)
        self.statics = static_frames(score.page, self.T_world_stage)
        limbs = (score.right, score.left, score.right_foot, score.left_foot)
        targets = [target for limb in limbs for _, target in limb.moves] + [target for _, target in score.looks]
        self.followed = referred(score.page, {target.frame for target in targets})
        self.last: Posed | None = None
        self.underside = Underside(skeleton)
        self.groups = {
            name: group.at(score_times)
            for name, group in (("pelvis", score.pelvis), ("travel", score.travel), ("trunk", score.trunk),
                                ("head", score.head), ("mode", score.mode))
        }  # fmt: skip
        vigour = {"energetic": 0.8, "tired": 0.2, "old": 0.3}.get(score.performer.style, 0.4)
        mode = self.groups["mode"]
        self.floor = mode["floor"] * np.clip(mode["ground"], 0.0, 1.0) - mode["water"]
        quiet = 1.0 - 0.85 * np.clip(np.maximum(mode["ground"], mode["seated"]), 0.0, 1.0)
        for name, offset in living(times_s, score.performer.phases_rad, vigour).items():
            group, channel = name.split(".")
            if self.base is not None:  # what was recorded has its own
                offset = offset * self.base.held
            self.groups[group][channel] = self.groups[group][channel] + offset * (quiet if group == "pelvis" else 1.0)
        if self.base is not None:  # and its own balance
            mode["balance"], mode["ground"] = np.zeros_like(times_s), np.maximum(mode["ground"], self.base.ground)

    def _bent(self, side: str, hand: Hand) -> Array:
        """Rotations (T, 15, 3, 3) of a hand's fingers: as the score shapes them, else as recorded where that is known."""
        bent = finger_rotations(finger_axes(self.skeleton, side), hand.flexion(self.times))
        if self.base is None or side not in self.base.fingers:
            return bent
        return mix(self.base.fingers[side], bent, hand.shaped(self.times)[:, None])

    def contacts(self) -> list[Contact]:
        """Contacts, in score seconds, that nobody wrote: those of a recording, as far as the score leaves its limbs alone."""
        if self.base is None:
            return []
        hands = {"left": self.score.left, "right": self.score.right}
        feet = {"left": self.score.left_foot, "right": self.score.right_foot}
        found = []
        for contact in self.base.contacts(self.score.role):
            side, _, part = contact.landmark.partition("_")
            if len((hands if part == "palm" else feet)[side].moves) == 1:
                found.append(contact)
        return found

    def correct(self, posed: Posed) -> None:
        """After a pose, move the pelvis until the feet are in reach, the weight is over them and nothing is in the floor."""
        rotations, positions = posed.stacked()
        self.stoop = self._stooped(posed, self.stoop)
        self.sink = self._grounded(rotations, positions, self.sink)
        soles = [posed.positions[self.legs[side].ankle] for side in ("left", "right")]
        axes = [posed.axes[f"{side}_foot"] for side in ("left", "right")]
        standing = [posed.standing[side] for side in ("left", "right")]
        miss = outside_support(center_of_mass(positions), soles, standing, axes, self.score.body.foot_m)
        weight = np.clip(self.groups["mode"]["balance"], 0.0, 1.0)[:, None]
        self.shift = self.shift + anticipated(weight * miss, self.fps)

    def pose(self, others: dict[str, Posed]) -> Posed:
        """Solve every joint once, with the pelvis moved as it was corrected; `others` by role, in this one's axes."""
        posed = Posed(self.skeleton, others)
        self._root(posed)
        solve_trunk(self.groups["trunk"], posed, self.base)
        self._as_last(posed)
        for side, leg in self.legs.items():
            foot = self.score.left_foot if side == "left" else self.score.right_foot
            solve_leg(leg, foot, self.times, posed, self.floor, self.base)
        gaze = np.clip(self.groups["mode"]["gaze"], 0.0, 1.0)
        solve_head(self.score, self.times, self.groups["head"], gaze, posed, self.base)
        self._jaw(posed)
        around = [Flesh(other) for other in others.values()]
        for side, hand in (("right", self.score.right), ("left", self.score.left)):
            shrug = self.groups["mode"]["shrug"]
            solve_arm(self.arms[side], hand, self.times, posed, self.held[side], self.fingers[side], shrug, around, self.floor,
                      self.base)  # fmt: skip
            self._fingers(side, posed)
            if self.followed and side == "right":
                self._follow(posed, posed)
        self.last = posed
        return posed

    def in_flight(self, posed: Posed) -> Posed:
        """A solved body where its flight takes it; as it is where the score has none."""
        flight = self.score.flight
        return posed if flight is None else flown(posed, flight, self.times, self.score.spec.tempo)

    def _as_last(self, posed: Posed) -> None:
        """Hands and things where they last were, for eyes and limbs that are solved before them; at first before the chest."""
        for side in ("right", "left"):
            if self.last is None:
                ahead = posed.origins["chest"] + 0.4 * posed.axes["chest"][:, :, 1]
                posed.set(f"{side}_hand", posed.axes["chest"], ahead)
            else:
                posed.set(f"{side}_hand", self.last.axes[f"{side}_hand"], self.last.origins[f"{side}_hand"])
                if self.base is not None:
                    posed.set(alone(side), self.last.axes[alone(side)], self.last.origins[alone(side)])
        if self.followed and self.last is not None:
            self._follow(self.last, posed)
        for name in self.followed if self.last is None else ():
            still = np.tile(np.eye(4), (len(self.times), 1, 1))
            still[:, :3, 3] = posed.origins["right_hand"]
            self._place_thing(name, still, posed)

    def _follow(self, own: Posed, posed: Posed) -> None:
        """Set the frames of the things that this score follows, as `own` body and the others have them."""
        bodies = {self.score.role: own, **posed.others}
        on_stage = {role: body.moved(self.score.T_stage_world) for role, body in bodies.items()}
        for name, path in trajectories(self.score.page, on_stage, self.times, self.fps, self.followed).items():
            self._place_thing(name, self.T_world_stage @ path, posed)

    def _place_thing(self, name: str, path: Array, posed: Posed) -> None:
        for frame, (axes, origin) in thing_frames(name, self.score.props[name], path).items():
            posed.set(frame, axes, origin)

    def _root(self, posed: Posed) -> None:
        travel, pelvis = self.groups["travel"], self.groups["pelvis"]
        n = len(self.times)
        identity, zero = np.tile(np.eye(3), (n, 1, 1)), np.zeros(n)
        heading = about("z", travel["yaw"])
        floor = np.stack([travel["right"], travel["forward"], zero], axis=-1)
        offset = np.stack([pelvis["right"], pelvis["forward"] + STANDING_AHEAD * self.score.body.height_m,
                           pelvis["up"] + STANDING_HEIGHT * self.score.body.pelvis_height_m], axis=-1)  # fmt: skip
        turn = tilt(pelvis["yaw"], pelvis["pitch"], pelvis["roll"])
        origin, axes = floor + (heading @ offset[..., None])[..., 0], heading @ turn
        if self.base is not None:
            heading, floor = self.base.heading()
            change = np.stack([pelvis["right"], pelvis["forward"], pelvis["up"]], axis=-1)
            origin, axes = self.base.pelvis_m + (heading @ change[..., None])[..., 0], self.base.pelvis @ turn
        posed.set("world", identity, np.zeros((n, 3)))
        posed.set("travel", heading, floor)
        stage = self.T_world_stage
        for name, (fixed, place) in {"stage": (stage[:3, :3], stage[:3, 3]), **self.statics}.items():
            posed.set(name, np.tile(fixed, (n, 1, 1)), np.tile(place, (n, 1)))
        origin[:, :2] += self.shift
        origin[:, 2] -= self.stoop + self.sink
        posed.rotations[0], posed.positions[0] = axes @ BODY_AXES, origin
        posed.set("pelvis", axes, origin)

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
        if ground.max() == 0.0 and self.base is None:
            return drop
        lowest = self.underside.lowest(rotations, positions) - self.floor
        weight = np.where(lowest < 0.0, 1.0, ground)
        return drop + gaussian_filter1d(weight * lowest, 0.05 * self.fps, mode="nearest")

    def _jaw(self, posed: Posed) -> None:
        rotations, positions = posed.rotations, posed.positions
        skull, jaw = JOINT["head"], JOINT["jaw"]
        joints = self.skeleton.joints_m
        positions[jaw] = positions[skull] + rotations[skull] @ (joints[jaw] - joints[skull])
        opened = about("x", np.clip(self.groups["mode"]["jaw"], 0.0, 0.5))
        rotations[jaw] = rotations[skull] @ opened

    def _fingers(self, side: str, posed: Posed) -> None:
        rotations, positions = posed.rotations, posed.positions
        local, first, joints = self.fingers[side], JOINT[f"{side}_index1"], self.skeleton.joints_m
        for k in range(15):
            index, parent = first + k, SMPLX_PARENTS[first + k]
            rotations[index] = rotations[parent] @ local[:, k]
            positions[index] = positions[parent] + rotations[parent] @ (joints[index] - joints[parent])


ROUNDS = 4
"""How often everybody is posed and corrected before the last time."""


def solve(solvers: Sequence[Solver]) -> dict[str, Posed]:
    """Everybody by role, in the stage's axes. Each is posed where the others were last, so contacts are solved together."""
    seen: dict[str, Posed] = {}
    for k in range(ROUNDS + 1):
        for solver in solvers:
            posed = solver.pose({other.score.role: _as_seen(other, solver, seen) for other in solvers if other is not solver})
            if k < ROUNDS:
                solver.correct(posed)
            seen[solver.score.role] = posed
    return {solver.score.role: solver.in_flight(seen[solver.score.role]).moved(solver.score.T_stage_world) for solver in solvers}


def _as_seen(other: Solver, by: Solver, seen: dict[str, Posed]) -> Posed:
    """Another performer in one's own axes: as last solved, or at first as if standing there at rest."""
    role = other.score.role
    if role not in seen:
        seen[role] = Solver(at_rest(other.score), other.skeleton, other.times_s, other.times).pose({})
    return seen[role].moved(by.T_world_stage @ other.score.T_stage_world)


def at_rest(score: Score) -> Score:
    """A score of the same performer who goes where this one goes, and does nothing."""
    resting = Score(score.body, score.performer, score.page)
    resting.travel, resting.pelvis, resting.T_stage_world = score.travel, score.pelvis, score.T_stage_world
    resting.take = score.take
    return resting
